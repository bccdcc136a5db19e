import { type RawBuilder, sql } from 'kysely';
import type { SurfaceRef } from '../../domain/surface.ts';
import type { Orphan, SweepScope } from '../sweeping.ts';
import { STILL_OPEN } from './attempt-rows.ts';
import { type ClaimRow, claimOf } from './claim-rows.ts';
import type { Db } from './connect.ts';

/** Attempts of unknown outcome that can be settled and that nobody is at; the table is named `attempts`. */
export function orphansDue({ accountId, brandId, settlesAfterMs }: SweepScope): RawBuilder<unknown> {
  return sql`${STILL_OPEN} and account_id = ${accountId} and brand_id = ${brandId}
    and gate_at + ${settlesAfterMs} * interval '1 millisecond' <= clock_timestamp()
    and coalesce(sweep_next_at <= clock_timestamp(), true)`;
}

type OrphanRow = SurfaceRef & ClaimRow & { readonly attempt_id: string; readonly sweep_tries: number };

/** Takes the oldest. Whether their owner still runs, the ledger cannot know. */
export async function takeOrphans(db: Db, scope: SweepScope, limit: number, leaseMs: number): Promise<readonly Orphan[]> {
  const taken = await sql<OrphanRow>`
    update attempts as taken set
      sweep_next_at = clock_timestamp() + ${leaseMs} * interval '1 millisecond', sweep_tries = taken.sweep_tries + 1
    from (select attempt_id, surface from attempts where ${orphansDue(scope)} order by gate_at limit ${limit} for update skip locked) as due
      join claims using (surface) join surfaces using (surface)
    where taken.attempt_id = due.attempt_id
    returning taken.attempt_id, platform, kind, surfaces.surface_id as "surfaceId", claims.cluster, claims.namespace,
      claims.workflow_id, claims.epoch, claims.state, taken.sweep_tries`.execute(db);
  return taken.rows.map((row) => ({
    attemptId: row.attempt_id,
    surface: { platform: row.platform, kind: row.kind, surfaceId: row.surfaceId },
    ...claimOf(row),
    tries: row.sweep_tries,
  }));
}

export async function postponeOrphan(db: Db, attemptId: string, pauseMs: number): Promise<void> {
  await sql`
    update attempts set sweep_next_at = clock_timestamp() + ${pauseMs} * interval '1 millisecond'
    where attempt_id = ${attemptId}`.execute(db);
}
