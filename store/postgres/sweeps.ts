import { type RawBuilder, sql } from 'kysely';
import type { AccountRef } from '../known-ads.ts';
import type { Due, SweepScope } from '../sweeping.ts';
import type { Db } from './connect.ts';
import { looksDue } from './looks-due.ts';
import { unseenRuns } from './lost-runs.ts';
import { openIncidentsOf } from './open-incidents.ts';
import { orphansDue } from './orphans.ts';
import { orderedRemovals } from './retracts.ts';
import { claimWaitersOf, credentialWaitersOf, pausedWaitersOf, waitersHere } from './wakeable.ts';

/**
 * What is due for an account's sweep, which is noted as begun. A probe's pause is that of one trouble: it begins anew once nobody waits
 * and the token works.
 */
export async function dueForSweep(db: Db, scope: SweepScope): Promise<Due> {
  const { platform, accountId } = scope;
  const ofAccount = sql`platform = ${platform} and account_id = ${accountId}`;
  const paceIsOver = sql`not exists (select from probes where ${ofAccount} and next_at > clock_timestamp())`;
  const isDead = sql`exists (select from probes where ${ofAccount} and usable = false)`;
  const isWaitedFor = sql`exists (select ${waitersHere(scope)} and ${credentialWaitersOf(scope)})`;
  const wakeable = sql`(${pausedWaitersOf(scope)}) or (${claimWaitersOf(scope)}) or (${credentialWaitersOf(scope)} and ${paceIsOver})`;
  const count = (from: RawBuilder<unknown>) => sql`(select count(*)::int ${from})`;
  const found = await sql<Due>`
    with begun as (
      insert into sweeps (platform, account_id) values (${platform}, ${accountId})
      on conflict (platform, account_id) do update set begun_at = clock_timestamp()),
    over as (
      update probes set pause_ms = 0
      where ${ofAccount} and pause_ms > 0 and usable is distinct from false and not ${isWaitedFor})
    select
      ${count(sql`from planned_looks as look join publications as comment using (surface, comment_id)
        where ${looksDue(scope)}`)} as looks,
      ${count(sql`from attempts where ${orphansDue(scope)}`)} as orphans,
      ${count(orderedRemovals(scope.accountId))} as ordered,
      ${count(sql`${waitersHere(scope)} and (${wakeable})`)} as waiters,
      ${count(sql`from runs where ${unseenRuns(scope)}`)} as unseen,
      ${openIncidentsOf(scope)} as "openIncidents",
      json_build_object('isDead', ${isDead}, 'probeIsDue', ${paceIsOver} and (${isDead} or ${isWaitedFor})) as token`.execute(db);
  const [due] = found.rows;
  if (!due) throw new Error('The ledger did not say what is due.');
  return due;
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
    insert into sweeps (platform, account_id, swept_at, says, needs_person)
    values (${platform}, ${accountId}, clock_timestamp(), ${says}, ${needsPerson})
    on conflict (platform, account_id) do update set
      swept_at = clock_timestamp(), says = excluded.says, needs_person = excluded.needs_person`.execute(db);
}
