import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { previewText } from '../../cli/folder/preview-text.ts';
import { findingsText } from '../../cli/folder/print-findings.ts';
import { inspectBrand } from '../../config/brand.ts';
import { checkFolder } from '../../config/check-folder.ts';
import { formatProblem, type Problem, splitPlace } from '../../config/problem.ts';
import { LARGEST_FILE } from '../../config/read-text.ts';
import { previewComments } from '../../domain/preview.ts';
import { previewPage } from '../../report/preview/page.ts';
import { GOOD_FOLDER } from './folder-with.ts';

// Whatever is done to a brand folder, `check` ends with findings that have a place in it, or says that all is well.

const NOW = Date.parse('2026-11-22T12:00:00Z');
const NAMES = Object.keys(GOOD_FOLDER);
/** Each run writes and reads a whole folder. */
const RUNS = 150;
const folder = mkdtempSync(join(tmpdir(), 'brand-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Content = string | Uint8Array;

/** Writes the good folder anew, with some files changed; `put` may do to a path what it likes. */
function write(changed: Readonly<Record<string, Content>>, put?: (path: string) => void, at = ''): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [name, content] of Object.entries({ ...GOOD_FOLDER, ...changed })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    if (name !== at) writeFileSync(join(folder, name), content);
  }
  put?.(join(folder, at));
}

/** Checks the folder and every finding of it. Answers the mistakes as they are printed. */
function check(): readonly string[] {
  const checked = checkFolder(folder, NOW);
  for (const finding of [...checked.mistakes, ...checked.warnings]) expectFinding(finding);
  expect(checked.brand === null).toBe(checked.mistakes.length > 0);
  expect(findingsText(folder, checked, false)).not.toBe('');
  // What can be looked at all the same is shown, whatever is wrong with it.
  const { sketch } = inspectBrand(folder);
  if (sketch) {
    const comments = previewComments(sketch, NOW);
    expect(previewText(comments, false)).not.toBe('');
    expect(previewPage(sketch, comments)).toContain('</html>');
  }
  return checked.mistakes.map(formatProblem);
}

function expectFinding(finding: Problem): void {
  const { file, line, column } = splitPlace(finding.place);
  expect(file).toMatch(/^[^/]/);
  expect(file.split('/')).not.toContain('..');
  expect(Number.isInteger(line) && line >= 1 && Number.isInteger(column) && column >= 1).toBe(true);
  if (!NAMES.includes(file)) expect(existsSync(join(folder, file))).toBe(true);
  const shown = formatProblem(finding);
  expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]|undefined|\[object|NaN/u);
  expect(shown.length).toBeLessThan(1_000);
  expect(finding.problem.trim() === '' || finding.mend.trim() === '').toBe(false);
  const rows = linesOf(join(folder, file));
  if (rows !== null) expect(line).toBeLessThanOrEqual(rows);
}

/** `null` for what is no text file. */
function linesOf(path: string): number | null {
  return existsSync(path) && lstatSync(path).isFile() ? readFileSync(path, 'utf8').split('\n').length : null;
}

const ODD_WORDS = [
  '',
  ' ',
  '~',
  'yes',
  '0x1F',
  '1e999',
  '.nan',
  '-0',
  '2026-02-30',
  '!!binary aGk=',
  '!unknown x',
  '&a x',
  '*a',
  '{',
  '[',
  '|',
  '>-',
  '"\\u0000"',
  '__proto__',
  'constructor',
  'toString',
  '\u{202e}evil',
  '\u{1b}[31mred',
  'e\u{301}\u{200d}\u{1f468}\u{200d}\u{1f469}',
  '\u{feff}',
  '\u{2028}',
  '{$days',
  '{$constructor}',
  '.match {$days} * {{x}}',
  'x'.repeat(5_000),
  '<<: {a: 1}',
  '? {a: b}\n: c',
  '%YAML 1.1\n---',
  '---\n...\n---\n',
  '\t',
  '\r\n',
  '\u{0}',
];
const oddWord = fc.oneof(
  fc.constantFrom(...ODD_WORDS),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ maxLength: 20 }),
);

type Damage = (text: string) => string;
const where = fc.double({ min: 0, max: 1, noNaN: true });

