import { type Kysely, sql } from 'kysely';

/** Which execution of a run had the last word on its end, and the comments of an account in the order in which they came. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table runs add column ended_by text`.execute(db);
  await sql`create index publications_recorded on publications (account_id, recorded_at) where removed_at is null`.execute(db);
}
