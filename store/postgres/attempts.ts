import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { SurfaceRef } from '../../domain/surface.ts';
import type { Attempt, AttemptResult, Recorded } from '../attempts.ts';
import type { ClaimState } from '../claims.ts';
import type { Belonging } from '../publications.ts';
import { BELONGS, STILL_OPEN, selectAttempts } from './attempt-rows.ts';
import { setClaimState } from './claim-rows.ts';
import type { Db } from './connect.ts';
import { keepEdit } from './edits.ts';
import { recordIncident } from './incidents.ts';
import { ledgerBehind } from './ledger-behind.ts';
import { claimStateFrom, landedAs, type MergedResult, mergeResults } from './merge-results.ts';
import { insertPublication } from './publications.ts';
import { isSpamVerdict, standingBreaker, tripBreaker } from './spam-verdict.ts';
import { surfaceRow } from './surface-rows.ts';
import { heedOrders, withdrawalOf } from './withdrawals.ts';

/** Attempts of which nobody knows yet whether they left a comment, over all surfaces. */
export async function openAttempts(db: Db): Promise<readonly Attempt[]> {
  return selectAttempts(db, STILL_OPEN);
}

/** `null` for what is no attempt at all. */
export async function attemptById(db: Db, attemptId: string): Promise<Attempt | null> {
  return (await selectAttempts(db, sql`attempt_id::text = ${attemptId}`))[0] ?? null;
}

/** All attempts ever made on the surface, oldest first. */
export async function attemptsOn(db: Db, surface: SurfaceRef): Promise<readonly Attempt[]> {
  return selectAttempts(db, sql`surface = ${surfaceRow(surface)}`);
}

interface LockedAttempt {
  readonly attempt_id: string;
  readonly surface: string;
  readonly surface_id: string;
  readonly belongs: Belonging;
  readonly text: string;
  readonly edits: string | null;
  readonly edit_order: string | null;
  readonly n: number;
  readonly gate_at: Date;
  readonly result: AttemptResult | null;
  readonly state: ClaimState;
}

/**
 * Records what became of an attempt, as often as anybody says it (protocol c). Moves the claim along. The first record
 * of a spam verdict trips the identity's breaker; a later one of the same does not trip it again once it was lifted.
 */
export async function recordResult(
  db: Db,
  attemptId: string,
  incoming: AttemptResult,
  by: 'activity' | 'workflow' | 'settling' | 'person',
): Promise<Recorded> {
  const recorded = await db.transaction().execute(async (transaction) => {
    const locked = await sql<LockedAttempt>`
      select attempt_id, attempts.surface, surface_id, ${BELONGS} as belongs, text, edits, edit_order, n, gate_at, result, state
      from attempts join claims on claims.surface = attempts.surface
      where attempt_id = ${attemptId} for update of claims, attempts`.execute(transaction);
    const attempt = locked.rows[0];
    if (!attempt) return null;
    const { isNew } = await keepRecord(transaction, attemptId, incoming, by);
    await applyResult(transaction, attempt, incoming);
    const withdrawn = await withdrawalOf(transaction, attempt.surface);
    if (!isSpamVerdict(incoming)) return { breakerId: null, withdrawn };
    const {
      surface_id: surfaceId,
      belongs: { identityId },
    } = attempt;
    if (isNew) await tripBreaker(transaction, { attemptId, surfaceId, identityId }, incoming);
    return { breakerId: await standingBreaker(transaction, identityId), withdrawn };
  });
  if (!recorded) throw await ledgerBehind(db, `the attempt ${attemptId}`);
  return recorded;
}

/** The row keeps every different statement, so that a contradiction can be read later. `isNew`: nobody said this before. */
async function keepRecord(db: Db, attemptId: string, result: AttemptResult, by: string): Promise<{ readonly isNew: boolean }> {
  const text = JSON.stringify(result);
  const digest = createHash('sha256').update(text).digest('hex');
  const said = await sql<{ said: boolean }>`
    with record as (
      insert into attempt_records (attempt_id, recorded_by, digest, result)
      values (${attemptId}, ${by}, ${digest}, ${text}) on conflict do nothing)
    select exists (select from attempt_records where attempt_id = ${attemptId} and digest = ${digest}) as said`.execute(db);
  return { isNew: said.rows[0]?.said === false };
}

async function applyResult(db: Db, attempt: LockedAttempt, incoming: AttemptResult): Promise<void> {
  const merged = mergeResults(attempt.result, incoming);
  // The usual second record: what it says was taken in, down to the claim, in the transaction of the first.
  if (merged.result === attempt.result && merged.contradiction === null) return;
  if (merged.result !== attempt.result) {
    await sql`
      update attempts set result = ${JSON.stringify(merged.result)}, result_kind = ${merged.result.kind},
        result_at = clock_timestamp()
      where attempt_id = ${attempt.attempt_id}`.execute(db);
  }
  const commentId = landedAs(incoming);
  if (commentId !== null && attempt.edits === commentId && attempt.edit_order !== null) {
    await keepEdit(db, { ...attempt, edits: attempt.edits, edit_order: attempt.edit_order });
  } else if (commentId !== null) {
    const publication = {
      surfaceId: attempt.surface_id,
      commentId,
      attemptId: attempt.attempt_id,
      text: attempt.text,
      // The platform created it between the gate and the answer; the gate's moment is the one that we know.
      publishedAt: attempt.gate_at.toISOString(),
      origin: incoming.kind === 'accepted' ? 'accepted' : 'adopted',
    } as const;
    await insertPublication(db, attempt.surface, publication, attempt.belongs);
  }
  if (merged.contradiction !== null) await reportContradiction(db, attempt, incoming, merged);
  // A comment whose edit did not take effect stays under its order, which whoever carries that out goes on with.
  if (attempt.edits !== null && commentId === null) await readOffClaim(db, attempt.surface, attempt.state);
  else await moveClaim(db, attempt.surface, attempt.state);
}

/** Keeps the claim's state as its attempts and publications tell; a comment under a standing order withdraws the surface. */
export async function moveClaim(db: Db, surface: string, current: ClaimState): Promise<void> {
  const facts = await claimFacts(db, surface);
  if (facts.published && (await heedOrders(db, surface))) return;
  await setClaimState(db, surface, claimStateFrom(current, facts));
}

/** As `moveClaim`, without a look at orders. */
async function readOffClaim(db: Db, surface: string, current: ClaimState): Promise<void> {
  await setClaimState(db, surface, claimStateFrom(current, await claimFacts(db, surface)));
}

/** What a claim's state is read off. The caller holds the claim's lock. */
async function claimFacts(
  db: Db,
  surface: string,
): Promise<{ readonly results: readonly (AttemptResult | null)[]; readonly published: boolean }> {
  const read = await sql<{ results: readonly (AttemptResult | null)[]; published: boolean }>`
    select
      (select coalesce(json_agg(result), '[]'::json) from attempts where surface = ${surface}) as results,
      exists (select from publications where surface = ${surface} and removed_at is null) as published`.execute(db);
  return read.rows[0] ?? { results: [], published: false };
}

async function reportContradiction(db: Db, attempt: LockedAttempt, incoming: AttemptResult, merged: MergedResult): Promise<void> {
  await recordIncident(db, {
    kind: merged.contradiction === 'two-comments' ? 'second-comment' : 'drift',
    surfaceId: attempt.surface_id,
    // Whether that comment stands is what the next look at it tells.
    evidence: {
      attemptId: attempt.attempt_id,
      commentId: landedAs(merged.result),
      firstRecord: attempt.result,
      laterRecord: incoming,
    },
    did: `kept ${merged.result.kind}`,
  });
}
