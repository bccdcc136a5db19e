import { sql } from 'kysely';
import type { Release, RunEnd, RunRef, RunStart } from '../runs.ts';
import type { Db } from './connect.ts';
import { ledgerBehind } from './ledger-behind.ts';

/**
 * Notes that a run began. What earlier executions of the workflow waited for is over then, and they themselves are: one
 * that was reset, terminated or lost noted no end of its own.
 */
export async function runStarted(db: Db, { run, ad, mode, brandDigest, runsIn }: RunStart): Promise<void> {
  await sql`
    with begun as (
      insert into runs (workflow_id, run_id, platform, account_id, ad_id, mode, brand_digest, cluster, namespace)
      values (${run.workflowId}, ${run.runId}, ${ad.platform}, ${ad.accountId}, ${ad.adId}, ${mode}, ${brandDigest},
        ${runsIn?.cluster ?? null}, ${runsIn?.namespace ?? null})
      on conflict do nothing returning run_id
    ),
    over as (delete from waiting where workflow_id = ${run.workflowId} and run_id <> ${run.runId})
    update runs set ended_at = clock_timestamp(), says = ${`continued in run ${run.runId}`}
    where workflow_id = ${run.workflowId} and run_id <> ${run.runId} and ended_at is null
      and exists (select from begun)`.execute(db);
}

/**
 * Notes how a run ended; its own word counts more than that it was continued. Said twice by one execution, the first stays; the
 * end of a later one, after a reset, takes its place.
 */
export async function runEnded(db: Db, { run, executionId, outcome, says, surfaces }: RunEnd): Promise<void> {
  const known = await db.transaction().execute(async (transaction) => {
    const found = await sql<{ said: boolean }>`
      select outcome is not null and coalesce(ended_by, ${executionId}) = ${executionId} as said from runs
      where workflow_id = ${run.workflowId} and run_id = ${run.runId} for update`.execute(transaction);
    const row = found.rows[0];
    if (!row) return false;
    if (row.said) return true;
    await sql`
      with over as (delete from waiting where workflow_id = ${run.workflowId} and run_id = ${run.runId})
      update runs set ended_at = clock_timestamp(), outcome = ${outcome}, says = ${says}, ended_by = ${executionId}
      where workflow_id = ${run.workflowId} and run_id = ${run.runId}`.execute(transaction);
    await sql`
      delete from run_surfaces where workflow_id = ${run.workflowId} and run_id = ${run.runId}`.execute(transaction);
    await sql`
      insert into run_surfaces (workflow_id, run_id, surface_id, kind, outcome, says)
      select ${run.workflowId}, ${run.runId}, "surfaceId", kind, outcome, says
      from json_to_recordset(${JSON.stringify(surfaces)}::json) as ended("surfaceId" text, kind text, outcome text, says text)`.execute(
      transaction,
    );
    return true;
  });
  if (!known) throw await ledgerBehind(db, `the run ${run.workflowId} ${run.runId}`);
}

/** Keeps an operator's approval of a held run, bound to what they saw. */
export async function recordRelease(db: Db, release: Release): Promise<void> {
  await sql`
    insert into releases (workflow_id, surface_id, release_digest, released_by, why)
    values (${release.workflowId}, ${release.surfaceId}, ${release.releaseDigest}, ${release.by}, ${release.why})
    on conflict do nothing`.execute(db);
}

/** Keeps an operator's no to a held run. */
export async function recordRejection(db: Db, run: RunRef, by: string, why: string): Promise<void> {
  await sql`
    insert into rejections (workflow_id, run_id, rejected_by, why)
    values (${run.workflowId}, ${run.runId}, ${by}, ${why}) on conflict do nothing`.execute(db);
}
