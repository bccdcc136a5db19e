import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { isAlive } from '../../store/embedded/processes.ts';

/**
 * Names one process for good. A pid alone does not: it is given out again. `startedAt` is the kernel's count (Linux: boot and
 * clock ticks since boot), null where the system does not tell; then the pid has to do.
 */
export const processMarkSchema = z.strictObject({ pid: z.int().positive(), startedAt: z.string().nullable() });
export type ProcessMark = Readonly<z.infer<typeof processMarkSchema>>;

export function markProcess(pid: number): ProcessMark {
  const stat = readProcessStat(pid);
  return { pid, startedAt: stat === null ? null : stat.startedAt };
}

/** True when the very process that was marked still runs. One that is dead but not yet reaped by its parent does not. */
export function isRunning(mark: ProcessMark): boolean {
  if (!isAlive(mark.pid)) return false;
  const stat = readProcessStat(mark.pid);
  if (stat === null) return true;
  return !stat.isZombie && (mark.startedAt === null || mark.startedAt === stat.startedAt);
}

/** The record in a file, or null when there is none or it cannot be read as one (cut off by a crash, or of another version). */
export function readRecord<T>(path: string, schema: z.ZodType<T>): T | null {
  try {
    const parsed = schema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError || isMissing(error)) return null;
    throw error;
  }
}

/** Written whole or not at all, readable by this user only. */
export function writeRecord(path: string, value: unknown): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, path);
}

export function removeRecord(path: string): void {
  rmSync(path, { force: true });
}

function readProcessStat(pid: number): { readonly isZombie: boolean; readonly startedAt: string } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may hold spaces: count from behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return { isZombie: fields[0] === 'Z', startedAt: `${boot}:${fields[19]}` };
  } catch {
    return null; // no /proc on this system, or the process is gone
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
