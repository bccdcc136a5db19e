import { existsSync } from 'node:fs';
import { mkdir, realpath, rm, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError } from '../errors.ts';
import { findPackagedPostgres } from './binaries.ts';
import { type Cluster, readCluster, readOrCreateCluster, rememberPort } from './cluster-file.ts';
import { dataFolder, ensureDataFolder } from './data-folder.ts';
import { isFree, pickPort } from './free-port.ts';
import { clearThrowaways, makeHome, placeForRoot, rootHome } from './home.ts';
import { usableInstallation } from './installation.ts';
import { type OsUser, serverUser } from './os-user.ts';
import { clearStalePidFile, readPidFile } from './pid-file.ts';
import { addressOf, answersAsOurs, ensureDatabase } from './probe.ts';
import { isServerOf } from './processes.ts';
import { type Binaries, runBinary } from './run-binary.ts';
import { startServer } from './start-server.ts';
import { becomeStarter, starterLives } from './starter-file.ts';

/** A server that is not ours to start twice may be starting or stopping; after a crash its parts take a moment to go. */
const RETRY_FOR_MS = 10_000;
const RETRY_EVERY_MS = 250;
const STOP_WITHIN_S = 30;
/** Words of a server that would say the same again. */
const HOPELESS = /invalid value for parameter|unrecognized configuration parameter|incompatible/;

export interface EmbeddedPostgresOptions {
  /** Folder that the cluster belongs to. As root, binaries and data lie elsewhere and only their whereabouts lie here. */
  readonly dataDir: string;
  /** Default 0: the port it had last if that is free, else any free one. */
  readonly port?: number;
  /** Further settings of the server, such as `{ fsync: 'off' }` for tests. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Told in a few words what is being done. */
  readonly onProgress?: (doing: string) => void;
}

export interface EmbeddedPostgres {
  /** Address of the database `first_comment`, password included: hand it on, never print it. */
  readonly url: string;
  readonly port: number;
  readonly serverPid: number;
  /** The server ran already. */
  readonly adopted: boolean;
  /** Whether this process is the one that stops it: it started it, or whoever did is dead. */
  readonly answerable: boolean;
  /** Stops the server, if this process is answerable for it; a guest leaves it alone. */
  stop(): Promise<void>;
}

/**
 * Starts the embedded Postgres on this folder, or adopts the server that runs on it already.
 * @throws StoreError `embedded` with what to do, which can always be: set DATABASE_URL.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  const dataDir = await realpath(options.dataDir);
  const postgres = await findPackagedPostgres();
  const lent = await serverUser();
  const asRoot = lent !== null;
  const place = asRoot ? await placeForRoot() : dataDir;
  const cluster = await readOrCreateCluster(dataDir, (id) => (asRoot ? rootHome(place, id) : null));
  if (cluster.home !== dataDir) await makeHome(cluster.home, dataDir);
  if (asRoot) await clearThrowaways(place);
  const running = await adopt(cluster);
  const binaries: Binaries = {
    installation: await usableInstallation(postgres, { copies: place, asRoot }),
    user: await ownerOfData(cluster, lent),
    home: cluster.home,
  };
  const server = running ?? (await makeAndStart(binaries, cluster, postgres, options));
  await ensureDatabase(cluster, server.port);
  await rememberPort(dataDir, cluster, server.port);
  const answerable = !server.adopted || !(await starterLives(cluster.home));
  if (answerable) await becomeStarter(cluster.home);
  return {
    url: addressOf(cluster, server.port),
    port: server.port,
    serverPid: server.pid,
    adopted: server.adopted,
    answerable,
    stop: async () => {
      if (!answerable || !(await isServerOf(server.pid, dataFolder(cluster)))) return;
      await runBinary(binaries, 'pg_ctl', [
        'stop',
        '-D',
        dataFolder(cluster),
        '-m',
        'fast',
        '-w',
        '-t',
        String(STOP_WITHIN_S),
        '-s',
      ]);
    },
  };
}

/** Deletes a stopped cluster with all its data. For tests and for beginning anew; nothing calls it by itself. */
export async function removeEmbeddedPostgres(dataDir: string): Promise<void> {
  if (!existsSync(dataDir)) return;
  const place = await realpath(dataDir);
  const cluster = await readCluster(place);
  if (cluster !== null && (await findServer(cluster)) !== null) {
    throw new StoreError('embedded', `The embedded Postgres on ${place} still runs; stop it before removing its data.`);
  }
  if (cluster !== null) await rm(cluster.home, { recursive: true, force: true });
  await rm(place, { recursive: true, force: true });
}

