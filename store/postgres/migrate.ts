import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Db } from './connect.ts';
import { migrationProvider, SCHEMA_VERSION } from './migrations/index.ts';
import { inspectDatabase, type SchemaState } from './whose-database.ts';

/** Held while one process migrates, and in common by those that look; any number that nobody else uses. */
const MIGRATION_LOCK = 7_305_160;

export interface MigrateResult {
  /** Names of the migrations that this call applied; empty when there was nothing to do. */
  readonly applied: readonly string[];
}

/**
 * Brings the ledger to this program's version, forward only. Several processes may call it at once: one applies, the others wait.
 * @throws StoreError `not-ours` or `newer`; nothing is touched then.
 */
export async function migrate(db: Db, database: string): Promise<MigrateResult> {
  return db.connection().execute(async (connection) => {
    // Looking and migrating are one step: a half-made schema of a neighbour must not be taken for a foreign one.
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`.execute(connection);
    try {
      return await applyMissing(connection, database);
    } finally {
      await sql`select pg_advisory_unlock(${MIGRATION_LOCK})`.execute(connection);
    }
  });
}

/**
 * What the database holds, once nobody is migrating it: half a schema would be taken for somebody else's.
 * @throws StoreError `not-ours` or `newer`.
 */
export async function readSchema(db: Db, database: string): Promise<SchemaState> {
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock_shared(${MIGRATION_LOCK})`.execute(connection);
    try {
      return await inspectDatabase(connection, database);
    } finally {
      await sql`select pg_advisory_unlock_shared(${MIGRATION_LOCK})`.execute(connection);
    }
  });
}

async function applyMissing(db: Db, database: string): Promise<MigrateResult> {
  const before = await inspectDatabase(db, database);
  if (before.state === 'current') return { applied: [] };
  const { error, results } = await new Migrator({ db, provider: migrationProvider }).migrateToLatest();
  if (error) throw error;
  await sql`update ledger set schema_version = ${SCHEMA_VERSION}`.execute(db);
  return { applied: (results ?? []).filter((each) => each.status === 'Success').map((each) => each.migrationName) };
}
