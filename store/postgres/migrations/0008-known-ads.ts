import { type Kysely, sql } from 'kysely';

/**
 * What the accounts' ads are known to be before any run judges (protocol f). An edge ends once the ad shows something else.
 * The market of its ad there is kept per `market_digest`: what a brand folder says that decides markets; edges without one
 * are of a market that nobody knows. `surface_aliases` are names that creatives use for a surface whose own id differs.
 * `surveys` has two rows per account: up to when all its ads are known, and up to when their changes, each with the listing
 * that is under way.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table ads
      add column state text,
      add column unlisted boolean not null default false`.execute(db);

  await sql`alter table ad_surfaces add column ended_at timestamptz`.execute(db);

  await sql`
    create table edge_markets (
      surface text not null,
      platform text not null,
      account_id text not null,
      ad_id text not null,
      market_digest text not null,
      market_id text,
      market_state text not null check (market_state in ('found', 'unclear')),
      seen_at timestamptz not null default clock_timestamp(),
      primary key (surface, platform, account_id, ad_id, market_digest),
      foreign key (surface, platform, account_id, ad_id) references ad_surfaces
    )`.execute(db);

  await sql`
    create table surface_aliases (
      named text primary key,
      surface text not null references surfaces,
      learnt_at timestamptz not null default clock_timestamp(),
      check (named <> surface)
    )`.execute(db);
  await sql`create index surface_aliases_by_surface on surface_aliases (surface)`.execute(db);

  await sql`
    create table surveys (
      market_digest text not null,
      platform text not null,
      account_id text not null,
      scope text not null check (scope in ('whole', 'changes')),
      covered_until timestamptz,
      finished_at timestamptz,
      lease uuid,
      leased_until timestamptz,
      closed_until timestamptz,
      closed_says text,
      began_at timestamptz,
      changed_since timestamptz,
      cursor text,
      mark text,
      page_size integer not null default 50,
      trouble integer not null default 0,
      pages integer not null default 0,
      barren integer not null default 0,
      ads integer not null default 0,
      misfits integer not null default 0,
      unreadable integer not null default 0,
      primary key (market_digest, platform, account_id, scope)
    )`.execute(db);
}
