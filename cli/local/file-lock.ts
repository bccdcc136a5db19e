import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, markProcess, processMarkSchema, readRecord } from './process-record.ts';

const POLL_MS = 100;

/**
 * Runs `work` while no other process runs work under the same lock file. A lock whose holder is dead is cleared.
 * @param onWait called once, with the holder's pid, when somebody else holds the lock
 */
export async function withFileLock<T>(path: string, onWait: (pid: number) => void, work: () => Promise<T>): Promise<T> {
  await takeLock(path, onWait);
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

async function takeLock(path: string, onWait: (pid: number) => void): Promise<void> {
  const mine = JSON.stringify(markProcess(process.pid));
  let told = false;
  while (!createExclusively(path, mine)) {
    const seen = readText(path);
    const holder = readRecord(path, processMarkSchema);
    if (holder !== null && isRunning(holder)) {
      if (!told) onWait(holder.pid);
      told = true;
      await sleep(POLL_MS);
      continue;
    }
    // An empty file is a lock about to be written, or one whose writer died in between: only the second stays empty.
    if (holder === null) await sleep(POLL_MS);
    if (readText(path) === seen) clearStale(path, seen);
  }
}

/** Moves the stale lock aside; when a new one came in between and was moved instead, puts that back. */
function clearStale(path: string, stale: string | null): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  const moved = readText(aside);
  if (moved !== null && moved !== stale) createExclusively(path, moved);
  rmSync(aside, { force: true });
}

function createExclusively(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
