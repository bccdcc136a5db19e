import { sql } from 'kysely';
import type { WaitingReason } from '../../domain/outcome.ts';
import type { RunRef } from '../runs.ts';
import type { Waiting } from '../waits.ts';
import type { Db } from './connect.ts';

/** Notes why a run cannot go on, and what would wake it. Said again, only the time changes; a wake-up of before is used up. */
export async function park(db: Db, { run, reason, key, until }: Waiting): Promise<void> {
  await sql`
    insert into waiting (workflow_id, run_id, reason, key, until)
    values (${run.workflowId}, ${run.runId}, ${reason}, ${key}, ${until})
    on conflict (workflow_id, run_id, reason, key) do update set until = excluded.until, woken_at = null`.execute(db);
}

/** The run no longer waits for this; without `what`, for nothing at all. Two reasons may share a key, such as the account. */
export async function unpark(db: Db, run: RunRef, what?: Pick<Waiting, 'reason' | 'key'>): Promise<void> {
  const only = what ? sql`reason = ${what.reason} and key = ${what.key}` : sql`true`;
  await sql`
    delete from waiting
    where workflow_id = ${run.workflowId} and run_id = ${run.runId} and ${only}`.execute(db);
}

/** Workflow ids that wait for the reason and key, longest first. */
export async function waitersFor(db: Db, reason: WaitingReason, key: string): Promise<readonly string[]> {
  const found = await sql<{ workflow_id: string }>`
    select workflow_id from waiting where reason = ${reason} and key = ${key}
    group by workflow_id order by min(since), workflow_id`.execute(db);
  return found.rows.map((row) => row.workflow_id);
}
