import { setTimeout as sleep } from 'node:timers/promises';
import { Connection, type ConnectionOptions, isGrpcServiceError } from '@temporalio/client';
import { isListening } from './ports.ts';
import { missingNamespace } from './search-attributes.ts';

const POLL_MS = 100;
const CALL_MS = 3_000;
const NOT_FOUND = 5;

type Patience = { readonly timeoutMs: number; readonly isHopeless?: () => boolean };

/** Asks once. True when a Temporal server answers there. */
export async function isTemporalServer(address: string): Promise<boolean> {
  const connection = Connection.lazy({ address, connectTimeout: CALL_MS });
  try {
    await connection.ensureConnected();
    return true;
  } catch {
    return false; // nobody listens, or somebody who does not speak Temporal
  } finally {
    await connection.close();
  }
}

/**
 * A connection to a server that answers and has the namespace; tried again until `timeoutMs` is over or `isHopeless` says so.
 * @throws LocalSetupError when the server answers but has no such namespace
 * @throws the last error of the connection otherwise
 */
export async function connectWhenHealthy(
  options: ConnectionOptions,
  namespace: string,
  { timeoutMs, isHopeless = () => false }: Patience,
): Promise<Connection> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await connectOnce(options, namespace);
    } catch (error) {
      const isLate = performance.now() > deadline || isHopeless();
      if (isLate && isGrpcServiceError(error) && error.code === NOT_FOUND) throw missingNamespace(namespace, error);
      if (isLate) throw error;
    }
    await sleep(POLL_MS);
  }
}

/** Returns when somebody listens on the local port, the time is over, or there is no hope. Much quicker to try than a connection. */
export async function waitUntilListening(port: number, { timeoutMs, isHopeless = () => false }: Patience): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await isListening(port)) && performance.now() < deadline && !isHopeless()) await sleep(POLL_MS);
}

/** `Connection.connect` leaves its channel, and with it the process, open when it fails: so connect in two steps. */
async function connectOnce(options: ConnectionOptions, namespace: string): Promise<Connection> {
  const connection = Connection.lazy({ ...options, connectTimeout: CALL_MS });
  try {
    await connection.ensureConnected();
    await connection.withDeadline(Date.now() + CALL_MS, () => connection.workflowService.describeNamespace({ namespace }));
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}
