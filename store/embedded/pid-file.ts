import { readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive, isServerOf } from './processes.ts';

/** What a running server writes into its data folder. */
export interface PidFile {
  readonly pid: number;
  /** `null` while the server has not bound it yet. */
  readonly port: number | null;
}

export async function readPidFile(data: string): Promise<PidFile | null> {
  const text = await textOf(data);
  if (text === null) return null;
  // Lines: pid, data folder, start time, port, socket folder, address, shared memory, status.
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  return Number.isInteger(pid) && pid > 0 ? { pid, port: Number.isInteger(port) && port > 0 ? port : null } : null;
}

/**
 * Clears what a killed server left behind where Postgres itself would refuse to start: when its id was given to another
 * process since, as happens when a container starts again. A dead id Postgres clears by itself, more safely than we could.
 */
export async function clearStalePidFile(data: string): Promise<boolean> {
  const before = await textOf(data);
  const file = await readPidFile(data);
  if (before === null || file === null || !isAlive(file.pid) || (await isServerOf(file.pid, data))) return false;
  if ((await textOf(data)) !== before) return false;
  await unlink(placeOf(data));
  return true;
}

async function textOf(data: string): Promise<string | null> {
  try {
    return await readFile(placeOf(data), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function placeOf(data: string): string {
  return join(data, 'postmaster.pid');
}
