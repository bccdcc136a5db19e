import { type Kysely, sql } from 'kysely';

/**
 * What a sweep carries out, and how far it is. Looks and orphaned attempts have a moment from which they are tried (again); who
 * takes one moves it, so that of two sweeps one does it. A comment that the claim's owner has decided to remove is marked
 * before anything is deleted (protocol j). Incidents with `once` are raised once. Runs say where they run, so that only those
 * that Temporal here can know of are asked about.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table claim_owners drop constraint claim_owners_came_by_check`.execute(db);
  await sql`
    alter table claim_owners
      add constraint claim_owners_came_by_check check (came_by in ('claim', 'takeover', 'repair'))`.execute(db);

  await sql`alter table publications add column removing_since timestamptz`.execute(db);
  await sql`
    alter table planned_looks
      add column tries integer not null default 0,
      add column next_at timestamptz,
      add column says text`.execute(db);
  await sql`
    alter table attempts
      add column sweep_tries integer not null default 0,
      add column sweep_next_at timestamptz`.execute(db);

  await sql`alter table incidents add column once text unique`.execute(db);
  await sql`alter table waiting add column woken_at timestamptz`.execute(db);
  await sql`
    alter table runs
      add column cluster text,
      add column namespace text,
      add column checked_at timestamptz`.execute(db);
  await sql`create index runs_open on runs (account_id, started_at) where ended_at is null`.execute(db);

  await sql`
    create table probes (
      platform text not null,
      account_id text not null,
      probed_at timestamptz not null,
      next_at timestamptz not null,
      pause_ms bigint not null,
      usable boolean,
      says text,
      primary key (platform, account_id)
    )`.execute(db);

  await sql`
    create table sweeps (
      platform text not null,
      account_id text not null,
      swept_at timestamptz not null default clock_timestamp(),
      says text not null,
      needs_person boolean not null,
      primary key (platform, account_id)
    )`.execute(db);
}
