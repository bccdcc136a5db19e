import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { likeItsFolder } from './ownership.ts';
import { birthOf, isAlive } from './processes.ts';

/** The process that is answerable for the server: it stops it. Dies it, whoever adopts the server takes its place. */
interface Starter {
  readonly pid: number;
  readonly birth: string | null;
}

/** Whether the process that started the server still runs; ourselves included. */
export async function starterLives(home: string): Promise<boolean> {
  const starter = await readStarter(home);
  if (starter === null || !isAlive(starter.pid)) return false;
  return starter.birth === null || starter.birth === (await birthOf(starter.pid));
}

/** Makes this process answerable. */
export async function becomeStarter(home: string): Promise<void> {
  const starter: Starter = { pid: process.pid, birth: await birthOf(process.pid) };
  const draft = join(home, `.starter-${randomBytes(4).toString('hex')}`);
  await writeFile(draft, JSON.stringify(starter), { mode: 0o600 });
  await likeItsFolder(draft, home);
  await rename(draft, placeOf(home));
}

async function readStarter(home: string): Promise<Starter | null> {
  try {
    return JSON.parse(await readFile(placeOf(home), 'utf8')) as Starter;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function placeOf(home: string): string {
  return join(home, 'starter.json');
}
