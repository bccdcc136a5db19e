import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from './cluster-file.ts';
import { dataFolder } from './data-folder.ts';
import { answersAsOurs } from './probe.ts';
import { type Binaries, spawnBinary } from './run-binary.ts';
import { openServerLog } from './server-log.ts';

const POLL_MS = 40;
/** Replaying the log after a crash can take long; a server that still runs is still at it. */
const READY_WITHIN_MS = 120_000;

export type StartOutcome =
  | { readonly kind: 'ready'; readonly pid: number }
  | { readonly kind: 'port-taken' }
  | { readonly kind: 'ended'; readonly says: string };

/** Starts the server once and waits until it answers as ours, or has ended. It listens on 127.0.0.1 only. */
export async function startServer(
  binaries: Binaries,
  cluster: Cluster,
  { port, settings }: { port: number; settings: Readonly<Record<string, string>> },
): Promise<StartOutcome> {
  const all = {
    listen_addresses: '127.0.0.1',
    // No socket file: its path may be longer than the system allows, its folder not writable.
    unix_socket_directories: '',
    max_connections: '200',
    ...settings,
  };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = await openServerLog(binaries.home);
  try {
    // Detached: Ctrl-C in the terminal must reach us only, we stop the server when all who use it have ended.
    const child = spawnBinary(binaries, 'postgres', ['-D', dataFolder(cluster), '-p', String(port), ...flags], {
      log: log.handle,
      detached: true,
    });
    child.unref();
    let ended: string | null = null;
    child.once('error', (error) => (ended = error.message));
    child.once('exit', (code, signal) => (ended ??= `it ended with ${code ?? signal}`));
    for (const deadline = Date.now() + READY_WITHIN_MS; Date.now() < deadline; await sleep(POLL_MS)) {
      if (ended !== null) return await readEnd(ended, await log.tail());
      if (child.pid !== undefined && (await answersAsOurs(cluster, port))) return { kind: 'ready', pid: child.pid };
    }
    return { kind: 'ended', says: `it did not answer within ${READY_WITHIN_MS / 1000} s. ${await log.tail()}` };
  } finally {
    await log.close();
  }
}

async function readEnd(ended: string, tail: string): Promise<StartOutcome> {
  if (/could not bind|could not create any TCP\/IP sockets/.test(tail)) return { kind: 'port-taken' };
  return { kind: 'ended', says: `${ended}. ${tail}` };
}
