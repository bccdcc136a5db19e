import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answersFrom, checkName } from '../../cli/init/answers.ts';
import { askFor } from '../../cli/init/ask.ts';
import { starterFolder } from '../../cli/init/starter.ts';
import { STARTER_LANGUAGES } from '../../cli/init/starter-texts.ts';
import { writeNewFiles } from '../../cli/init/write.ts';
import { checkFolder } from '../../config/check-folder.ts';
import { formatProblem } from '../../config/problem.ts';
import { runCli } from './run-cli.ts';

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'first-comment-init-'));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

const yamlIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));

describe('first-comment init', () => {
  test('writes a folder that passes check at once, with marked placeholders and nothing approved', async () => {
    const folder = join(place, 'brands', 'acme');
    const flags = ['--name', 'Acme', '--market', 'fr-FR', 'de-DE', '--account', '100200', '--host', 'www.acme.example'];
    const written = await runCli(['init', folder, ...flags], {});
    expect(written, written.stderr).toMatchObject({ code: 0 });
    expect(written.stdout).toContain('copy/fr-FR.yaml');

    const checked = await runCli(['check', folder, '--json'], {});
    expect(checked.code).toBe(0);
    const said = JSON.parse(checked.stdout);
    expect(said).toMatchObject({ ok: true, mistakes: [], brand: { id: 'acme', name: 'Acme' } });
    expect(said.counts).toEqual({ accounts: 1, identities: 4, markets: 2, patterns: 1, texts: 4, approved: 0 });
    const placeholders = said.warnings.filter(({ warning }: { warning: string }) => warning === 'placeholder');
    expect(placeholders.map(({ file }: { file: string }) => file)).toEqual([
      'connections.yaml',
      ...Array(10).fill('identities.yaml'),
      ...Array(2).fill('markets.yaml'),
    ]);
    expect(readFileSync(join(folder, 'brand.yaml'), 'utf8')).toContain('accountId: act_100200\n');
  });

  test('gives every YAML file the line by which editors find its schema, beside the folder itself', async () => {
    const { code, stdout } = await runCli(['init', 'brand', '--yes', '--json'], {}, place);
    expect(code).toBe(0);
    const { folder, written, placeholders } = JSON.parse(stdout);
    expect(folder).toBe(join(place, 'brand'));
    expect(placeholders).toBeGreaterThan(5);
    const files = yamlIn(folder);
    expect(files.length).toBe(8);
    for (const file of files) {
      const named = /^# yaml-language-server: \$schema=(\S+)\n/.exec(readFileSync(join(folder, file), 'utf8'))?.[1] ?? '';
      expect(written).toContain(join(file, '..', named));
    }
  });

  test('overwrites nothing: it lists what is in the way, writes no other file, and exits with 2', async () => {
    const folder = join(place, 'acme');
    mkdirSync(join(folder, 'copy'), { recursive: true });
    writeFileSync(join(folder, 'links.yaml'), 'mine');
    symlinkSync('/nowhere', join(folder, 'copy', 'en-GB.yaml'));
    const { code, stderr } = await runCli(['init', folder, '--yes'], {});
    expect(code).toBe(2);
    expect(stderr).toContain('  copy/en-GB.yaml\n  links.yaml\n');
    expect(readFileSync(join(folder, 'links.yaml'), 'utf8')).toBe('mine');
    expect(readdirSync(folder).sort()).toEqual(['copy', 'links.yaml']);
  });

  test('with --schemas writes only the schemas, over older ones of ours, never over a file of somebody else', async () => {
    const { code } = await runCli(['init', place, '--schemas'], {});
    expect(code).toBe(0);
    expect(readdirSync(place)).toEqual(['json-schema']);
    const brand = join(place, 'json-schema', 'brand.schema.json');
    const made = readFileSync(brand, 'utf8');
    writeFileSync(brand, made.replace('"brand.yaml"', '"older"'));
    expect((await runCli(['init', place, '--schemas'], {})).code).toBe(0);
    expect(readFileSync(brand, 'utf8')).toBe(made);
    writeFileSync(brand, '{ "mine": true }');
    expect((await runCli(['init', place, '--schemas'], {})).code).toBe(2);
    expect(readFileSync(brand, 'utf8')).toBe('{ "mine": true }');
  });

  test.each([
    [['--name', 'Acme'], /no terminal to ask on.*--market/],
    [['--yes', '--market', 'fr-UK'], /United Kingdom is GB.*fr-GB/],
    [['--yes', '--market', 'fr_FR'], /"fr_FR" is no market/],
    [['--yes', '--market', 'fr-QZ'], /no country QZ/],
    [['--yes', '--account', 'one'], /act_100200/],
    [['--yes', '--host', 'https://www.acme.example/'], /without https/],
    [['--yes', '--name', ' '], /name of the brand/],
    [['--yes', '--name', 'a\nb'], /in one line/],
  ])('says what to write instead for %j, and writes nothing', async (flags, said) => {
    const { code, stderr } = await runCli(['init', 'acme', ...flags], {}, place);
    expect(code).toBe(2);
    expect(stderr).toMatch(said);
    expect(readdirSync(place)).toEqual([]);
  });

  test('says so where a folder takes no folders', async () => {
    const { code, stderr } = await runCli(['init', '/proc/first-comment/brand', '--yes'], {});
    expect(code).toBe(2);
    expect(stderr).toMatch(/cannot be written/);
  });

  test('says so when it may not write', async () => {
    writeFileSync(join(place, 'file'), '');
    const { code, stderr } = await runCli(['init', join(place, 'file', 'acme'), '--yes'], {});
    expect(code).toBe(2);
    expect(stderr).toMatch(/cannot be written \(ENOTDIR\)/);
  });
});

