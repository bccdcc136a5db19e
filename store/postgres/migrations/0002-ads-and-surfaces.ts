import { type Kysely, sql } from 'kysely';

/**
 * `surfaces.surface` is the canonical key of a surface, `meta/facebook-post/4000001_77`.
 * The edges between ads and surfaces are kept over all accounts (protocol f).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table ads (
      platform text not null,
      account_id text not null,
      ad_id text not null,
      name text not null,
      campaign_id text not null,
      market_id text,
      market_state text not null default 'unknown' check (market_state in ('found', 'unclear', 'unknown')),
      first_seen_at timestamptz not null default clock_timestamp(),
      last_seen_at timestamptz not null default clock_timestamp(),
      primary key (platform, account_id, ad_id)
    )`.execute(db);

  await sql`
    create table surfaces (
      surface text primary key,
      platform text not null,
      kind text not null,
      surface_id text not null,
      identity_id text,
      permalink text,
      dark boolean,
      first_seen_at timestamptz not null default clock_timestamp(),
      unique (platform, kind, surface_id)
    )`.execute(db);

  await sql`
    create table ad_surfaces (
      surface text not null references surfaces,
      platform text not null,
      account_id text not null,
      ad_id text not null,
      first_seen_at timestamptz not null default clock_timestamp(),
      last_seen_at timestamptz not null default clock_timestamp(),
      primary key (surface, platform, account_id, ad_id),
      foreign key (platform, account_id, ad_id) references ads
    )`.execute(db);
  await sql`create index ad_surfaces_by_ad on ad_surfaces (platform, account_id, ad_id)`.execute(db);
}
