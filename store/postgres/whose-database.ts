import { sql } from 'kysely';
import { StoreError } from '../errors.ts';
import type { Db } from './connect.ts';
import { SCHEMA_VERSION } from './migrations/index.ts';

/** What is in the database that we were pointed at. */
export type SchemaState = { readonly state: 'empty' | 'older' | 'current'; readonly version: number; readonly wanted: number };

const TABLES_NAMED = 5;

/**
 * Whether the database holds our ledger, nothing, or something that we must not touch.
 * @throws StoreError `not-ours` or `newer`.
 */
export async function inspectDatabase(db: Db, database: string): Promise<SchemaState> {
  const tables = await sql<{ name: string }>`
    select case when schemaname = 'public' then tablename else schemaname || '.' || tablename end as name
    from pg_catalog.pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') and schemaname not like 'pg\\_%'
    order by 1`.execute(db);
  const names = tables.rows.map((table) => table.name);
  if (names.length === 0) return { state: 'empty', version: 0, wanted: SCHEMA_VERSION };
  const version = names.includes('ledger') ? await markedVersion(db) : null;
  if (version === null) throw notOurs(names, database);
  if (version > SCHEMA_VERSION) {
    throw new StoreError(
      'newer',
      `The ledger in ${database} has schema version ${version}, this program knows up to ${SCHEMA_VERSION}. ` +
        'Use a version of first-comment that is at least as new as the one that migrated it.',
    );
  }
  return { state: version === SCHEMA_VERSION ? 'current' : 'older', version, wanted: SCHEMA_VERSION };
}

/** The version of our ledger, or `null` when a table of that name is somebody else's. */
async function markedVersion(db: Db): Promise<number | null> {
  const columns = await sql<{ name: string }>`
    select attname as name from pg_catalog.pg_attribute
    where attrelid = to_regclass('public.ledger') and attname in ('marker', 'schema_version')`.execute(db);
  if (columns.rows.length !== 2) return null;
  const row = await sql<{ marker: string; version: number }>`
    select marker, schema_version as version from public.ledger`.execute(db);
  const found = row.rows[0];
  return found?.marker === 'first-comment' ? found.version : null;
}

function notOurs(names: readonly string[], database: string): StoreError {
  const more = names.length > TABLES_NAMED ? ` and ${names.length - TABLES_NAMED} more` : '';
  return new StoreError(
    'not-ours',
    `The database ${database} is not a ledger of first-comment: it holds ${names.slice(0, TABLES_NAMED).join(', ')}${more}. ` +
      'Create an empty one (createdb first_comment) and point DATABASE_URL at it.',
  );
}
