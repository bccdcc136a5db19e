import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ConnectionOptions } from '@temporalio/client';
import { readLocalEnvironment } from '../../config/local-environment.ts';
import { withFileLock } from './file-lock.ts';
import { freePort, isPortFree } from './ports.ts';
import { isRunning, markProcess, type ProcessMark } from './process-record.ts';
import { registerSearchAttributes, type SearchAttributeTypes } from './search-attributes.ts';
import { LocalSetupError } from './setup-error.ts';
import { stopProcessGroup } from './stop-process.ts';
import { findTemporal } from './temporal-binary.ts';
import { connectWhenHealthy, isTemporalServer, waitUntilListening } from './temporal-health.ts';
import { keepDatabase, logPath, logTail, spawnDevServer } from './temporal-process.ts';
import {
  addressOf,
  readTemporalRecord,
  removeTemporalRecord,
  type TemporalRecord,
  uiUrlOf,
  writeTemporalRecord,
} from './temporal-record.ts';
import { newUser } from './users.ts';

const DEV_NAMESPACE = 'default';
const START_MS = 60_000;
const ADOPT_MS = 10_000;

export type TemporalServerOptions = {
  /** Folder of this checkout's state: database, log and record of the server live there. */
  readonly stateDir: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly uiPort: number;
  /** `TEMPORAL_ADDRESS`: used as it is, and never stopped. */
  readonly explicitAddress?: string | undefined;
  /** Namespace, TLS and credentials of the explicit server. */
  readonly explicitNamespace?: string | undefined;
  readonly explicitConnection?: Omit<ConnectionOptions, 'address'> | undefined;
  /** `TEMPORAL_CLI_PATH`. */
  readonly cliPath?: string | undefined;
  readonly cacheDir?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly searchAttributes: SearchAttributeTypes;
  readonly onProgress: (line: string) => void;
};

export type TemporalServer = {
  readonly address: string;
  readonly namespace: string;
  /** Null when an explicit server shows no web page where one is usual. */
  readonly uiUrl: string | null;
  /** True when it ran already. */
  readonly adopted: boolean;
  /** Ends our use of it. The last user of a server of ours ends the server. */
  stop(): Promise<void>;
};

/**
 * A Temporal server with our search attributes: the explicit one, or the dev server of this state folder, which is started when
 * it does not run. One left behind by a killed process is taken over; one that others use is shared.
 * @throws LocalSetupError for whatever the user can mend: busy port, no program to start, server that does not answer
 */
export async function ensureTemporalServer(options: TemporalServerOptions): Promise<TemporalServer> {
  if (options.explicitAddress !== undefined) return useExplicitServer(options, options.explicitAddress);
  mkdirSync(options.stateDir, { recursive: true, mode: 0o700 });
  return locked(options.stateDir, options.onProgress, async () => {
    const running = await joinRunning(options);
    return running ?? (await startNew(options));
  });
}

async function useExplicitServer(options: TemporalServerOptions, address: string): Promise<TemporalServer> {
  const namespace = options.explicitNamespace ?? DEV_NAMESPACE;
  const connectionOptions = { ...options.explicitConnection, address };
  const connection = await connectWhenHealthy(connectionOptions, namespace, { timeoutMs: 0 }).catch((error: unknown) => {
    if (error instanceof LocalSetupError) throw error;
    throw new LocalSetupError(
      `The Temporal server at ${address} does not answer: ${error instanceof Error ? error.message : String(error)}.`,
      ['Check TEMPORAL_ADDRESS and that the server runs.', 'Or unset TEMPORAL_ADDRESS to have a dev server started here.'],
      { cause: error },
    );
  });
  try {
    await registerSearchAttributes(connection, namespace, options.searchAttributes);
  } finally {
    await connection.close();
  }
  const guess = `http://${address.replace(/:\d+$/, '')}:${options.uiPort}`;
  return { address, namespace, uiUrl: (await servesPage(guess)) ? guess : null, adopted: true, stop: async () => {} };
}

async function joinRunning(options: TemporalServerOptions): Promise<TemporalServer | null> {
  const record = readTemporalRecord(options.stateDir);
  if (record === null) return null;
  const isWanted = fits(record.port, options.port) && fits(record.uiPort, options.uiPort);
  if (record.users.length > 0 || isWanted) {
    try {
      return await joinServer(options, record);
    } catch (error) {
      if (record.users.length > 0) throw notAnswering(record, error);
    }
  }
  options.onProgress('Stopping a Temporal server that an earlier start left behind.');
  await stopProcessGroup(record.server);
  removeTemporalRecord(options.stateDir);
  return null;
}

async function joinServer(options: TemporalServerOptions, record: TemporalRecord): Promise<TemporalServer> {
  await prepare(record.port, options.searchAttributes, ADOPT_MS, () => !isRunning(record.server));
  return use(options, record, true);
}

