import { type RawBuilder, sql } from 'kysely';
import type { ClaimState } from '../claims.ts';
import type { AccountRef } from '../known-ads.ts';
import type { ClaimWaiter, SweepScope, Waiter } from '../sweeping.ts';
import { ownerOf } from './claim-rows.ts';
import type { Db } from './connect.ts';

/**
 * Runs that wait in this namespace and were not woken lately, as `from … where …`; of another one nobody here can wake. A retract
 * is no run of an ad, and is told of everywhere.
 */
export function waitersHere({ cluster, namespace, againAfterMs }: SweepScope): RawBuilder<unknown> {
  return sql`from waiting left join runs using (workflow_id, run_id)
    where (runs.workflow_id is null or (runs.cluster = ${cluster} and runs.namespace = ${namespace}))
      and ${notWokenLately(againAfterMs)}`;
}

const OF_ACCOUNT = ({ platform, accountId }: AccountRef) => sql`runs.platform = ${platform} and runs.account_id = ${accountId}`;

/** Waiters of the account's runs whose pause or breaker does not stand any more. */
export function pausedWaitersOf(account: AccountRef): RawBuilder<unknown> {
  return sql`${OF_ACCOUNT(account)} and waiting.reason = 'paused'
    and not exists (select from pauses where pause_id::text = waiting.key and lifted_at is null)`;
}

export function claimWaitersOf(account: AccountRef): RawBuilder<unknown> {
  return sql`${OF_ACCOUNT(account)} and waiting.reason = 'awaiting-claim'`;
}

/** Whoever waits until this account can be read again, retracts and runs of the brand's other accounts among them. */
export function credentialWaitersOf({ platform, accountId }: AccountRef): RawBuilder<unknown> {
  return sql`coalesce(runs.platform, ${platform}) = ${platform} and waiting.reason = 'awaiting-credentials' and waiting.key = ${accountId}`;
}

interface WaiterRow {
  readonly workflow_id: string;
  readonly run_id: string;
  readonly reason: Waiter['reason'];
  readonly key: string;
}

async function selectWaiters(db: Db, scope: SweepScope, which: RawBuilder<unknown>, limit: number): Promise<readonly Waiter[]> {
  const found = await sql<WaiterRow>`
    select workflow_id, run_id, reason, key ${waitersHere(scope)} and ${which} order by since, workflow_id limit ${limit}`.execute(
    db,
  );
  return found.rows.map(waiterOf);
}

export function pausedWaiters(db: Db, scope: SweepScope, limit: number): Promise<readonly Waiter[]> {
  return selectWaiters(db, scope, pausedWaitersOf(scope), limit);
}

export function credentialWaiters(db: Db, scope: SweepScope, limit: number): Promise<readonly Waiter[]> {
  return selectWaiters(db, scope, credentialWaitersOf(scope), limit);
}

/** A wait names its surface by id alone. A claim that was given back, or under which ours stands, keeps nobody waiting. */
export async function claimWaiters(db: Db, scope: SweepScope, limit: number): Promise<readonly ClaimWaiter[]> {
  const found = await sql<WaiterRow & { cluster: string | null; namespace: string; holder: string; state: ClaimState }>`
    select waiter.*, claims.cluster, claims.namespace, claims.workflow_id as holder, claims.state
    from (
      select workflow_id, run_id, reason, key, since ${waitersHere(scope)} and ${claimWaitersOf(scope)}
      order by since, workflow_id limit ${limit}
    ) as waiter
    left join surfaces on surfaces.platform = ${scope.platform} and surfaces.surface_id = waiter.key
    left join claims on claims.surface = surfaces.surface and claims.state in ('claimed', 'sending', 'unsettled')
    order by since, waiter.workflow_id`.execute(db);
  return found.rows.map(({ cluster, namespace, holder, ...row }) => ({
    ...waiterOf(row),
    heldBy: cluster === null ? null : ownerOf({ cluster, namespace, workflow_id: holder }),
  }));
}

/** Of two sweeps that would wake a run, one does. */
export async function takeWaiters(db: Db, { againAfterMs }: SweepScope, waiters: readonly Waiter[]): Promise<readonly Waiter[]> {
  if (waiters.length === 0) return [];
  const rows = waiters.map(({ run, reason, key }) => ({ ...run, reason, key }));
  const taken = await sql<WaiterRow>`
    update waiting set woken_at = clock_timestamp()
    from json_to_recordset(${JSON.stringify(rows)}::json) as due("workflowId" text, "runId" text, reason text, key text)
    where (waiting.workflow_id, waiting.run_id, waiting.reason, waiting.key) = (due."workflowId", due."runId", due.reason, due.key)
      and ${notWokenLately(againAfterMs)}
    returning waiting.workflow_id, waiting.run_id, waiting.reason, waiting.key`.execute(db);
  return taken.rows.map(waiterOf);
}

function notWokenLately(againAfterMs: number): RawBuilder<unknown> {
  return sql`coalesce(woken_at + ${againAfterMs} * interval '1 millisecond' <= clock_timestamp(), true)`;
}

function waiterOf({ workflow_id: workflowId, run_id: runId, reason, key }: WaiterRow): Waiter {
  return { run: { workflowId, runId }, reason, key };
}
