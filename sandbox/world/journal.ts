import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Mutation, mutationSchema } from './mutations.ts';
import type { World } from './schema.ts';
import { WorldMistake } from './world-mistake.ts';

const headSchema = z.strictObject({ kind: z.literal('world'), hash: z.string(), anchor: z.number() });

/** What a journal file held at start. */
export interface Replay {
  /** The moment that the seed's `… ago` times count back from: the first start. */
  readonly anchor: number;
  readonly mutations: readonly Mutation[];
  /** Sentences for the operator. */
  readonly notices: readonly string[];
}

export interface Journal {
  readonly replay: Replay;
  /** Returns only when the mutation is written: it survives a kill of the process, though not a power cut. */
  append(mutation: Mutation): void;
  close(): void;
}

/** A journal that forgets: for a sandbox without a state directory. */
export function memoryJournal(now: number): Journal {
  return { replay: { anchor: now, mutations: [], notices: [] }, append() {}, close() {} };
}

/**
 * Opens the append-only journal of a state directory. A last line that a kill cut short is dropped.
 * When the world file changed, its mutations are kept and applied to the new world.
 * @throws WorldMistake when a line in the middle cannot be read
 */
export function openJournal(stateDir: string, world: World, now: number): Journal {
  mkdirSync(stateDir, { recursive: true });
  const file = join(stateDir, 'sandbox-journal.jsonl');
  const hash = createHash('sha256').update(JSON.stringify(world)).digest('hex');
  const { lines, cutShort } = existsSync(file) ? wholeLines(file) : { lines: [], cutShort: false };
  const notices = cutShort ? [`${file}: dropped a last line that was cut short`] : [];

  const head = lines[0] === undefined ? undefined : readLine(file, 1, lines[0], headSchema);
  const mutations = lines.slice(1).map((line, index) => readLine(file, index + 2, line, mutationSchema));
  const changed = head !== undefined && head.hash !== hash;
  if (changed && mutations.length > 0) {
    notices.push(`the world changed since ${file} was begun: kept its ${mutations.length} mutations, applied to the new world`);
  }

  const fresh = head === undefined || (changed && mutations.length === 0);
  const anchor = fresh ? now : head.anchor;
  if (fresh && existsSync(file)) truncateSync(file, 0);
  const descriptor = openSync(file, 'a');
  const write = (value: unknown) => void writeSync(descriptor, `${JSON.stringify(value)}\n`);
  if (fresh) write({ kind: 'world', hash, anchor });
  return { replay: { anchor, mutations, notices }, append: write, close: () => closeSync(descriptor) };
}

function wholeLines(file: string): { lines: readonly string[]; cutShort: boolean } {
  const bytes = readFileSync(file);
  const end = bytes.lastIndexOf(0x0a) + 1;
  const cutShort = end < bytes.length;
  if (cutShort) truncateSync(file, end);
  return { lines: bytes.subarray(0, end).toString('utf8').split('\n').slice(0, -1), cutShort };
}

function readLine<T>(file: string, number: number, line: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(line));
  } catch (cause) {
    const mend = 'remove the state directory to start anew, or mend the line';
    throw new WorldMistake(`${file}:${number}: not a line of this journal; ${mend}`, { cause });
  }
}
