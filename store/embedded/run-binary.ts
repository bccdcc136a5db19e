import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { StoreError } from '../errors.ts';
import type { OsUser } from './os-user.ts';

/** Where the binaries are, whom they run as, and where they may stand while they run. */
export interface Binaries {
  readonly installation: string;
  readonly user: OsUser | null;
  readonly home: string;
}

/** Nothing of our own environment: PGDATA, PGPORT or a locale of the operator must not lead the server astray. */
const CLEAN_ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** Starts one of the package's programs as the server's user. */
export function spawnBinary(
  { installation, user, home }: Binaries,
  name: 'postgres' | 'initdb' | 'pg_ctl',
  args: readonly string[],
  { log, detached = false }: { log: number | 'pipe'; detached?: boolean },
): ChildProcess {
  const onWindows = process.platform === 'win32';
  return spawn(join(installation, 'bin', onWindows ? `${name}.exe` : name), args, {
    ...(user === null ? {} : { uid: user.uid, gid: user.gid }),
    ...(onWindows ? {} : { env: CLEAN_ENVIRONMENT }),
    cwd: home,
    stdio: ['ignore', log, log],
    detached,
  });
}

/** Runs a program to its end. @throws StoreError `embedded` with the last lines that it printed. */
export async function runBinary(binaries: Binaries, name: 'initdb' | 'pg_ctl', args: readonly string[]): Promise<void> {
  const child = spawnBinary(binaries, name, args, { log: 'pipe' });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => printed.push(chunk.toString('utf8')));
  const problem = await new Promise<string | null>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(code === 0 ? null : `it ended with ${code ?? signal}`));
  });
  if (problem === null) return;
  throw new StoreError(
    'embedded',
    `The embedded Postgres's ${name} failed: ${problem}. ${lastLines(printed.join(''))} ` +
      'Mend that, or set DATABASE_URL to a Postgres of your own.',
  );
}

export function lastLines(text: string): string {
  return text.trim().split('\n').slice(-5).join(' · ');
}
