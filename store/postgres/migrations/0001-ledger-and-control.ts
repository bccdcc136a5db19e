import { type Kysely, sql } from 'kysely';

/**
 * `ledger` marks the database as ours and carries the generation that a restore bumps (protocol k).
 * `control` is the one row that the gate shares and that whoever shuts it takes exclusively (protocol b).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table ledger (
      only_row boolean primary key default true check (only_row),
      marker text not null check (marker = 'first-comment'),
      schema_version integer not null,
      generation integer not null default 1,
      created_at timestamptz not null default clock_timestamp()
    )`.execute(db);
  await sql`insert into ledger (marker, schema_version) values ('first-comment', 0)`.execute(db);
  await sql`create table control (only_row boolean primary key default true check (only_row))`.execute(db);
  await sql`insert into control default values`.execute(db);

  await sql`
    create table pauses (
      pause_id uuid primary key default gen_random_uuid(),
      kind text not null check (kind in ('pause', 'breaker')),
      scope text not null check (scope in ('all', 'brandId', 'accountId', 'identityId', 'marketId', 'patternId')),
      value text not null,
      paused_by text not null,
      why text not null,
      paused_at timestamptz not null default clock_timestamp(),
      lifted_by text,
      lifted_why text,
      lifted_at timestamptz
    )`.execute(db);
  await sql`create index pauses_standing on pauses (paused_at) where lifted_at is null`.execute(db);

  await sql`
    create table withdrawal_orders (
      order_id uuid primary key default gen_random_uuid(),
      scope text not null check (scope in ('all', 'surface', 'brandId', 'accountId', 'identityId', 'marketId', 'patternId')),
      value text not null,
      ordered_by text not null,
      why text not null,
      ordered_at timestamptz not null default clock_timestamp(),
      lifted_by text,
      lifted_why text,
      lifted_at timestamptz
    )`.execute(db);
  await sql`create index withdrawal_orders_standing on withdrawal_orders (ordered_at) where lifted_at is null`.execute(db);

  await sql`
    create table gate_closures (
      workflow_id text not null,
      run_id text not null,
      closed_by text not null,
      closed_at timestamptz not null default clock_timestamp(),
      primary key (workflow_id, run_id)
    )`.execute(db);
}
