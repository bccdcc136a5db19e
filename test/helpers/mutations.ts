import { type FieldPath, isList, isRecord, type Json, withValue } from './field-paths.ts';

/** What a stranger might have written, and what looks like a token: neither may turn up in an error. */
export const CANARY = 'Jane Roe asks: how much? access_token=hunter2hunter2 EAAcanary0123456789abcdef';
/** An enum value that no version knows. */
export const NEW_WORD = 'SOMETHING_NEW';

/** One way to spoil a value. */
export interface Mutation {
  readonly name: string;
  /** Costly ones are tried once for each field, not for each ad that has it. */
  readonly heavy?: boolean;
  /** JSON text, or bytes, in the place of the value; `null` takes the place out; `undefined`: does not apply. */
  readonly instead: (value: Json, place: FieldPath) => string | Buffer | null | undefined;
}

const MEGABYTE = 1024 * 1024;

export const MUTATIONS: readonly Mutation[] = [
  // A list with one entry fewer is another sound list, so only fields are taken out.
  { name: 'missing', instead: (_, place) => (typeof place.at(-1) === 'string' ? null : undefined) },
  { name: 'null', instead: (value) => (value === null ? undefined : 'null') },
  { name: 'a string', instead: (value) => (typeof value === 'string' ? undefined : JSON.stringify(CANARY)) },
  { name: 'another string', instead: (value) => (typeof value === 'string' ? JSON.stringify(CANARY) : undefined) },
  { name: 'a new enum value', instead: (value) => (typeof value === 'string' ? JSON.stringify(NEW_WORD) : undefined) },
  { name: 'a number', instead: (value) => (typeof value === 'number' ? undefined : '7') },
  { name: 'a number beyond 2^53', instead: (value) => (isNumeric(value) ? '9007199254740993' : undefined) },
  { name: 'a negative number', instead: (value) => (isNumeric(value) ? '-1' : undefined) },
  { name: 'a fraction', instead: (value) => (isNumeric(value) ? '0.5' : undefined) },
  { name: 'true', instead: (value) => (typeof value === 'boolean' ? undefined : 'true') },
  { name: 'a list', instead: (value) => `[${JSON.stringify(value)}]` },
  { name: 'an object', instead: (value) => `{"value":${JSON.stringify(value)}}` },
  { name: 'an empty string', instead: (value) => (value === '' ? undefined : '""') },
  { name: 'an empty list', instead: (value) => (isList(value) && value.length === 0 ? undefined : '[]') },
  { name: 'an empty object', instead: () => '{}' },
  { name: 'an id as a number', instead: (value) => (/^[1-9]\d{0,17}$/.test(String(value)) ? `${value}` : undefined) },
  {
    name: 'JSON in a string',
    instead: (value) => (typeof value === 'object' ? JSON.stringify(JSON.stringify(value)) : undefined),
  },
  { name: 'a way out of the path', instead: (value) => (typeof value === 'string' ? '"../../me"' : undefined) },
  { name: 'a zero character', instead: (value) => (typeof value === 'string' ? inString(value, '\\u0000') : undefined) },
  { name: 'half a character', instead: (value) => (typeof value === 'string' ? inString(value, '\\ud83d') : undefined) },
  { name: 'bytes that are no UTF-8', instead: (value) => (typeof value === 'string' ? withBadByte(value) : undefined) },
  { name: 'entries twice', instead: (value) => (isList(value) && value.length > 0 ? twice(value) : undefined) },
  {
    name: 'a string of 1 MB',
    heavy: true,
    instead: (value) => (typeof value === 'string' ? JSON.stringify('x'.repeat(MEGABYTE)) : undefined),
  },
  { name: 'a longer string of 1 MB', heavy: true, instead: (value) => longer(value) },
  { name: 'a list of 100,000', heavy: true, instead: (value) => JSON.stringify(Array(100_000).fill(filler(value))) },
  { name: 'nested 20,000 deep', heavy: true, instead: () => `${'['.repeat(20_000)}${']'.repeat(20_000)}` },
];

function isNumeric(value: Json): boolean {
  return typeof value === 'number' || /^\d+$/.test(String(value));
}

const HOLE = '@@hole-for-a-mutation@@';

/** The answer's bytes with `mutation` at `path`; `null` when it does not apply there. */
export function mutated(answer: Json, path: FieldPath, value: Json, mutation: Mutation): Buffer | null {
  const instead = mutation.instead(value, path);
  if (instead === undefined || instead === JSON.stringify(value)) return null;
  if (instead === null) return Buffer.from(JSON.stringify(withValue(answer, path, undefined)));
  const [before = '', after = ''] = JSON.stringify(withValue(answer, path, HOLE)).split(JSON.stringify(HOLE));
  return Buffer.concat([Buffer.from(before), Buffer.from(instead), Buffer.from(after)]);
}

function inString(value: string, ending: string): string {
  const written = JSON.stringify(value);
  return `${written.slice(0, -1)}${ending}"`;
}

/** 0xFF never occurs in UTF-8. */
function withBadByte(value: string): Buffer {
  const bytes = Buffer.from(JSON.stringify(value));
  return Buffer.concat([bytes.subarray(0, -1), Buffer.from([0xff]), Buffer.from('"')]);
}

function twice(list: readonly Json[]): string {
  return JSON.stringify([...list, ...list]);
}

/** As the sound value begins, so that a check of its beginning alone does not see it. */
function longer(value: Json): string | undefined {
  return typeof value === 'string' && value !== '' ? JSON.stringify(value.padEnd(MEGABYTE, value)) : undefined;
}

function filler(value: Json): Json {
  if (isList(value)) return value[0] ?? 'x';
  if (isRecord(value)) return {};
  // Else the answer would be longer than any that is read.
  return typeof value === 'string' ? value.slice(0, 20) : value;
}
