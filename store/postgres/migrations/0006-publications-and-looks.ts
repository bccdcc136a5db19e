import { type Kysely, sql } from 'kysely';

/** Comments of ours, what people could see of them, the looks still to come, and what an operator must know. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table publications (
      surface text not null references surfaces,
      surface_id text not null,
      comment_id text not null,
      attempt_id uuid references attempts,
      text text not null,
      published_at timestamptz not null,
      origin text not null check (origin in ('accepted', 'adopted')),
      recorded_at timestamptz not null default clock_timestamp(),
      primary key (surface, comment_id)
    )`.execute(db);

  await sql`
    create table visibility_looks (
      look_id uuid primary key default gen_random_uuid(),
      surface text not null references surfaces,
      surface_id text not null,
      comment_id text not null,
      visible boolean not null,
      says text not null,
      rank integer,
      of integer,
      looked_at timestamptz not null default clock_timestamp()
    )`.execute(db);
  await sql`create index visibility_looks_by_comment on visibility_looks (surface, comment_id)`.execute(db);

  await sql`
    create table planned_looks (
      surface text not null references surfaces,
      comment_id text not null,
      due_in_ms bigint not null,
      due_at timestamptz not null,
      done_at timestamptz,
      primary key (surface, comment_id, due_in_ms)
    )`.execute(db);
  await sql`create index planned_looks_due on planned_looks (due_at) where done_at is null`.execute(db);

  await sql`
    create table incidents (
      incident_id uuid primary key default gen_random_uuid(),
      kind text not null,
      surface_id text not null,
      evidence json not null,
      did text not null,
      happened_at timestamptz not null default clock_timestamp()
    )`.execute(db);
  await sql`create index incidents_by_surface on incidents (surface_id)`.execute(db);

  await sql`
    create table waiting (
      workflow_id text not null,
      run_id text not null,
      reason text not null,
      key text not null,
      until timestamptz,
      since timestamptz not null default clock_timestamp(),
      primary key (workflow_id, run_id, reason, key)
    )`.execute(db);
  await sql`create index waiting_by_reason on waiting (reason, key)`.execute(db);
}