/** Damage to the text: what a hurried hand, an editor or a merge does. */
const textDamage: fc.Arbitrary<Damage> = fc.oneof(
  fc.tuple(where, oddWord).map(
    ([at, word]): Damage =>
      (text) =>
        splice(text, at, 0, word),
  ),
  fc.tuple(where, fc.nat(40), oddWord).map(
    ([at, length, word]): Damage =>
      (text) =>
        splice(text, at, length, word),
  ),
  where.map(
    (at): Damage =>
      (text) =>
        text.slice(0, Math.floor(at * text.length)),
  ),
  fc.tuple(where, where).map(
    ([from, to]): Damage =>
      (text) =>
        moveLine(text, from, to),
  ),
  where.map(
    (at): Damage =>
      (text) =>
        dropLine(text, at),
  ),
  fc.constant<Damage>((text) => text.replaceAll('\n', '\r\n')),
  fc.constant<Damage>((text) => text.replaceAll('  ', '\t')),
  fc.constant<Damage>((text) => `\u{feff}${text}`),
  fc.constant<Damage>((text) => text + text),
);

/** Damage to the content: keys gone, keys twice under other names, values of other types. */
const contentDamage: fc.Arbitrary<Damage> = fc
  .tuple(where, fc.constantFrom('delete', 'rename', 'replace', 'wrap'), oddWord, fc.jsonValue({ maxDepth: 3 }))
  .map(
    ([at, how, word, value]): Damage =>
      (text) => {
        let content: unknown;
        try {
          content = parse(text, { logLevel: 'silent' });
        } catch {
          return text; // damaged before in a way that leaves nothing to take apart
        }
        const members = membersOf(content);
        const chosen = members[Math.floor(at * members.length)];
        if (!chosen) return text;
        const { holder, key } = chosen;
        const old = holder[key];
        if (how === 'wrap') holder[key] = [old];
        else if (how === 'replace') holder[key] = value;
        else if (Array.isArray(holder)) holder.splice(Number(key), 1);
        else delete holder[key];
        if (how === 'rename')
          Object.defineProperty(holder, word, { value: old, enumerable: true, configurable: true, writable: true });
        return stringify(content);
      },
  );

type Holder = Record<string, unknown>;

function membersOf(content: unknown): readonly { readonly holder: Holder; readonly key: string }[] {
  if (typeof content !== 'object' || content === null) return [];
  const holder = content as Holder;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...membersOf(holder[key])]);
}

function splice(text: string, at: number, length: number, word: string): string {
  const start = Math.floor(at * text.length);
  return text.slice(0, start) + word + text.slice(start + length);
}

function dropLine(text: string, at: number): string {
  const lines = text.split('\n');
  return lines.filter((_, index) => index !== Math.floor(at * lines.length)).join('\n');
}

function moveLine(text: string, from: number, to: number): string {
  const lines = text.split('\n');
  const [line = ''] = lines.splice(Math.floor(from * lines.length), 1);
  lines.splice(Math.floor(to * lines.length), 0, line);
  return lines.join('\n');
}

describe('a brand folder that was damaged', () => {
  const damages = fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.oneof(textDamage, contentDamage)), {
    minLength: 1,
    maxLength: 4,
  });

  test('ends as findings in the folder, or as all well, whatever the damage', () => {
    const counted = { clean: 0, broken: 0 };
    fc.assert(
      fc.property(damages, (all) => {
        const changed: Record<string, string> = {};
        for (const [name, damage] of all) changed[name] = damage(changed[name] ?? GOOD_FOLDER[name] ?? '');
        write(changed);
        counted[check().length === 0 ? 'clean' : 'broken']++;
      }),
      { numRuns: RUNS },
    );
    // The damage must be real: most of it has to be seen.
    expect(counted.broken).toBeGreaterThan(counted.clean);
  });

  test('ends the same way for files of any bytes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), fc.uint8Array({ maxLength: 300 }), (name, bytes) => {
        write({ [name]: bytes });
        expect(check()).not.toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  test.each([
    ['a tab before a key', 'brand.yaml', 'policy:\n\tcommentPausedAds: {}\n', /brand.yaml:\d+:\d+: not valid YAML/],
    ['bytes that are not UTF-8', 'brand.yaml', latin1('id: testmarke\nname: Müller\n'), /brand.yaml:2:8: the file is not UTF-8/],
    ['UTF-16', 'links.yaml', Buffer.from('\u{feff}keyParameter: fcid\n', 'utf16le'), /links.yaml:1:1: the file is not UTF-8/],
    ['a billion laughs', 'markets.yaml', laughs(), /markets.yaml:2:\d+: the alias \*a0 is not read/],
    [
      'lists in lists without end',
      'markets.yaml',
      '['.repeat(200_000),
      /markets.yaml:\d+:\d+: (the file is nested too deep|not valid)/,
    ],
    [
      'nesting that a parser bears',
      'markets.yaml',
      `${'['.repeat(400)}${']'.repeat(400)}`,
      /markets.yaml:1:52: .* nested more than 50/,
    ],
    [
      'a file without end',
      'approvals.yaml',
      '# x\n'.repeat(LARGEST_FILE / 4 + 1),
      /approvals.yaml:1:1: the file is larger than 1 MB/,
    ],
    ['very many keys', 'markets.yaml', manyKeys('a'), /markets.yaml:1:1: \d+ more mistakes are in this file/],
    ['one key very many times', 'brand.yaml', 'a:\n'.repeat(100_000), /brand.yaml:2:1: the key "a" stands here twice/],
    ['very many values', 'identities.yaml', `identities:\n${'- {}\n'.repeat(50_000)}`, /more mistakes are in this file/],
    ['a very long word', 'brand.yaml', `${'x'.repeat(1_000)}: 1\n`, /"x{60}…" is not known here/],
    ['a very long value', 'patterns.yaml', `patterns: ${'x'.repeat(500_000)}\n`, /"x{60}…" stands where a list/],
    ['a very long text', 'copy/de-DE.yaml', longText(), /copy\/de-DE.yaml:6:\d+ .*\{\$nobody\} is not a slot/],
  ])('tells %s', (_, name, content, said) => {
    write({ [name]: content });
    expect(check().join('\n')).toMatch(said);
  });

  test('hangs on no key that a program might have itself', () => {
    for (const key of ['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString']) {
      write({
        'brand.yaml': `${GOOD_FOLDER['brand.yaml']}    ${key}:\n      brand: note\n`,
        'markets.yaml':
          GOOD_FOLDER['markets.yaml']?.replaceAll('days: {', `${key}: { type: text, text: x }\n      days: {`) ?? '',
        'copy/de-DE.yaml': `${GOOD_FOLDER['copy/de-DE.yaml']}  ${key}: { version: 1, link: x, no-link: x }\n`,
      });
      const said = check();
      expect(said.filter((line) => line.includes(key)).length).toBeGreaterThanOrEqual(3);
    }
  });
});

