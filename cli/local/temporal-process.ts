import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SearchAttributeTypes } from './search-attributes.ts';
import { LocalSetupError } from './setup-error.ts';

/**
 * Without the first four, priorities and fairness are inert on this server and per-queue limits are split over partitions;
 * the last lets a worker take its next activity with the answer to the workflow task.
 */
const DYNAMIC_CONFIG = {
  'matching.useNewMatcher': true,
  'matching.enableFairness': true,
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
  'system.enableActivityEagerExecution': true,
} as const;

/** Write-ahead logging survives a killed server; only a power cut can lose the last moments, which a dev server may. */
const SQLITE_PRAGMAS = ['journal_mode=WAL', 'synchronous=NORMAL'] as const;

export type DevServer = {
  readonly binary: string;
  readonly stateDir: string;
  readonly port: number;
  readonly uiPort: number;
  readonly searchAttributes: SearchAttributeTypes;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** Starts the server in a process group of its own, so that a Ctrl-C in the terminal does not reach it before our own stop. */
export async function spawnDevServer({ binary, stateDir, port, uiPort, searchAttributes, env }: DevServer): Promise<number> {
  discardUnfinishedDatabase(stateDir);
  const args = [
    'server',
    'start-dev',
    ...['--ip', '127.0.0.1', '--port', String(port), '--ui-port', String(uiPort)],
    ...['--db-filename', databasePath(stateDir), '--log-format', 'json', '--log-level', 'warn'],
    ...SQLITE_PRAGMAS.flatMap((pragma) => ['--sqlite-pragma', pragma]),
    ...Object.entries(DYNAMIC_CONFIG).flatMap(([key, value]) => ['--dynamic-config-value', `${key}=${JSON.stringify(value)}`]),
    ...Object.entries(searchAttributes).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
  ];
  const log = openSync(logPath(stateDir), 'w', 0o600);
  try {
    const child = spawn(binary, args, { cwd: stateDir, env: { ...env }, detached: true, stdio: ['ignore', log, log] });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    child.unref();
    if (child.pid === undefined) throw new LocalSetupError(`${binary} did not start.`, ['Start again.']);
    return child.pid;
  } finally {
    closeSync(log);
  }
}

/** To be called once the server has answered: from here on its database is worth keeping. */
export function keepDatabase(stateDir: string): void {
  writeFileSync(completePath(stateDir), '');
}

/** The end of the server's log, for an error message. */
export function logTail(stateDir: string): string {
  if (!existsSync(logPath(stateDir))) return '';
  return readFileSync(logPath(stateDir), 'utf8').trim().split('\n').slice(-5).join('\n');
}

export function logPath(stateDir: string): string {
  return join(stateDir, 'temporal.log');
}

/** The server sets its tables up only when the file is new: one that was cut off while doing so could never start again. */
function discardUnfinishedDatabase(stateDir: string): void {
  if (existsSync(completePath(stateDir))) return;
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${databasePath(stateDir)}${suffix}`, { force: true });
}

function databasePath(stateDir: string): string {
  return join(stateDir, 'temporal.db');
}

function completePath(stateDir: string): string {
  return join(stateDir, 'temporal.db.complete');
}
