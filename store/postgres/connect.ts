import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { readAddress } from './address.ts';

/** Everything that runs queries: the pool or one open transaction. */
export type Db = Kysely<unknown>;

const CONNECT_TIMEOUT_MS = 10_000;
/** A frozen process must not hold the control row for ever: the database ends its transaction. */
const IDLE_IN_TRANSACTION_MS = 15_000;
const STATEMENT_TIMEOUT_MS = 60_000;

export interface ConnectOptions {
  readonly databaseUrl: string;
  /** Connections held at most. Default 10. */
  readonly maxConnections?: number;
  /** Told when a connection breaks; the pool replaces it by itself. */
  readonly onConnectionLost?: (error: Error) => void;
}

export function connect({ databaseUrl, maxConnections = 10, onConnectionLost }: ConnectOptions): Db {
  readAddress(databaseUrl);
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: maxConnections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'first-comment',
  });
  // Without listeners a connection that breaks would end the process: an idle one says so on the pool, one in the middle
  // of a transaction on its client. Whoever uses it gets the error from their query.
  const lost = (error: Error): void => onConnectionLost?.(error);
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
  return new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
}
