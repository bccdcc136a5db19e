import { type RawBuilder, sql } from 'kysely';
import type { AccountRef } from '../known-ads.ts';
import type { Due, SweepScope } from '../sweeping.ts';
import type { Db } from './connect.ts';
import { looksDue } from './looks-due.ts';
import { unseenRuns } from './lost-runs.ts';
import { orphansDue } from './orphans.ts';
import { orderedRemovals } from './retracts.ts';
import { claimWaitersOf, credentialWaitersOf, pausedWaitersOf, waitersHere } from './wakeable.ts';

/** What is due for an account's sweep. A probe's pause is that of one trouble: it begins anew once nobody waits. */
export async function dueForSweep(db: Db, scope: SweepScope): Promise<Due> {
  const probeDue = sql`not exists (select from probes
    where platform = ${scope.platform} and account_id = ${scope.accountId} and next_at > clock_timestamp())`;
  const wakeable = sql`(${pausedWaitersOf(scope)}) or (${claimWaitersOf(scope)}) or (${credentialWaitersOf(scope)} and ${probeDue})`;
  const count = (from: RawBuilder<unknown>) => sql`(select count(*)::int ${from})`;
  const found = await sql<Due>`
    with over as (
      update probes set pause_ms = 0 where platform = ${scope.platform} and account_id = ${scope.accountId}
        and pause_ms > 0 and not exists (select ${waitersHere(scope)} and ${credentialWaitersOf(scope)}))
    select
      ${count(sql`from planned_looks as look join publications as comment using (surface, comment_id)
        where ${looksDue(scope)}`)} as looks,
      ${count(sql`from attempts where ${orphansDue(scope)}`)} as orphans,
      ${count(orderedRemovals(scope.accountId))} as ordered,
      ${count(sql`${waitersHere(scope)} and (${wakeable})`)} as waiters,
      ${count(sql`from runs where ${unseenRuns(scope)}`)} as unseen`.execute(db);
  return found.rows[0] ?? { looks: 0, orphans: 0, ordered: 0, waiters: 0, unseen: 0 };
}

/** So long after its time is over a wait is nobody's any more: whoever lived would have gone on. */
const STALE_AFTER = sql`interval '1 hour'`;

/** The account's last sweep, for whoever asks how the system stands; the waits of retracts that were terminated go. */
export async function recordSweep(
  db: Db,
  { platform, accountId }: AccountRef,
  { says, needsPerson }: { says: string; needsPerson: boolean },
): Promise<void> {
  await sql`
    with over as (
      delete from waiting where until < clock_timestamp() - ${STALE_AFTER}
        and not exists (select from runs where (runs.workflow_id, runs.run_id) = (waiting.workflow_id, waiting.run_id)))
    insert into sweeps (platform, account_id, says, needs_person) values (${platform}, ${accountId}, ${says}, ${needsPerson})
    on conflict (platform, account_id) do update set
      swept_at = clock_timestamp(), says = excluded.says, needs_person = excluded.needs_person`.execute(db);
}
