import { type Kysely, sql } from 'kysely';

/** Who said yes or no to a text or to a held run. Append-only: a revocation is a row of its own. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table copy_approvals (
      approval_id uuid primary key default gen_random_uuid(),
      copy_hash text not null,
      pattern_id text not null,
      locale text not null,
      version integer not null,
      capability text not null,
      approved_by text not null,
      approved_at timestamptz not null,
      expires_at timestamptz,
      imported_at timestamptz not null default clock_timestamp(),
      unique nulls not distinct (copy_hash, approved_by, approved_at, expires_at)
    )`.execute(db);
  await sql`
    create table copy_revocations (
      revocation_id uuid primary key default gen_random_uuid(),
      copy_hash text not null,
      revoked_by text not null,
      why text not null,
      revoked_at timestamptz not null default clock_timestamp()
    )`.execute(db);
  await sql`create index copy_revocations_by_hash on copy_revocations (copy_hash)`.execute(db);

  await sql`
    create table releases (
      release_id uuid primary key default gen_random_uuid(),
      workflow_id text not null,
      surface_id text not null,
      release_digest text not null,
      released_by text not null,
      why text not null,
      released_at timestamptz not null default clock_timestamp(),
      unique (workflow_id, surface_id, release_digest)
    )`.execute(db);
  await sql`
    create table rejections (
      workflow_id text not null,
      run_id text not null,
      rejected_by text not null,
      why text not null,
      rejected_at timestamptz not null default clock_timestamp(),
      primary key (workflow_id, run_id)
    )`.execute(db);
}
