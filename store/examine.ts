import { sql } from 'kysely';
import type { CopyApproval } from '../domain/brand.ts';
import type { StandingPause, StandingWithdrawal } from './overview.ts';
import { readOverview } from './overview.ts';
import { describeDatabase } from './postgres/address.ts';
import { connect, type Db } from './postgres/connect.ts';
import { migrationProvider } from './postgres/migrations/index.ts';
import { translateError } from './postgres/translate-errors.ts';
import { inspectDatabase, type SchemaState } from './postgres/whose-database.ts';

/** How the database stands, for `doctor`. */
export interface DatabaseReport {
  /** `host:port/database`. */
  readonly database: string;
  /** As the server says it, `18.1`. */
  readonly version: string;
  readonly schema: SchemaState;
  /** Names of the migrations that `setup` would apply. */
  readonly missingMigrations: readonly string[];
  /** `null` while the schema is not this program's. */
  readonly ledger: LedgerReport | null;
}

/** Which text an approval is for. */
export type ApprovedCopy = Pick<CopyApproval, 'patternId' | 'locale' | 'version' | 'capability' | 'hash'>;

export interface LedgerReport {
  readonly generation: number;
  /** Copy approvals of the ledger, revoked and expired ones among them. */
  readonly approvals: readonly ApprovedCopy[];
  readonly mayWrite: { readonly ok: true } | { readonly ok: false; readonly why: string };
  readonly pauses: readonly StandingPause[];
  readonly withdrawals: readonly StandingWithdrawal[];
}

/** The database's clock, and this machine's in the middle of the question. Milliseconds since 1970. */
export interface DatabaseClock {
  readonly databaseMs: number;
  readonly hereMs: number;
}

const ONE = 1;

/**
 * Looks at the database and changes nothing: what it writes to see whether it may is rolled back.
 * @throws StoreError as `openLedger` does
 */
export function examineDatabase(databaseUrl: string): Promise<DatabaseReport> {
  return withDatabase(databaseUrl, async (db, database) => {
    const found = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(db);
    const schema = await inspectDatabase(db, database);
    return {
      database,
      version: found.rows[0]?.version ?? 'unknown',
      schema,
      missingMigrations: await missingMigrations(db, schema),
      ledger: schema.state === 'current' ? await examineLedger(db) : null,
    };
  });
}

/** @throws StoreError `unreachable` or `bad-address` */
export function readDatabaseClock(databaseUrl: string): Promise<DatabaseClock> {
  return withDatabase(databaseUrl, async (db) => {
    // The first query opens the connection; its time must not count.
    await sql`select 1`.execute(db);
    const before = Date.now();
    const found = await sql<{ ms: number }>`
      select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`.execute(db);
    return { databaseMs: found.rows[0]?.ms ?? Number.NaN, hereMs: (before + Date.now()) / 2 };
  });
}

async function withDatabase<T>(databaseUrl: string, work: (db: Db, database: string) => Promise<T>): Promise<T> {
  const database = describeDatabase(databaseUrl);
  const db = connect({ databaseUrl, maxConnections: ONE });
  try {
    return await work(db, database);
  } catch (error) {
    throw translateError(error, database);
  } finally {
    await db.destroy();
  }
}

async function missingMigrations(db: Db, { state }: SchemaState): Promise<readonly string[]> {
  const names = Object.keys(await migrationProvider.getMigrations());
  if (state === 'empty') return names;
  const applied = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  return names.filter((name) => !applied.rows.some((row) => row.name === name));
}

async function examineLedger(db: Db): Promise<LedgerReport> {
  const { generation, pauses, withdrawals } = await readOverview(db);
  const approvals = await sql<ApprovedCopy>`
    select copy_hash as hash, pattern_id as "patternId", locale, version, capability from copy_approvals`.execute(db);
  return { generation, approvals: approvals.rows, mayWrite: await tryToWrite(db), pauses, withdrawals };
}

class RolledBack extends Error {}

/** A real write, taken back: a standby, a read-only user and a full disk all say no here. */
async function tryToWrite(db: Db): Promise<LedgerReport['mayWrite']> {
  const denied = await sql<{ name: string }>`
    select tablename as name from pg_catalog.pg_tables
    where schemaname = 'public' and not has_table_privilege(format('%I.%I', schemaname, tablename), 'select, insert, update')
    order by 1`.execute(db);
  if (denied.rows.length > 0)
    return { ok: false, why: `the user may not write ${denied.rows.map(({ name }) => name).join(', ')}` };
  try {
    await db.transaction().execute(async (transaction) => {
      await sql`set local lock_timeout = '3s'`.execute(transaction);
      await sql`insert into incidents (kind, surface_id, evidence, did) values ('probe', '', '{}', 'rolled back')`.execute(
        transaction,
      );
      throw new RolledBack();
    });
  } catch (error) {
    if (error instanceof RolledBack) return { ok: true };
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
  return { ok: true };
}
