import { type Kysely, sql } from 'kysely';

/**
 * A removal under an order that came to no clear end is tried again by the account's sweep, from a moment on; one without such a
 * moment is a person's (protocol i 4).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table order_comments
      add column tries integer not null default 1,
      add column again_at timestamptz`.execute(db);
}
