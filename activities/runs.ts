import { sameServed, tellServed } from '../domain/served.ts';
import type { Surface, SurfaceRef } from '../domain/surface.ts';
import type { Attempt, ClaimAnswer, RunEnd, RunRef, Waiting } from '../store/ledger.ts';
import type { Claimed, ClaimedToEdit, EditInput, OpenAttempt, SurfaceInput } from './claim-contract.ts';
import { type Dependencies, ownerOf } from './dependencies.ts';
import type { Confirmed, ConfirmInput } from './publish-contract.ts';
import type { Opened, OpenRunInput } from './run-contract.ts';
import { settlesIn } from './settle.ts';
import { surveyDueInMs } from './survey.ts';

/**
 * Notes that the run began, and tells it its waits and when a survey is due. An account that is not the brand's ends it, and
 * so does a start for another brand or profile than this worker's.
 */
export async function openRun(dependencies: Dependencies, { run, ad, mode, startedFor }: OpenRunInput): Promise<Opened> {
  const { ledger, brand, profile, timing } = dependencies;
  const { cluster, namespace } = dependencies;
  await ledger.runStarted({ run, ad, mode, brandDigest: brand.digest, runsIn: { cluster, namespace } });
  const serves = { brandId: brand.id, profile };
  if (startedFor && !sameServed(startedFor, serves)) {
    const says = `this worker serves ${tellServed(serves)}; the run was started for ${tellServed(startedFor)}. Set FIRST_COMMENT_BRAND and FIRST_COMMENT_PROFILE alike for both`;
    return { kind: 'foreign-account', run, timing, says };
  }
  const known = brand.accounts.some((account) => account.platform === ad.platform && account.accountId === ad.accountId);
  if (known) {
    const accountIds = brand.accounts.map(({ accountId }) => accountId);
    return { kind: 'opened', run, timing, surveyDueInMs: await surveyDueInMs(dependencies), accountIds };
  }
  const says = `account ${ad.accountId} is none of ${brand.name}'s (${brand.accounts.map((each) => each.accountId).join(', ')}); add it to brand.yaml if it is the brand's`;
  return { kind: 'foreign-account', run, timing, says };
}

/** Takes the surface's claim; one whose owner is gone is taken over with its unsettled attempts (protocol a, g). */
export async function claim(dependencies: Dependencies, { run, ad, surface, proposal }: SurfaceInput): Promise<Claimed> {
  const { ledger, runs, brand } = dependencies;
  const owner = ownerOf(dependencies, run);
  const { surfaceKey, identityId, marketId, patternId, copyHash = null, copyVersion = null } = proposal;
  const { accountId, adId } = ad;
  const belongs = { brandId: brand.id, accountId, adId, identityId, marketId, patternId, copyHash, copyVersion };
  const request = { surface, owner, surfaceKey, belongs };
  let answer = await ledger.claim(request);
  if (answer.kind === 'held' && !(await runs.isOpen(answer.owner))) {
    answer = await ledger.takeOver({ surface, owner, expectedEpoch: answer.epoch });
  }
  if (answer.kind === 'held') {
    // Noted before the last look: whenever the owner ends, it either finds us waiting or we find it gone.
    await ledger.park({ run, reason: 'awaiting-claim', key: surface.surfaceId, until: null });
    answer = await ledger.claim(request);
    if (answer.kind !== 'held') await ledger.unpark(run, { reason: 'awaiting-claim', key: surface.surfaceId });
  }
  switch (answer.kind) {
    case 'claimed':
      return claimedView(dependencies, answer);
    case 'ours': {
      const { commentId, text, publishedAt } = answer.publication;
      return { kind: 'ours', mine: answer.mine, by: answer.owner.workflowId, commentId, text, publishedAt };
    }
    case 'held':
      return { kind: 'held', by: answer.owner.workflowId };
    case 'withdrawn':
    case 'damaged':
      return answer;
  }
}