describe('something else in the place of a file', () => {
  const PLACED: readonly (readonly [string, (path: string) => void, RegExp])[] = [
    ['nothing', () => undefined, /the file is missing/],
    ['a folder', (path) => mkdirSync(path), /no plain file|cannot be read \(EISDIR\)/],
    ['a link to itself', (path) => symlinkSync(path, path), /cannot be read \(ELOOP\)/],
    ['a link to nowhere', (path) => symlinkSync('/nowhere/at/all', path), /the file is missing/],
    ['a device without end', (path) => symlinkSync('/dev/zero', path), /no plain file/],
    ['a pipe that nobody fills', (path) => execFileSync('mkfifo', [path]), /no plain file/],
    ['an empty file', (path) => writeFileSync(path, ''), /nothing stands where a block of keys belongs/],
  ];

  test.each(PLACED.flatMap(([what, put, said]) => ['brand.yaml', 'copy/de-DE.yaml'].map((name) => ({ what, put, said, name }))))(
    '$what as $name is one finding at its place',
    ({ put, said, name }) => {
      write({}, put, name);
      const told = check().filter((line) => line.startsWith(`${name}:1:1`));
      if (name === 'brand.yaml' || !/missing/.test(said.source)) expect(told.join('\n')).toMatch(said);
      expect(told.length).toBe(1);
    },
  );

  test('a copy folder that is a file, or leads to itself, is as if there were none', () => {
    for (const put of [(path: string) => writeFileSync(path, 'x'), (path: string) => symlinkSync(path, path)]) {
      write({});
      rmSync(join(folder, 'copy'), { recursive: true });
      put(join(folder, 'copy'));
      expect(check().filter((line) => /has no copy/.test(line))).toHaveLength(2);
    }
  });

  test('names of copy files may hold what they like', () => {
    const name = 'copy/\u{1b}[31m\n: de.yaml';
    write({ [name]: 'locale: 1\n' });
    expect(check().some((line) => line.startsWith('copy/\\u{1b}[31m\\u{a}: de.yaml:1:9 locale:'))).toBe(true);
  });
});

function latin1(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

function laughs(): string {
  const rows = Array.from({ length: 30 }, (_, at) => `a${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`).join(', ')}]`);
  return ['a0: &a0 ha', ...rows].join('\n');
}

function manyKeys(prefix: string): string {
  return Array.from({ length: 60_000 }, (_, at) => `${prefix}${at}: 1`).join('\n');
}

function longText(): string {
  const text = `${'{$days} und '.repeat(20_000)}{$nobody} {$link}`;
  return `locale: de-DE\ncopy:\n  next-step:\n    version: 1\n    link: |-\n      ${text}\n    no-link: x\n`;
}
