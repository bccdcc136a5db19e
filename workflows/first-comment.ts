import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  workflowInfo,
} from '@temporalio/workflow';
import { goOnAfterRestore, isBehind } from './after-restore.ts';
import { carrySurface } from './carry-surface.ts';
import { showDetails } from './describe.ts';
import { ranOutOfTime, unlessRefused } from './failures.ts';
import { answerMessages } from './handlers.ts';
import type { FirstCommentInput, RunState } from './messages.ts';
import { ledger, reads, surfaceWait } from './policies.ts';
import { beginPlace, beginRun, closedPlace, concludeFromSurfaces, enterStage, note, type Run, viewOf } from './run.ts';
import { publishSearchAttributes } from './search-attributes.ts';
import { type ResolveAnswer, resolve, validate } from './validate.ts';
import { patiently, waitUntil } from './waiting.ts';

/**
 * The run of one ad: resolve → validate → publish → verify → baseline. It always completes with a typed outcome; when in
 * doubt nothing is published and the outcome says why. A failed execution means a defect.
 */
export async function firstComment(input: FirstCommentInput): Promise<RunState> {
  const run = beginRun(input);
  answerMessages(run);
  closeGateWhenCancelled(run);
  try {
    await tellStory(run);
    return await CancellationScope.nonCancellable(() => endRun(run));
  } catch (error) {
    if (isBehind(error)) await CancellationScope.nonCancellable(() => goOnAfterRestore(run, error));
    else if (isCancellation(error)) conclude(run, 'withdrawn', 'the run was cancelled before anything was sent');
    else throw error;
  }
  return CancellationScope.nonCancellable(() => endRun(run));
}

async function tellStory(run: Run): Promise<void> {
  const { ad, mode, startedFor } = run.input;
  // Also for a run that was cancelled before it began: its end needs the beginning in the ledger.
  const { openRun } = ledger('note that the run begins');
  const opened = await CancellationScope.nonCancellable(() =>
    openRun({ run: run.ref, ad, mode, ...(startedFor ? { startedFor } : {}) }),
  );
  // A reset leaves what was recorded before it under the id of before, and all that follows belongs to the same story.
  run.ref = opened.run ?? run.ref;
  run.timing = opened.timing;
  if (opened.kind === 'foreign-account') return conclude(run, 'blocked', opened.says);
  run.accountIds = opened.accountIds ?? [];
  if (opened.surveyDueInMs !== undefined) run.surveyDueAt = Date.now() + opened.surveyDueInMs;

  showDetails(run);
  const resolved = await resolveWithPatience(run);
  if (run.continuing) await continueAsNew<typeof firstComment>(run.input);
  if (resolved.kind === 'refused') return conclude(run, 'refused', resolved.why);
  if (resolved.kind !== 'resolved') return conclude(run, 'not-commentable', resolved.why);

  run.adName = resolved.adName;
  run.marketId = resolved.marketId;
  run.says = resolved.marketSays;
  run.unusable = resolved.unusable;
  const { edits } = run.input;
  const open = resolved.surfaces.filter(({ surfaceId }) => !edits || surfaceId === edits.surfaceId).map(beginPlace);
  run.places = edits ? open : [...open, ...resolved.unusable.flatMap(closedPlace)];
  if (open.length === 0) {
    return conclude(
      run,
      'not-commentable',
      edits
        ? `the ad is not shown on ${edits.surfaceId} any more`
        : resolved.unusable.map((each) => each.reason).join('; ') || 'the ad has no surface with a thread',
    );
  }
  await validate(run, open);
  await carryAll(run);
  // The new execution meets the ledger: what stands is verified, what waits goes on waiting.
  if (run.continuing) await continueAsNew<typeof firstComment>(run.input);
  concludeFromSurfaces(run);
  // What the ad's numbers were before its comment, an edit does not change.
  if (!edits) await takeBaseline(run);
}

