import { type Kysely, sql } from 'kysely';

/** What resolve found of an ad and left alone, with the reasons. Resolutions of before say nothing of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table resolutions add column unusable json not null default '[]'`.execute(db);
}