async function startNew(options: TemporalServerOptions): Promise<TemporalServer> {
  const { stateDir, onProgress } = options;
  const environment = readLocalEnvironment();
  const env = options.env ?? environment.variables;
  const port = options.port === 0 ? await freePort() : options.port;
  const uiPort = options.uiPort === 0 ? await freePort() : options.uiPort;
  await requireFree(port, 'the Temporal server', 'FIRST_COMMENT_TEMPORAL_PORT');
  await requireFree(uiPort, 'the Temporal UI', 'FIRST_COMMENT_TEMPORAL_UI_PORT');
  const binary = await findTemporal({
    cliPath: options.cliPath,
    cacheDir: options.cacheDir ?? environment.cacheDir,
    env,
    onProgress,
  });
  onProgress('Starting the Temporal dev server.');
  const pid = await spawnDevServer({ binary, stateDir, port, uiPort, searchAttributes: options.searchAttributes, env });
  const server = markProcess(pid);
  // Recorded before it is known to be well: whatever happens next, the following start finds it.
  const record: TemporalRecord = { server, port, uiPort, startedAt: new Date().toISOString(), users: [] };
  writeTemporalRecord(stateDir, record);
  try {
    await prepare(port, options.searchAttributes, START_MS, () => !isRunning(server));
    await waitForPage(uiUrlOf(record), server);
  } catch (error) {
    await stopProcessGroup(server);
    removeTemporalRecord(stateDir);
    throw didNotStart(stateDir, error);
  }
  keepDatabase(stateDir);
  return use(options, record, false);
}

async function prepare(
  port: number,
  attributes: SearchAttributeTypes,
  timeoutMs: number,
  isHopeless: () => boolean,
): Promise<void> {
  await waitUntilListening(port, { timeoutMs, isHopeless });
  if (isHopeless()) throw new Error('the server has ended');
  const connection = await connectWhenHealthy({ address: addressOf({ port }) }, DEV_NAMESPACE, { timeoutMs, isHopeless });
  try {
    await registerSearchAttributes(connection, DEV_NAMESPACE, attributes);
  } finally {
    await connection.close();
  }
}

function use(options: TemporalServerOptions, record: TemporalRecord, adopted: boolean): TemporalServer {
  const me = newUser();
  writeTemporalRecord(options.stateDir, { ...record, users: [...record.users, me] });
  return {
    address: addressOf(record),
    namespace: DEV_NAMESPACE,
    uiUrl: uiUrlOf(record),
    adopted,
    stop: () => locked(options.stateDir, options.onProgress, () => leave(options.stateDir, me.id)),
  };
}

async function leave(stateDir: string, id: string): Promise<void> {
  const record = readTemporalRecord(stateDir);
  if (record === null || !record.users.some((user) => user.id === id)) return;
  const users = record.users.filter((user) => user.id !== id);
  if (users.length > 0) {
    writeTemporalRecord(stateDir, { ...record, users });
    return;
  }
  await stopProcessGroup(record.server);
  removeTemporalRecord(stateDir);
}

async function requireFree(port: number, what: string, variable: string): Promise<void> {
  if (await isPortFree(port)) return;
  const isTemporal = await isTemporalServer(addressOf({ port }));
  throw new LocalSetupError(
    `Port ${port} on 127.0.0.1, meant for ${what}, is used by another program${isTemporal ? ' (a Temporal server)' : ''}.`,
    [
      ...(isTemporal ? [`To use that server: TEMPORAL_ADDRESS=${addressOf({ port })}`] : []),
      `To take another port: ${variable}=${port + 10}`,
      'Or stop the other program.',
    ],
  );
}

async function waitForPage(url: string, server: ProcessMark): Promise<void> {
  const deadline = performance.now() + START_MS;
  while (!(await servesPage(url))) {
    if (performance.now() > deadline || !isRunning(server)) throw new Error(`the UI at ${url} does not answer`);
  }
}

async function servesPage(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(3_000) });
    await response.body?.cancel();
    return response.ok && (response.headers.get('content-type') ?? '').includes('text/html');
  } catch {
    return false; // nobody there (yet)
  }
}

function locked<T>(stateDir: string, onProgress: (line: string) => void, work: () => Promise<T>): Promise<T> {
  const onWait = (pid: number) => onProgress(`Waiting: process ${pid} is starting or stopping the Temporal server.`);
  return withFileLock(join(stateDir, 'temporal.lock'), onWait, work);
}

function notAnswering(record: TemporalRecord, cause: unknown): LocalSetupError {
  return new LocalSetupError(
    `The Temporal server on port ${record.port} (process ${record.server.pid}), which another start uses, does not answer.`,
    ['Stop the other start (Ctrl-C there) and start again.'],
    { cause },
  );
}

function didNotStart(stateDir: string, cause: unknown): LocalSetupError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new LocalSetupError(
    `The Temporal dev server did not start: ${reason}.\n${logTail(stateDir)}`,
    [
      `Read the whole log: ${logPath(stateDir)}`,
      'Start again; if it fails in the same way, name another program in TEMPORAL_CLI_PATH.',
    ],
    { cause },
  );
}

function fits(actual: number, wanted: number): boolean {
  return wanted === 0 || actual === wanted;
}