/** Ids that are not there yet mean later, not failed: waits for them up to a day. */
async function resolveWithPatience(run: Run): Promise<ResolveAnswer> {
  const first = await resolve(run);
  // An edit waits for no ids: its comment stood on a surface.
  if (first.kind !== 'later' || run.input.edits) return first;
  const { ad, mode } = run.input;
  const until = new Date(Date.now() + run.timing.awaitingSurfaceMs).toISOString();
  const wait = { reason: 'awaiting-surface', key: ad.adId, says: first.why, until, needsHuman: false } as const;
  let answer: ResolveAnswer | null = null;
  const { awaitSurface } = surfaceWait(ad.platform, run.timing, `look until the ids of ad ${ad.adId} are there`);
  const looking = unlessRefused(patiently(run, null, () => awaitSurface({ run: run.ref, ad, mode })))
    .catch((error: unknown): ResolveAnswer => {
      if (!ranOutOfTime(error)) throw error;
      return { kind: 'later', why: `${first.why}; it did not come in time` };
    })
    .then((resolved) => {
      answer = resolved;
      return resolved;
    });
  await Promise.race([looking, waitUntil(run, null, wait, () => answer !== null, run.timing.awaitingSurfaceMs)]);
  return run.continuing ? first : looking;
}

/** All surfaces side by side; a cancel ends those that have sent nothing, and lets the others come to their end. */
async function carryAll(run: Run): Promise<void> {
  const carried = run.places.map(async (place) => {
    try {
      await carrySurface(run, place);
    } catch (error) {
      // What the ledger lacks of one surface it may lack of all: nobody goes on waiting.
      if (isBehind(error)) run.continuing = true;
      throw error;
    }
  });
  const ends = await Promise.allSettled(carried);
  for (const [index, end] of ends.entries()) {
    if (end.status === 'fulfilled') continue;
    const place = run.places[index];
    if (!isCancellation(end.reason) || !place) throw end.reason;
    note(place, { outcome: 'withdrawn', says: 'the run was cancelled before anything was sent' });
  }
}

/** The ad's numbers of before the comment, once per ad, for every surface on which our comment stands. */
async function takeBaseline(run: Run): Promise<void> {
  // Not where ours stands against what is judged now: no comment begins there.
  const commented = run.places.filter((place) => place.publishedAt !== null);
  if (commented.length === 0) return;
  enterStage(run, null, 'baseline');
  showDetails(run);
  const { ad, mode } = run.input;
  const surfaces = commented.map((place) => ({
    surface: place.surface,
    thread: place.thread,
    utm: place.judged?.proposal?.utm ?? null,
    publishedAt: place.publishedAt ?? new Date(Date.now()).toISOString(),
  }));
  const { baseline } = reads(ad.platform, `the ${run.timing.baselineLookbackDays} days before the comment`);
  const taken = await CancellationScope.nonCancellable(() =>
    unlessRefused(patiently(run, null, () => baseline({ run: run.ref, ad, mode, surfaces }))),
  );
  if (taken.kind === 'refused') run.says = `${run.says}; without a baseline: ${taken.why}`;
}

function conclude(run: Run, outcome: NonNullable<Run['outcome']>, says: string): void {
  run.outcome = outcome;
  run.says = says;
}

async function endRun(run: Run): Promise<RunState> {
  const outcome = run.outcome ?? 'not-commentable';
  await condition(() => allHandlersFinished() && (run.gateClosed || !run.cancelled));
  await ledger(`end: ${outcome}`).closeRun({
    end: {
      run: run.ref,
      executionId: workflowInfo().runId,
      outcome,
      says: run.says,
      surfaces: run.places.map(({ surface, state }) => ({
        surfaceId: surface.surfaceId,
        kind: surface.kind,
        outcome: state.outcome ?? outcome,
        says: state.says,
      })),
    },
    surfaces: run.places.map((place) => place.surface),
  });
  showDetails(run);
  publishSearchAttributes(run);
  return viewOf(run);
}

/** Cancel first closes the gate, then lets the story end: it works while the publish task still queues (protocol h). */
function closeGateWhenCancelled(run: Run): void {
  void CancellationScope.current().cancelRequested.catch(() =>
    CancellationScope.nonCancellable(async () => {
      run.cancelled = true;
      await ledger('cancel: close the gate').closeGate({ run: run.ref, by: 'cancel of the run' });
      run.gateClosed = true;
    }),
  );
}
