import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const shape = z.strictObject({
  /** The process that wrote it; a stack whose owner is gone is nobody's. */
  ownerPid: z.int().positive(),
  databaseUrl: z.string(),
  temporalAddress: z.string(),
  temporalNamespace: z.string(),
  temporalUi: z.string().nullable(),
  sandboxUrl: z.string(),
});

/** Where `npm start` listens, so that a second process (`first-comment explain …`) finds it without being told. */
export type StackFile = z.infer<typeof shape>;

const NAME = 'stack.json';

/**
 * Keeps the addresses in the state directory, readable by their owner alone: one of them holds a password. A second start
 * beside a living first one leaves the first one's file. Answers whether it was written.
 */
export function writeStackFile(stateDir: string, stack: StackFile): boolean {
  const standing = readStackFile(stateDir);
  if (standing && standing.ownerPid !== stack.ownerPid && isAlive(standing.ownerPid)) return false;
  mkdirSync(stateDir, { recursive: true });
  const draft = join(stateDir, `${NAME}.${process.pid}`);
  writeFileSync(draft, JSON.stringify(stack), { mode: 0o600 });
  renameSync(draft, join(stateDir, NAME));
  return true;
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

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
