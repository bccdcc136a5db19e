import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { IMPORT_RULES, type ImportRule, OUTSIDE } from './import-rules.ts';
import { filesOfCheckout, importsOf, packageOf, ROOT, type SourceFile, targetOf } from './source-files.ts';

const modules = filesOfCheckout(['.ts']);
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const shipped = new Set(Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }));

/** Every import of the module that its room may not have, as a sentence. */
function breaches(file: SourceFile, rule: ImportRule): readonly string[] {
  return importsOf(file.text).flatMap(({ specifier, typeOnly }) => {
    const target = targetOf(file, specifier);
    const ok = target === null ? mayUsePackage(rule, packageOf(specifier)) : mayUseModule(rule, file, target, typeOnly);
    return ok ? [] : [`${file.path} imports ${specifier}${typeOnly ? ' (types)' : ''}`];
  });
}

function mayUsePackage({ packages }: ImportRule, name: string): boolean {
  if (packages !== 'any') return packages.includes(name);
  return name.startsWith('node:') || shipped.has(name);
}

function mayUseModule(rule: ImportRule, file: SourceFile, target: string, typeOnly: boolean): boolean {
  const room = target.split('/')[0] ?? '';
  if (room === file.room) return true;
  return [...rule.code, ...(typeOnly ? (rule.types ?? []) : [])].some((allowed) => allowed === room || allowed === target);
}

describe('imports go one way', () => {
  it.each(Object.entries(IMPORT_RULES))('%s imports only what its rule allows', (room, rule) => {
    const files = modules.filter((file) => file.room === room);
    expect(files.length).toBeGreaterThanOrEqual(rule.least);
    expect(files.flatMap((file) => breaches(file, rule))).toEqual([]);
  });

  it('sees planted breaches of every kind', () => {
    const plant = (text: string): SourceFile => ({ path: 'workflows/planted.ts', room: 'workflows', text });
    const rule = IMPORT_RULES.workflows;
    if (rule === undefined) throw new Error('workflows has no rule');
    const planted = [
      "import { openLedger } from '../store/open-ledger.ts';",
      "import { pino } from 'pino';",
      "import { randomUUID } from 'node:crypto';",
      "import {\n  createLedger,\n  other,\n} from '../store/ledger.ts';",
      "export * from '../config/brand.ts';",
      "const later = await import('../platforms/meta/index.ts');",
      "import '../worker/main.ts';",
    ];
    for (const line of planted) expect(breaches(plant(line), rule), line).toHaveLength(1);
    expect(breaches(plant("import type { Ledger } from '../store/ledger.ts';"), rule)).toEqual([]);
  });

  it('has a rule for every room', () => {
    const rooms = new Set(modules.map(({ room }) => room).filter((room) => room !== ''));
    expect([...rooms].filter((room) => IMPORT_RULES[room] === undefined && !OUTSIDE.includes(room))).toEqual([]);
    expect(modules.length).toBeGreaterThan(150);
  });

  it('follows every relative import to a file, written with its ending', () => {
    const lost = modules
      .filter(({ path }) => path !== 'test/house/imports.test.ts')
      .flatMap((file) =>
        importsOf(file.text)
          .map(({ specifier }) => ({ specifier, target: targetOf(file, specifier) }))
          .filter(({ target }) => target !== null && !existsSync(join(ROOT, target)))
          .map(({ specifier }) => `${file.path} → ${specifier}`),
      );
    expect(lost).toEqual([]);
  });

  it('keeps the networks apart: no folder of platforms imports another', () => {
    const crossing = modules
      .filter(({ room, path }) => room === 'platforms' && path.split('/').length > 2)
      .flatMap((file) =>
        importsOf(file.text)
          .map(({ specifier }) => targetOf(file, specifier) ?? '')
          .filter(
            (target) =>
              target.startsWith('platforms/') && target.split('/').length > 2 && target.split('/')[1] !== file.path.split('/')[1],
          )
          .map((target) => `${file.path} → ${target}`),
      );
    expect(crossing).toEqual([]);
  });
});

describe('the environment', () => {
  it('is read in config/ and scripts/ only', () => {
    const readers = filesOfCheckout(['.ts', '.mjs'])
      .filter(({ text }) => /\bprocess\.env\b|\benv\s*\}\s*(?:from|=)\s*(?:'node:process'|process)/.test(text))
      .map(({ path }) => path)
      .filter((path) => !/^(config|scripts|test|bench)\//.test(path));
    expect(readers).toEqual([]);
  });
});