interface RunningServer {
  readonly pid: number;
  readonly port: number;
  readonly adopted: boolean;
}

async function findServer(cluster: Cluster): Promise<{ pid: number; port: number | null } | null> {
  const data = dataFolder(cluster);
  if (!existsSync(data)) return null;
  const file = await readPidFile(data);
  return file !== null && (await isServerOf(file.pid, data)) ? file : null;
}

/** Waits for a server that runs on the folder to answer; `null` when there is none, or no longer. */
async function adopt(cluster: Cluster): Promise<RunningServer | null> {
  for (const deadline = Date.now() + RETRY_FOR_MS; ; await sleep(RETRY_EVERY_MS)) {
    const found = await findServer(cluster);
    if (found === null) return null;
    if (found.port !== null && (await answersAsOurs(cluster, found.port))) {
      return { pid: found.pid, port: found.port, adopted: true };
    }
    if (Date.now() < deadline) continue;
    throw new StoreError(
      'embedded',
      `A Postgres server (process ${found.pid}) runs on ${dataFolder(cluster)} but does not answer as ours. ` +
        `Look into ${cluster.home}/server.log, stop that process, and start again.`,
    );
  }
}

async function makeAndStart(
  binaries: Binaries,
  cluster: Cluster,
  postgres: { native: string; version: string; major: number },
  { port: wanted = 0, settings = {}, onProgress }: EmbeddedPostgresOptions,
): Promise<RunningServer> {
  onProgress?.(existsSync(dataFolder(cluster)) ? 'starting Postgres' : 'creating a Postgres cluster');
  await ensureDataFolder(binaries, cluster, postgres, { throwaway: settings.fsync === 'off' });
  let says = '';
  for (const deadline = Date.now() + RETRY_FOR_MS; Date.now() < deadline; await sleep(RETRY_EVERY_MS)) {
    const other = await adopt(cluster);
    if (other !== null) return other;
    await clearStalePidFile(dataFolder(cluster));
    const port = await choosePort(wanted, cluster);
    const outcome = await startServer(binaries, cluster, { port, settings });
    if (outcome.kind === 'ready') return { pid: outcome.pid, port, adopted: false };
    says = outcome.kind === 'ended' ? outcome.says : `port ${port} was taken in the meantime`;
    if (HOPELESS.test(says)) break;
  }
  throw new StoreError(
    'embedded',
    `The embedded Postgres does not start: ${says} Its log is ${cluster.home}/server.log. ` +
      'Mend that, or set DATABASE_URL to a Postgres of your own.',
  );
}

async function choosePort(wanted: number, cluster: Cluster): Promise<number> {
  if (wanted !== 0) {
    if (await isFree(wanted)) return wanted;
    throw new StoreError('embedded', `Port ${wanted} of 127.0.0.1 is taken. Free it, choose another one, or set DATABASE_URL.`);
  }
  return cluster.port !== null && (await isFree(cluster.port)) ? cluster.port : pickPort();
}

/** A folder that exists keeps its user: root may come to a cluster that a normal user made. */
async function ownerOfData(cluster: Cluster, lent: OsUser | null): Promise<OsUser | null> {
  if (lent === null || !existsSync(dataFolder(cluster))) return lent;
  const { uid, gid } = await stat(dataFolder(cluster));
  return { uid, gid };
}
