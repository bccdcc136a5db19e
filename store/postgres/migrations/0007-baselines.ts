import { type Kysely, sql } from 'kysely';

/** What an ad's numbers were before the comment. Append-only; one frozen baseline per run. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table baselines (
      baseline_id uuid primary key default gen_random_uuid(),
      workflow_id text not null,
      run_id text not null,
      platform text not null,
      account_id text not null,
      ad_id text not null,
      since date not null,
      until date not null check (until >= since),
      time_zone text not null,
      currency text not null,
      delivered boolean not null,
      frozen_at timestamptz not null default clock_timestamp(),
      unique (workflow_id, run_id),
      foreign key (workflow_id, run_id) references runs
    )`.execute(db);
  await sql`create index baselines_by_ad on baselines (platform, account_id, ad_id)`.execute(db);

  await sql`
    create table baseline_days (
      baseline_id uuid not null references baselines,
      day date not null,
      publisher text not null,
      position text not null,
      impressions bigint not null,
      reach bigint not null,
      clicks bigint not null,
      link_clicks bigint not null,
      outbound_clicks bigint not null,
      spend numeric not null,
      conversions json not null,
      primary key (baseline_id, day, publisher, position)
    )`.execute(db);

  await sql`
    create table baseline_surfaces (
      baseline_id uuid not null references baselines,
      surface_id text not null,
      thread json,
      utm json,
      primary key (baseline_id, surface_id)
    )`.execute(db);
}
