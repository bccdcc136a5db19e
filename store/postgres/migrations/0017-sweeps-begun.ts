import { type Kysely, sql } from 'kysely';

/**
 * When an account's last sweep began, beside what the last one that ended said: one that hangs, or none that begins, is seen.
 * Incidents name their surface by id alone; which account's they are is looked up by it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table sweeps add column begun_at timestamptz not null default clock_timestamp()`.execute(db);
  await sql`update sweeps set begun_at = swept_at`.execute(db);
  await sql`
    alter table sweeps
      alter column swept_at drop default,
      alter column swept_at drop not null,
      alter column says drop not null,
      alter column needs_person drop not null`.execute(db);
  await sql`create index surfaces_by_id on surfaces (surface_id)`.execute(db);
}
