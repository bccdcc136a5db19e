import type pg from 'pg';

/** One ad's job, as its worker holds it. */
export interface Job {
  readonly adId: string;
  readonly attempts: number;
}

/** Retries are jittered around these, milliseconds; after the last the job has failed. */
const BACKOFF_MS = [500, 1_500, 4_000, 8_000, 15_000];
const LEASE_SECONDS = 30;

/** The unique key is what keeps two jobs of one ad apart; the lease gives a dead worker's job to another one. */
export async function createJobs(db: pg.Pool): Promise<void> {
  await db.query(`
    create table if not exists jobs (
      ad_id text primary key,
      status text not null default 'queued' check (status in ('queued', 'running', 'done', 'failed')),
      attempts integer not null default 0,
      run_after timestamptz not null default now(),
      leased_until timestamptz,
      comment_ids text[],
      last_error text
    )`);
  await db.query(`create index if not exists jobs_due on jobs (run_after) where status in ('queued', 'running')`);
}

/** Idempotent: a second wish for an ad is the first one. */
export async function enqueue(db: pg.Pool, adId: string): Promise<void> {
  await db.query('insert into jobs (ad_id) values ($1) on conflict do nothing', [adId]);
}

/** Takes one due job, or one whose worker has not been heard of for the length of its lease. */
export async function takeJob(db: pg.Pool): Promise<Job | null> {
  const taken = await db.query<{ ad_id: string; attempts: number }>(`
    update jobs set status = 'running', attempts = attempts + 1, leased_until = now() + interval '${LEASE_SECONDS} seconds'
    where ad_id = (
      select ad_id from jobs
      where (status = 'queued' and run_after <= now()) or (status = 'running' and leased_until < now())
      order by run_after for update skip locked limit 1)
    returning ad_id, attempts`);
  const row = taken.rows[0];
  return row ? { adId: row.ad_id, attempts: row.attempts } : null;
}

export async function finish(db: pg.Pool, { adId }: Job, commentIds: readonly string[]): Promise<void> {
  await db.query(`update jobs set status = 'done', comment_ids = $2, last_error = null where ad_id = $1`, [adId, commentIds]);
}

/** Queues the job again, or gives it up after five retries. */
export async function fail(db: pg.Pool, { adId, attempts }: Job, error: unknown): Promise<void> {
  const wait = BACKOFF_MS[attempts - 1];
  const jittered = wait === undefined ? 0 : wait * (0.5 + Math.random());
  await db.query(
    `update jobs set status = $2, run_after = now() + $3 * interval '1 millisecond', last_error = $4 where ad_id = $1`,
    [adId, wait === undefined ? 'failed' : 'queued', jittered, String(error).slice(0, 500)],
  );
}

/** Jobs that are neither done nor given up. */
export async function openJobs(db: pg.Pool): Promise<number> {
  const counted = await db.query<{ open: number }>(
    `select count(*)::int as open from jobs where status in ('queued', 'running')`,
  );
  return counted.rows[0]?.open ?? 0;
}