describe('a starter folder', () => {
  test.each([
    ['Møbler & Æsker', 'mobler-aesker', false],
    ['Straße Łódź', 'strasse-lodz', false],
    ['Café 1', 'cafe-1', false],
    ['東京 Bed', 'bed', true],
    ['Постель', 'brand', true],
  ])('makes of %j the short name %s, marked where letters were lost', (name, id, lost) => {
    const brand = starterFolder(answersFrom({ name }), '').find((file) => file.name === 'brand.yaml')?.text ?? '';
    const line = brand.split('\n').find((each) => each.startsWith('id: '));
    expect(line?.startsWith(`id: ${id}${lost ? ' # PLACEHOLDER: ' : ''}`)).toBe(true);
    expect(line?.includes('PLACEHOLDER')).toBe(lost);
  });

  function mistakesOf(answers: Parameters<typeof starterFolder>[0]): readonly string[] {
    const folder = mkdtempSync(join(place, 'starter-'));
    writeNewFiles(folder, starterFolder(answers, 'acme'));
    return checkFolder(folder, 0).mistakes.map(formatProblem);
  }

  test('has no mistake whatever the brand is called', () => {
    const names = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.constantFrom('.match {$x}', '{{a}}', '# x', '\'"', '|', '東京', '...', '007', 'No', '1e3', 'null'),
    );
    fc.assert(
      fc.property(
        names.filter((name) => checkName(name) === undefined),
        (name) => {
          expect(mistakesOf({ ...answersFrom({ name }), markets: ['en-GB', 'pt-PT'] })).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('has no mistake in any language or country, and says where its text is only English', () => {
    const markets = [...STARTER_LANGUAGES.map((language) => `${language}-CH`), 'nl-NL', 'no-NO', 'en-US', 'ja-JP', 'sw-KE'];
    expect(mistakesOf({ name: 'Acme', markets, account: null, host: null })).toEqual([]);
    const dutch = starterFolder({ name: 'Acme', markets: ['nl-NL'], account: null, host: null }, '').find(
      ({ name }) => name === 'copy/nl-NL.yaml',
    );
    expect(dutch?.text).toMatch(/PLACEHOLDER: there is no starter text in "nl"/);
  });
});

describe('asking on a terminal', () => {
  /** Types each answer when its question stands there. */
  async function answering(...typed: readonly (readonly [question: string, keys: string])[]) {
    const [input, output] = [new PassThrough(), new PassThrough()];
    let shown = '';
    output.on('data', (chunk) => {
      shown += chunk;
    });
    const asked = askFor({ name: null, markets: null, account: null, host: null }, { input, output });
    for (const [question, keys] of typed) {
      while (!shown.includes(question)) await pause(5);
      for (const key of keys) input.write(key);
    }
    return { answers: await asked, shown };
  }

  test('asks for what it needs, says what is wrong with an answer, and takes an empty one where a placeholder will do', async () => {
    const { answers, shown } = await answering(
      ["brand's name", 'Acme\r'],
      ['Which markets', 'fr-UK\r'],
      ['United Kingdom is GB', '\u007f\u007fGB de-DE\r'],
      ['Which ad account', '\r'],
      ['which host', 'www.acme.example\r'],
    );
    expect(answers).toEqual({ name: 'Acme', markets: ['fr-GB', 'de-DE'], account: null, host: 'www.acme.example' });
    expect(shown).toContain('starter folder for a new brand');
  });

  test('gives up without an answer when the user does', async () => {
    const { answers } = await answering(["brand's name", '\u0003']);
    expect(answers).toBeNull();
  });
});
