import { execFileSync } from 'node:child_process';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Ajv from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { jsonSchemas, schemaFor } from '../../config/json-schema.ts';
import { GOOD_FOLDER } from './folder-with.ts';

const ROOT = join(import.meta.dirname, '../..');
const COMMITTED = join(ROOT, 'config/json-schema');
const EXAMPLE = join(ROOT, 'examples/brightloom');
const files = globSync('**/*.yaml', { cwd: EXAMPLE }).filter((file) => !/^(ads\.yaml|sandbox-world)/.test(file));

/** What a validator of JSON Schema says of a file's text; empty when it fits. */
function complaintsOf(file: string, text: string): readonly string[] {
  const validate = new Ajv.default({ allErrors: true }).compile(
    JSON.parse(readFileSync(join(COMMITTED, schemaFor(file)), 'utf8')),
  );
  return validate(parse(text)) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe('the JSON Schemas for editors', () => {
  test('are committed as the schemas give them; if this is red, run: npm run json-schema', () => {
    const committed = readdirSync(COMMITTED).map((name) => ({ name, text: readFileSync(join(COMMITTED, name), 'utf8') }));
    expect(committed).toEqual(jsonSchemas());
  });

  test.each(files)('fit %s of the example, which names its schema in the first line', (file) => {
    const text = readFileSync(join(EXAMPLE, file), 'utf8');
    expect(complaintsOf(file, text)).toEqual([]);
    const named = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text)?.[1] ?? '';
    expect(join(dirname(join(EXAMPLE, file)), named)).toBe(join(COMMITTED, schemaFor(file)));
  });

  test.each(Object.entries(GOOD_FOLDER))('fit %s of a small folder, and see an unknown key in it', (file, text) => {
    expect(complaintsOf(file, text)).toEqual([]);
    expect(complaintsOf(file, `${text}\nnobody-reads-this: 1\n`)).not.toEqual([]);
  });

  test.each([
    ['brand.yaml', 'accountId: act_1', 'accountId: "1"', '/accounts/0/accountId must match pattern'],
    ['identities.yaml', "    linkedPageId: '11'\n", '', "must have required property 'linkedPageId'"],
    ['markets.yaml', "{ type: text, text: '30' }", "{ type: money, text: '30' }", '/markets/0/values/days'],
    ['copy/de-DE.yaml', 'version: 1', 'version: 0', 'must be >= 1'],
  ])('see a mistake in %s', (file, find, put, complaint) => {
    const wrong = GOOD_FOLDER[file]?.replace(find, put) ?? '';
    expect(wrong).not.toBe(GOOD_FOLDER[file]);
    expect(complaintsOf(file, wrong).join('\n')).toContain(complaint);
  });

  test('describe every field, so that an editor has something to show', () => {
    const silent = jsonSchemas().flatMap(({ name, text }) =>
      fieldsWithoutWords(JSON.parse(text)).map((field) => `${name}: ${field}`),
    );
    expect(silent).toEqual([]);
  });

  test('are in the npm package', () => {
    const [packed] = JSON.parse(
      execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT, encoding: 'utf8' }),
    );
    const paths: readonly string[] = packed.files.map(({ path }: { readonly path: string }) => path);
    expect(paths).toEqual(expect.arrayContaining(jsonSchemas().map(({ name }) => `config/json-schema/${name}`)));
    expect(paths.filter((path) => path.startsWith('test/'))).toEqual([]);
  });
});

interface Node {
  readonly description?: string;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly oneOf?: readonly Node[];
  readonly additionalProperties?: Node | boolean;
}

/** Names of properties without a description. A constant that tells the members of a union apart explains itself. */
function fieldsWithoutWords({ properties = {}, items, oneOf = [], additionalProperties }: Node): readonly string[] {
  const own = Object.entries(properties).flatMap(([name, field]) => [
    ...(field.description === undefined && field.const === undefined ? [name] : []),
    ...fieldsWithoutWords(field).map((inner) => `${name}.${inner}`),
  ]);
  const below = [
    ...(items ? [items] : []),
    ...oneOf,
    ...(typeof additionalProperties === 'object' ? [additionalProperties] : []),
  ];
  return [...own, ...below.flatMap(fieldsWithoutWords)];
}
