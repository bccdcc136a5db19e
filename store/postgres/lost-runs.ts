import { type RawBuilder, sql } from 'kysely';
import type { RunRef } from '../runs.ts';
import type { SweepScope } from '../sweeping.ts';
import type { Db } from './connect.ts';

/** Runs of the account here that have noted no end and of which nobody asked Temporal lately; the table is named `runs`. */
export function unseenRuns({ platform, accountId, cluster, namespace, againAfterMs }: SweepScope): RawBuilder<unknown> {
  return sql`ended_at is null and platform = ${platform} and account_id = ${accountId}
    and cluster = ${cluster} and namespace = ${namespace}
    and greatest(started_at, checked_at) + ${againAfterMs} * interval '1 millisecond' <= clock_timestamp()`;
}

export async function takeUnseenRuns(db: Db, scope: SweepScope, limit: number): Promise<readonly RunRef[]> {
  const taken = await sql<{ workflow_id: string; run_id: string }>`
    update runs as taken set checked_at = clock_timestamp()
    from (
      select workflow_id, run_id from runs where ${unseenRuns(scope)}
      order by greatest(started_at, checked_at) limit ${limit} for update skip locked
    ) as due
    where (taken.workflow_id, taken.run_id) = (due.workflow_id, due.run_id)
    returning taken.workflow_id, taken.run_id`.execute(db);
  return taken.rows.map((row) => ({ workflowId: row.workflow_id, runId: row.run_id }));
}

/** A run that has noted its end meanwhile keeps its own word. */
export async function noteLost(db: Db, run: RunRef, says: string): Promise<void> {
  await sql`
    with over as (delete from waiting where workflow_id = ${run.workflowId} and run_id = ${run.runId})
    update runs set ended_at = clock_timestamp(), says = ${says}
    where workflow_id = ${run.workflowId} and run_id = ${run.runId} and ended_at is null`.execute(db);
}
