import { type Kysely, sql } from 'kysely';

/**
 * An order may ask that comments get another text where they stand, instead of being deleted (protocol i). An attempt then names
 * the comment that it edits and the order by which; a comment says since when it has the text that it has now.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table withdrawal_orders add column edit boolean not null default false`.execute(db);
  await sql`alter table order_comments add column edited boolean not null default false`.execute(db);
  await sql`alter table publications add column edited_at timestamptz`.execute(db);
  await sql`
    alter table attempts
      add column edits text,
      add column edit_order uuid references withdrawal_orders,
      add check ((edits is null) = (edit_order is null))`.execute(db);
}
