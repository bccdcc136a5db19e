import { type RawBuilder, sql } from 'kysely';
import type { Attempt } from '../attempts.ts';
import type { Standing } from '../control.ts';
import { StoreError } from '../errors.ts';
import type { GateScope } from '../gate.ts';
import type { RunRef } from '../runs.ts';
import type { Db } from './connect.ts';
import { takeControl, waitForSenders } from './in-flight.ts';
import { whyStillClosed } from './restored.ts';
import { attemptsCovered } from './scopes.ts';

/** Pauses publishing in a scope; a breaker is a pause that the machine set. Returns like all orders: see `waitForSenders`. */
export async function pause(
  db: Db,
  order: { kind: 'pause' | 'breaker'; scope: keyof GateScope | 'all'; value: string; by: string; why: string },
): Promise<Standing> {
  const id = await give(
    db,
    sql`
    insert into pauses (kind, scope, value, paused_by, why)
    values (${order.kind}, ${order.scope}, ${order.value}, ${order.by}, ${order.why}) returning pause_id as id`,
  );
  return { id, inFlight: await waitForSenders(db, attemptsCovered(order.scope, order.value)) };
}

/**
 * Lifts a pause or a breaker; one that is lifted already stays as it was lifted first.
 * @throws StoreError `invalid` when there is none, and for the breaker of a restored ledger that cannot be opened yet (protocol k)
 */
export async function resume(db: Db, pauseId: string, by: string, why: string): Promise<void> {
  const refused = await db.transaction().execute(async (transaction) => {
    await takeControl(transaction);
    const closed = await whyStillClosed(transaction, pauseId);
    if (closed !== null) return closed;
    const lifted = await sql`
      update pauses set
        lifted_by = coalesce(lifted_by, ${by}),
        lifted_why = coalesce(lifted_why, ${why}),
        lifted_at = coalesce(lifted_at, clock_timestamp())
      where pause_id::text = ${pauseId} returning pause_id`.execute(transaction);
    return lifted.rows.length > 0 ? null : `There is no pause ${pauseId}. \`first-comment status\` lists what stands.`;
  });
  if (refused !== null) throw new StoreError('invalid', refused);
}

/** Whether the pause or breaker still stands. Runs also wait under keys that are no pause's id; those never stand. */
export async function pauseStands(db: Db, pauseId: string): Promise<boolean> {
  const found = await sql<{ stands: boolean }>`
    select exists (select from pauses where pause_id::text = ${pauseId} and lifted_at is null) as stands`.execute(db);
  return found.rows[0]?.stands ?? false;
}

/** Closes the gate for one run: none of its attempts starts after this returned (protocol h). */
export async function closeGateFor(db: Db, run: RunRef, by: string): Promise<readonly Attempt[]> {
  await db.transaction().execute(async (transaction) => {
    await takeControl(transaction);
    await sql`
      insert into gate_closures (workflow_id, run_id, closed_by)
      values (${run.workflowId}, ${run.runId}, ${by}) on conflict do nothing`.execute(transaction);
  });
  return waitForSenders(db, sql`workflow_id = ${run.workflowId} and run_id = ${run.runId}`);
}

async function give(db: Db, insert: RawBuilder<unknown>): Promise<string> {
  return db.transaction().execute(async (transaction) => {
    await takeControl(transaction);
    const written = await (insert as RawBuilder<{ id: string }>).execute(transaction);
    const row = written.rows[0];
    if (!row) throw new Error('The order was not written.');
    return row.id;
  });
}