/** Takes the claim for an edit of a comment that stands (protocol i). Where something is under way on the surface, it waits. */
export async function claimToEdit(
  dependencies: Dependencies,
  { run, surface, proposal, edits }: EditInput,
): Promise<ClaimedToEdit> {
  const { ledger } = dependencies;
  const { text } = proposal;
  const answer = await ledger.claimToEdit({ surface, owner: ownerOf(dependencies, run), edit: edits, text });
  if (answer.kind === 'claimed') return claimedView(dependencies, answer);
  return answer.kind === 'held' ? { kind: 'held', by: answer.owner.workflowId } : answer;
}

function claimedView(
  dependencies: Dependencies,
  answer: Extract<ClaimAnswer, { kind: 'claimed' }>,
): Extract<Claimed, { kind: 'claimed' }> {
  return {
    kind: 'claimed',
    epoch: answer.epoch,
    generation: answer.generation,
    open: openAttempt(dependencies, answer.attempts),
    takenOver: answer.cameBy === 'takeover',
    afterRestore: answer.afterRestore,
  };
}

/** The attempt whose outcome nobody knows; the gate sees to it that there is at most one. */
function openAttempt({ timing }: Dependencies, attempts: readonly Attempt[]): OpenAttempt | null {
  const open = attempts.find((attempt) => attempt.result === null || attempt.result.kind === 'unknown');
  if (!open) return null;
  return { attemptId: open.attemptId, gateAt: open.gateAt, settleInMs: settlesIn(open, timing) };
}

/** Notes what the run waits for. A pause that was lifted in between wakes nobody any more: the answer says so. */
export async function park({ ledger }: Dependencies, waiting: Waiting): Promise<{ needed: boolean }> {
  await ledger.park(waiting);
  return { needed: waiting.reason !== 'paused' || (await ledger.pauseStands(waiting.key)) };
}

/** Gives the claim back when nothing of ours is under way on it, and wakes those who wait for it. */
export async function giveBack(dependencies: Dependencies, { run, surface }: { run: RunRef; surface: Surface }): Promise<void> {
  await dependencies.ledger.releaseClaim(surface, ownerOf(dependencies, run));
  await wakeWaiters(dependencies, surface, run);
}

/** The second record of an attempt's result (protocol c); then later looks are planned and waiters woken. */
export async function confirm(
  dependencies: Dependencies,
  { surface, attemptId, result }: ConfirmInput,
): Promise<Confirmed | undefined> {
  const { ledger, timing } = dependencies;
  const { withdrawn } = await ledger.recordResult(attemptId, result, 'workflow');
  if (result.kind !== 'accepted') return undefined;
  await ledger.planLooks(surface, result.commentId, timing.looksMs);
  await wakeWaiters(dependencies, surface);
  return withdrawn === null ? {} : { withdrawn };
}

/** Notes how the run ended; claims under which nothing was sent are free for others. */
export async function closeRun(dependencies: Dependencies, input: { end: RunEnd; surfaces: readonly Surface[] }): Promise<void> {
  const { ledger } = dependencies;
  await ledger.runEnded(input.end);
  await ledger.unpark(input.end.run);
  await Promise.all(input.surfaces.map((surface) => giveBack(dependencies, { run: input.end.run, surface })));
}

/** So many of those who wait for a claim are woken at once; each wakes the next ones at its own end, and a sweep whoever is left. */
const WOKEN_AT_ONCE = 10;
const TRIED_AT_ONCE = 5 * WOKEN_AT_ONCE;

/**
 * Tells the first of those who wait for a surface's claim that it may be free. Not all: hundreds of ads may share a post, and
 * this is a step of a few seconds. Nor `self`: a run that signals itself as it ends cannot end, and a late step of an earlier
 * life may have noted that it waits.
 */
export async function wakeWaiters({ ledger, runs }: Dependencies, surface: SurfaceRef, self?: RunRef): Promise<void> {
  const noted = await ledger.waitersFor('awaiting-claim', surface.surfaceId);
  const waiters = noted.filter((workflowId) => workflowId !== self?.workflowId);
  let woken = 0;
  for (const workflowId of waiters.slice(0, TRIED_AT_ONCE)) {
    if (await runs.wake(workflowId)) woken += 1;
    if (woken === WOKEN_AT_ONCE) return;
  }
}
