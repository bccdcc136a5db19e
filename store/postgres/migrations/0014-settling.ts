import { type Kysely, sql } from 'kysely';

/**
 * A restore says from when on nothing that was sent in the lost time can land any more (protocol d, k). Those noted before are
 * given the default waits of Meta: 2 s + 15 s + 120 s, and twice the list lag of 20 s.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table restores add column settles_at timestamptz`.execute(db);
  await sql`update restores set settles_at = noted_at + interval '177 seconds'`.execute(db);
  await sql`alter table restores alter column settles_at set not null`.execute(db);
}
