import { type Kysely, sql } from 'kysely';

/**
 * A withdrawal order names comments by several criteria, of which every one that is given must hold (protocol i). What became of
 * each comment under an order is kept; a claim says by which order it was withdrawn. A restore is kept with who said so, and a
 * claim says in which generation its thread was read whole (protocol k).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table withdrawal_orders
      add column brand_id text,
      add column account_id text,
      add column ad text,
      add column identity_id text,
      add column market_id text,
      add column pattern_id text,
      add column copy_version integer,
      add column copy_hash text,
      add column surface_id text,
      add column published_from timestamptz,
      add column published_until timestamptz,
      add column carried_at timestamptz`.execute(db);
  await sql`
    update withdrawal_orders set
      brand_id = case scope when 'brandId' then value end,
      account_id = case scope when 'accountId' then value end,
      identity_id = case scope when 'identityId' then value end,
      market_id = case scope when 'marketId' then value end,
      pattern_id = case scope when 'patternId' then value end,
      surface_id = case scope when 'surface' then value end`.execute(db);
  await sql`alter table withdrawal_orders drop column scope, drop column value`.execute(db);

  await sql`
    create table order_comments (
      order_id uuid not null references withdrawal_orders,
      surface text not null references surfaces,
      comment_id text not null,
      removed boolean not null,
      says text not null,
      tried_at timestamptz not null default clock_timestamp(),
      primary key (order_id, surface, comment_id)
    )`.execute(db);

  await sql`
    alter table claims
      add column withdrawn_by uuid references withdrawal_orders,
      add column whole_look_generation integer not null default 1`.execute(db);
  await sql`create index claims_withdrawn on claims (withdrawn_by) where state = 'withdrawn'`.execute(db);

  await sql`
    create table restores (
      generation integer primary key,
      restored_from timestamptz not null,
      restored_by text not null,
      why text not null,
      noted_at timestamptz not null default clock_timestamp()
    )`.execute(db);
}
