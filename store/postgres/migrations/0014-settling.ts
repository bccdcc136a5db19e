import { type Kysely, sql } from 'kysely';

/**
 * Open attempts are found by their account and in the order in which they settle, also those whose outcome is known to be unknown;
 * one index serves sweeps and whoever asks for all of them.
 *
 * A restore says from when on nothing that was sent in the lost time can land any more (protocol d, k). Those noted before are
 * given the default waits of Meta: 2 s + 15 s + 120 s, and twice the list lag of 20 s.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop index attempts_open`.execute(db);
  await sql`
    create index attempts_open on attempts (account_id, gate_at)
    where result_kind is null or result_kind = 'unknown'`.execute(db);

  await sql`alter table restores add column settles_at timestamptz`.execute(db);
  await sql`update restores set settles_at = noted_at + interval '177 seconds'`.execute(db);
  await sql`alter table restores alter column settles_at set not null`.execute(db);
}
