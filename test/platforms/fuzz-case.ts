import { isDeepStrictEqual } from 'node:util';
import { PlatformError } from '../../platforms/platform.ts';
import { type FieldPath, writtenPath } from '../helpers/field-paths.ts';
import type { Exchange } from '../helpers/tampering-graph.ts';

/** How a verb ended after one of its answers was spoilt. */
export type Ending =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'error'; readonly error: unknown }
  | { readonly kind: 'hangs' };

/** Only ends what would never end: a thousand pages take a busy machine a while. */
const PATIENCE_MS = 300_000;

export async function endingOf(call: () => Promise<unknown>): Promise<Ending> {
  let timer: NodeJS.Timeout | undefined;
  const hangs = new Promise<Ending>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'hangs' }), PATIENCE_MS);
  });
  const ends = call().then(
    (value): Ending => ({ kind: 'value', value }),
    (error: unknown): Ending => ({ kind: 'error', error }),
  );
  return Promise.race([ends, hangs]).finally(() => clearTimeout(timer));
}

/** Words that an operator can act on. */
const ADVICE =
  /\b(?:Compare|Check|Read the comment back|Wait|Renew|Give|Assign|Look|Name it|Stop writing|Update|look it up|see the code)\b/;
const LONGEST_TEXT = 20_000;
const MOST_ENTRIES = 1_000;
const LONGEST_VALUE = 200_000;

/**
 * What is wrong with an error: it must be ours, name the call and the field, say what to do, and hold nothing that the
 * platform did not give to be read.
 */
export function flawOfError(
  error: unknown,
  { method, path, status }: Exchange,
  field: FieldPath,
  forbidden: readonly string[],
): string | null {
  if (!(error instanceof PlatformError)) return `threw ${String(error).slice(0, 200)}`;
  const { message } = error;
  const said = `"${message}"`;
  if (!message.includes(`${method} ${path}`)) return `does not name the call: ${said}`;
  // Of an error that the platform sends, its own code is what an operator needs.
  const refusal = status >= 400;
  if (!refusal && !namesField(message, writtenPath(field))) return `does not name the field: ${said}`;
  if (!ADVICE.test(message)) return `does not say what to do: ${said}`;
  if (!refusal && error.kind === 'transient') return `would be asked again for ever: ${said}`;
  const leaked = forbidden.find((text) => message.includes(text));
  return leaked === undefined ? null : `tells "${leaked}": ${said}`;
}

/** The field itself, one inside it, or the one that it stands in. */
function namesField(message: string, field: string): boolean {
  if (field === '' || message.includes('(the whole answer)') || message.includes('no readable Graph answer')) return true;
  const named = message.match(/[\w.[\]]+/g) ?? [];
  return named.some((each) => each === field || each.startsWith(`${field}.`) || (each !== '' && field.startsWith(`${each}.`)));
}

/** What is wrong with a value of the port as such: texts, ids and lists that the ledger and the histories could not hold. */
export function flawOfValue(value: unknown): string | null {
  const size = JSON.stringify(value)?.length ?? 0;
  return size > LONGEST_VALUE ? `is ${size} characters long` : flawWithin(value, '');
}

function flawWithin(value: unknown, place: string): string | null {
  if (typeof value === 'string') return flawOfText(value, place);
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? null : `${place} is ${value}`;
  if (typeof value !== 'object' || value === null) return null;
  const entries = Object.entries(value);
  if (entries.length > MOST_ENTRIES) return `${place} has ${entries.length} entries`;
  for (const [key, inner] of entries) {
    const flaw = flawOfText(key, `a key of ${place}`) ?? flawWithin(inner, place === '' ? key : `${place}.${key}`);
    if (flaw !== null) return flaw;
  }
  return null;
}

function flawOfText(text: string, place: string): string | null {
  if (text.length > LONGEST_TEXT) return `${place} is ${text.length} characters long`;
  if (/\p{Surrogate}/u.test(text)) return `${place} holds half a character`;
  if (text.includes('\0')) return `${place} holds a zero character`;
  // In a comment's text it stands for what could not be kept.
  if (!place.endsWith('text') && text.includes('\uFFFD')) return `${place} was read in a wrong encoding`;
  const id = /(?:^|\.)(?:\w*Id|id)$/.test(place);
  return id && !/^[\w-]{1,100}$/.test(text) ? `${place} is no id` : null;
}

/** Whether two results mean the same; when a thing was read is of no account. */
export function sameResult(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(withoutTimes(one), withoutTimes(other));
}

function withoutTimes(value: unknown): unknown {
  if (value === undefined) return undefined;
  return JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === 'readAt' ? null : inner)));
}

/** What differs, for whoever has to judge whether it may. */
export function difference(sound: unknown, spoilt: unknown, place = ''): string {
  if (sameResult(sound, spoilt)) return '';
  const bothObjects = [sound, spoilt].every((each) => typeof each === 'object' && each !== null);
  if (!bothObjects) return `${place}: ${brief(sound)} → ${brief(spoilt)}`;
  const [before, after] = [sound as Record<string, unknown>, spoilt as Record<string, unknown>];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((key) => difference(before[key], after[key], place === '' ? key : `${place}.${key}`))
    .filter((each) => each !== '')
    .slice(0, 3)
    .join('; ');
}

function brief(value: unknown): string {
  return (JSON.stringify(value) ?? 'undefined').slice(0, 80);
}
