import { type Kysely, sql } from 'kysely';

/** Runs, what they found out, and what every guardrail said of it. Evidence is kept as `json`, letter by letter as recorded. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table runs (
      workflow_id text not null,
      run_id text not null,
      platform text not null,
      account_id text not null,
      ad_id text not null,
      mode text not null,
      brand_digest text not null,
      started_at timestamptz not null default clock_timestamp(),
      ended_at timestamptz,
      outcome text,
      says text,
      primary key (workflow_id, run_id)
    )`.execute(db);
  await sql`create index runs_by_ad on runs (platform, account_id, ad_id, started_at)`.execute(db);
  await sql`create index runs_by_end on runs (ended_at desc) where ended_at is not null`.execute(db);

  await sql`
    create table run_surfaces (
      workflow_id text not null,
      run_id text not null,
      surface_id text not null,
      kind text not null,
      outcome text not null,
      says text not null,
      primary key (workflow_id, run_id, kind, surface_id),
      foreign key (workflow_id, run_id) references runs
    )`.execute(db);

  await sql`
    create table resolutions (
      resolution_id uuid primary key default gen_random_uuid(),
      workflow_id text not null,
      run_id text not null,
      snapshot json not null,
      surfaces json not null,
      resolved_at timestamptz not null default clock_timestamp(),
      foreign key (workflow_id, run_id) references runs
    )`.execute(db);
  await sql`create index resolutions_by_run on resolutions (workflow_id, run_id)`.execute(db);

  await sql`
    create table facts (
      facts_id uuid primary key default gen_random_uuid(),
      workflow_id text not null,
      run_id text not null,
      surface_id text not null,
      facts json not null,
      proposal json not null,
      brand_digest text not null,
      gathered_at timestamptz not null,
      recorded_at timestamptz not null default clock_timestamp(),
      foreign key (workflow_id, run_id) references runs
    )`.execute(db);
  await sql`create index facts_by_run on facts (workflow_id, run_id)`.execute(db);

  await sql`
    create table judgements (
      facts_id uuid primary key references facts,
      verdict text not null check (verdict in ('pass', 'hold', 'block')),
      outcome text,
      release_digest text not null,
      verdicts json not null,
      brand_digest text not null,
      judged_at timestamptz not null default clock_timestamp()
    )`.execute(db);
}
