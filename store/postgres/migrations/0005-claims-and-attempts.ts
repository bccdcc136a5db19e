import { type Kysely, sql } from 'kysely';

/**
 * The claim on a surface, its attempts and both records of each (protocol a to d). `attempts.n` counts over the
 * surface's whole life, so that "attempts on a surface 3" holds across takeovers.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table claims (
      surface text primary key references surfaces,
      surface_key text not null,
      cluster text not null,
      namespace text not null,
      workflow_id text not null,
      epoch integer not null check (epoch > 0),
      state text not null check (state in ('claimed', 'sending', 'unsettled', 'ours', 'withdrawn', 'released')),
      changed_at timestamptz not null default clock_timestamp()
    )`.execute(db);
  await sql`create index claims_by_workflow on claims (workflow_id)`.execute(db);

  await sql`
    create table claim_owners (
      surface text not null references claims,
      epoch integer not null,
      cluster text not null,
      namespace text not null,
      workflow_id text not null,
      came_by text not null check (came_by in ('claim', 'takeover')),
      since timestamptz not null default clock_timestamp(),
      primary key (surface, epoch)
    )`.execute(db);

  await sql`
    create table attempts (
      attempt_id uuid primary key default gen_random_uuid(),
      surface text not null references claims,
      surface_id text not null,
      epoch integer not null,
      n integer not null check (n > 0),
      workflow_id text not null,
      run_id text not null,
      facts_id uuid not null references facts,
      text text not null,
      bytes_hash text not null,
      copy_hash text not null,
      brand_id text not null,
      account_id text not null,
      identity_id text not null,
      market_id text not null,
      pattern_id text not null,
      gate_at timestamptz not null default clock_timestamp(),
      send_by_ms integer not null,
      result json,
      result_kind text check (result_kind in ('accepted', 'refused', 'not-sent', 'unknown', 'found', 'absent')),
      result_at timestamptz,
      unique (surface, n)
    )`.execute(db);
  await sql`create index attempts_by_run on attempts (workflow_id, run_id)`.execute(db);
  await sql`create index attempts_open on attempts (gate_at) where result_kind is null`.execute(db);

  await sql`
    create table attempt_records (
      attempt_id uuid not null references attempts,
      recorded_by text not null check (recorded_by in ('activity', 'workflow', 'settling', 'person')),
      digest text not null,
      result json not null,
      recorded_at timestamptz not null default clock_timestamp(),
      primary key (attempt_id, recorded_by, digest)
    )`.execute(db);
}
