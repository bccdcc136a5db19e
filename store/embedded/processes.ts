import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether a process of this id exists; one that belongs to another user counts. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Something that differs between two processes that got the same id one after the other; `null` where it cannot be known. */
export async function birthOf(pid: number): Promise<string | null> {
  try {
    // Field 22 of Linux's stat: the start time. The name in field 2 may hold spaces and brackets.
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return commandOutput('ps', ['-o', 'lstart=', '-p', String(pid)]);
  }
}

/** Whether the process is a server on this data folder, and not a stranger that got a dead server's id. */
export async function isServerOf(pid: number, data: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  try {
    // The server makes its data folder its working directory; a zombie has none.
    return (await readlink(`/proc/${pid}/cwd`)) === data;
  } catch {
    const command = await commandOutput('ps', ['-o', 'command=', '-p', String(pid)]);
    return command?.includes(data) ?? false;
  }
}

async function commandOutput(command: string, args: readonly string[]): Promise<string | null> {
  try {
    return (await run(command, args)).stdout.trim() || null;
  } catch {
    return null;
  }
}
