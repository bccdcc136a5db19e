import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isRunning, markProcess, processMarkSchema } from './local/process-record.ts';

const shape = z.strictObject({
  /** The process that wrote it; a stack whose owner is gone is nobody's. */
  owner: processMarkSchema,
  brandFolder: z.string(),
  brandId: z.string(),
  /** Name of the connection settings. */
  profile: z.string(),
  databaseUrl: z.string(),
  temporalAddress: z.string(),
  temporalNamespace: z.string(),
  temporalUi: z.string().nullable(),
  sandboxUrl: z.string(),
});

/** What `npm start` serves and where it listens, so that a second process (`first-comment explain …`) finds it without being told. */
export type StackFile = z.infer<typeof shape>;

const NAME = 'stack.json';
const LOOK_EVERY_MS = 500;

/**
 * Keeps the addresses in the state directory for as long as this process lives, readable by their owner alone: one of them
 * holds a password. Beside a living other start that one's file stands; when it ends, ours takes its place.
 * @returns a call that takes our file away
 */
export function keepStackFile(stateDir: string, addresses: Omit<StackFile, 'owner'>): () => void {
  const stack = { owner: markProcess(process.pid), ...addresses };
  const keep = () => {
    if (readStackFile(stateDir) === null) writeStackFile(stateDir, stack);
  };
  keep();
  const timer = setInterval(keep, LOOK_EVERY_MS).unref();
  return () => {
    clearInterval(timer);
    if (readStackFile(stateDir)?.owner.pid === process.pid) rmSync(join(stateDir, NAME), { force: true });
  };
}

/** `null` when nothing is up here, or what stands there is not ours to read. */
export function readStackFile(stateDir: string): StackFile | null {
  try {
    const stack = shape.parse(JSON.parse(readFileSync(join(stateDir, NAME), 'utf8')));
    return isRunning(stack.owner) ? stack : null;
  } catch {
    return null;
  }
}

function writeStackFile(stateDir: string, stack: StackFile): void {
  mkdirSync(stateDir, { recursive: true });
  const draft = join(stateDir, `${NAME}.${process.pid}`);
  writeFileSync(draft, JSON.stringify(stack), { mode: 0o600 });
  renameSync(draft, join(stateDir, NAME));
}
