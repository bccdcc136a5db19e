import { type Kysely, sql } from 'kysely';

/**
 * What the accounts' ads are known to be before any run judges (protocol f). An edge carries the market of its ad there, and
 * its end once the ad shows something else. `surface_aliases` are names that creatives use for a surface whose own id differs.
 * `surveys` has a row per account: up to when its ads are known, and the listing that is under way.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table ads
      add column state text,
      add column unlisted boolean not null default false`.execute(db);

  await sql`
    alter table ad_surfaces
      add column market_id text,
      add column market_state text not null default 'unknown' check (market_state in ('found', 'unclear', 'unknown')),
      add column ended_at timestamptz`.execute(db);
  await sql`
    update ad_surfaces set market_id = ads.market_id, market_state = ads.market_state from ads
    where (ads.platform, ads.account_id, ads.ad_id) = (ad_surfaces.platform, ad_surfaces.account_id, ad_surfaces.ad_id)`.execute(
    db,
  );

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
      platform text not null,
      account_id text not null,
      covered_until timestamptz,
      whole_until timestamptz,
      finished_at timestamptz,
      lease uuid,
      leased_until timestamptz,
      began_at timestamptz,
      whole boolean not null default true,
      cursor text,
      pages integer not null default 0,
      ads integer not null default 0,
      misfits integer not null default 0,
      unreadable integer not null default 0,
      primary key (platform, account_id)
    )`.execute(db);
}
