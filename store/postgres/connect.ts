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
  /** Told when the database drops an idle connection; the pool replaces it by itself. */
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
  // Without a listener a dropped idle connection would end the process. The next query reports a database that is really away.
  pool.on('error', (error) => onConnectionLost?.(error));
  return new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
}
