import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const shape = z.strictObject({
  databaseUrl: z.string(),
  temporalAddress: z.string(),
  temporalNamespace: z.string(),
  temporalUi: z.string().nullable(),
  sandboxUrl: z.string(),
});

/** Where `npm start` listens, so that a second process (`first-comment explain …`) finds it without being told. */
export type StackFile = z.infer<typeof shape>;

const NAME = 'stack.json';

/** Keeps the addresses in the state directory, readable by their owner alone: one of them holds a password. */
export function writeStackFile(stateDir: string, stack: StackFile): void {
  mkdirSync(stateDir, { recursive: true });
  const draft = join(stateDir, `${NAME}.${process.pid}`);
  writeFileSync(draft, JSON.stringify(stack), { mode: 0o600 });
  renameSync(draft, join(stateDir, NAME));
}

export function removeStackFile(stateDir: string): void {
  rmSync(join(stateDir, NAME), { force: true });
}

/** `null` when nothing was started here, or what stands there is not ours to read. */
export function readStackFile(stateDir: string): StackFile | null {
  try {
    return shape.parse(JSON.parse(readFileSync(join(stateDir, NAME), 'utf8')));
  } catch {
    return null;
  }
}
