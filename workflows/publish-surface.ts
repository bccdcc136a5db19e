import { ActivityFailure, CancellationScope, sleep } from '@temporalio/workflow';
import type { Claimed, GoOn, OpenAttempt, Published, PublishInput, SurfaceInput } from '../activities/contract.ts';
import type { Outcome } from '../domain/outcome.ts';
import { formatSurface } from '../domain/surface.ts';
import { showDetails } from './describe.ts';
import type { Wait } from './messages.ts';
import { ledger, publishing, reads, settling } from './policies.ts';
import { enterStage, note, type Place, type Run } from './run.ts';
import { publishSearchAttributes } from './search-attributes.ts';
import { verifySurface } from './verify-surface.ts';
import { credentialsWait, patiently, selfWake, throttledWait, waitUntil } from './waiting.ts';

/** Of the text, in the publish step's summary. */
const SHOWN_CHARACTERS = 60;

/** How a surface goes on after one try to publish. */
export type Step =
  | { readonly kind: 'end'; readonly outcome: Outcome; readonly says: string }
  /** Nothing was sent; wait as said, then validate what has grown old and try again. */
  | { readonly kind: 'wait'; readonly wait: Wait; readonly ms: number }
  /** Nothing was sent, since what was judged no longer holds: validate again. */
  | { readonly kind: 'again'; readonly says: string };

/**
 * Publishes on one judged surface by the protocol: claim, look, gate, send once, settle. Answers a step; never leaves
 * an attempt of unknown outcome behind.
 */
export async function publishSurface(run: Run, place: Place, input: SurfaceInput, releaseDigest: string): Promise<Step> {
  enterStage(run, place, 'publish');
  for (;;) {
    const claimed = await ledger(`claim ${formatSurface(place.surface)}`).claim(input);
    if (claimed.kind !== 'claimed') return afterForeignClaim(run, place, input, claimed);
    if (claimed.open) {
      const settled = await settleAttempt(run, place, input, claimed.open);
      if (settled) return settled;
      continue;
    }
    if (run.cancelled) return withdrawn();

    const looked = await patiently(run, place, () =>
      reads(run.input.ad.platform, `look at the thread of ${formatSurface(place.surface)}`).look(input),
    );
    if (looked.kind === 'by-brand') {
      await ledger(`give back ${formatSurface(place.surface)}`).giveBack({ run: run.ref, surface: place.surface });
      return {
        kind: 'end',
        outcome: 'covered-by-brand',
        says: `a comment that the brand wrote by hand stands there (${looked.commentId})`,
      };
    }
    place.thread = looked.thread;
    if (looked.kind === 'ours') return verifySurface(run, place, input, looked.commentId, looked.publishedAt);

    const sent = await sendOnce(run, place, input, claimed, releaseDigest);
    if (sent.kind === 'step') return sent.step;
  }
}

/** One publish request, from the gate to the second record. `unsure` means: claim again, which finds the open attempt. */
async function sendOnce(
  run: Run,
  place: Place,
  input: SurfaceInput,
  claimed: Extract<Claimed, { kind: 'claimed' }>,
  releaseDigest: string,
): Promise<{ kind: 'step'; step: Step } | { kind: 'unsure' }> {
  publishSearchAttributes(run);
  note(place, { says: 'publishing' });
  showDetails(run);
  return CancellationScope.nonCancellable(async () => {
    const { epoch, generation } = claimed;
    const published = await publishRequest(run, { ...input, epoch, generation, releaseDigest });
    if (published === null) return { kind: 'unsure' };
    if (published.kind === 'not-sent') return { kind: 'step', step: await afterNotSent(run, place, published) };

    await ledger(`second record: ${published.result.kind}`).confirm({
      surface: place.surface,
      attemptId: published.attemptId,
      result: published.result,
    });
    if (published.result.kind === 'accepted') {
      note(place, { publishedNow: true });
      return { kind: 'step', step: await verifySurface(run, place, input, published.result.commentId, published.publishedAt) };
    }
    if (published.result.kind === 'unknown') return { kind: 'unsure' };
    return { kind: 'step', step: await afterRefusal(run, place, published.result, published.goOn) };
  });
}

/** `null` when the activity itself failed: whether a request left is then for settling to find out. */
async function publishRequest(run: Run, input: PublishInput): Promise<Published | null> {
  const summary = `publish on ${formatSurface(input.surface)}: ${input.proposal.text.slice(0, SHOWN_CHARACTERS)}…`;
  try {
    return await publishing(run.input.ad.platform, run.timing, summary).publish(input);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    // A database that does not answer would otherwise be asked again at once, for ever.
    await sleep(run.timing.sendByMs, { summary: 'the publish step failed; look at the ledger again' });
    return null;
  }
}

/** Waits until the attempt can be settled, then settles it. `null`: proven absent, the way is free again. */
async function settleAttempt(run: Run, place: Place, input: SurfaceInput, open: OpenAttempt): Promise<Step | null> {
  return CancellationScope.nonCancellable(async () => {
    const ms = Math.max(0, Date.parse(open.settleAt) - Date.now());
    if (ms > 0) {
      const says = `an earlier publish request of ${open.gateAt} has no known outcome; the platform may still act on it`;
      await waitUntil(
        run,
        place,
        { reason: 'settling', key: place.surface.surfaceId, says, until: open.settleAt },
        () => false,
        ms,
      );
    }
    const settle = settling(
      run.input.ad.platform,
      run.timing,
      `settle attempt ${open.attemptId} on ${formatSurface(place.surface)}`,
    ).settle;
    const settled = await patiently(run, place, () => settle({ ...input, attemptId: open.attemptId }));
    if (settled.kind === 'absent') return null;
    if (settled.kind === 'unprovable') return { kind: 'end', outcome: 'unconfirmed', says: settled.says };
    note(place, { publishedNow: true });
    return verifySurface(run, place, input, settled.commentId, settled.publishedAt);
  });
}

async function afterForeignClaim(
  run: Run,
  place: Place,
  input: SurfaceInput,
  claimed: Exclude<Claimed, { kind: 'claimed' }>,
): Promise<Step> {
  switch (claimed.kind) {
    case 'ours':
      if (claimed.mine) return verifySurface(run, place, input, claimed.commentId, claimed.publishedAt);
      note(place, { commentId: claimed.commentId });
      return { kind: 'end', outcome: 'covered', says: `the run ${claimed.by} put our comment there (${claimed.commentId})` };
    case 'withdrawn':
      return { kind: 'end', outcome: 'withdrawn', says: claimed.says };
    case 'held': {
      const says = `the run ${claimed.by} is commenting ${formatSurface(place.surface)}; this one goes on when that is done`;
      return {
        kind: 'wait',
        wait: { reason: 'awaiting-claim', key: place.surface.surfaceId, says, until: null },
        ms: selfWake(run),
      };
    }
  }
}

async function afterNotSent(run: Run, place: Place, answer: Extract<Published, { kind: 'not-sent' }>): Promise<Step> {
  // A claim is never held while a run waits for a person, a pause or another claim (protocol a).
  await ledger(`give back ${formatSurface(place.surface)}`).giveBack({ run: run.ref, surface: place.surface });
  switch (answer.reason) {
    case 'paused':
    case 'breaker':
      return {
        kind: 'wait',
        wait: { reason: 'paused', key: answer.key ?? 'all', says: answer.says, until: null },
        ms: selfWake(run),
      };
    case 'cancelled':
    case 'withdrawal-order':
      return { kind: 'end', outcome: 'withdrawn', says: answer.says };
    case 'copy-not-approved':
      return { kind: 'end', outcome: 'blocked', says: answer.says };
    case 'too-many-attempts':
      return { kind: 'end', outcome: 'refused', says: answer.says };
    case 'not-owner':
    case 'old-epoch':
    case 'old-generation':
    case 'unsettled-attempt':
    case 'facts-too-old':
    case 'brand-changed':
    case 'not-released':
    case 'not-as-judged':
    case 'too-late':
      return { kind: 'again', says: answer.says };
  }
}

async function afterRefusal(
  run: Run,
  place: Place,
  result: { readonly kind: string; readonly says?: string },
  goOn: GoOn | null,
): Promise<Step> {
  const says = result.says ?? 'the platform refused';
  await ledger(`give back ${formatSurface(place.surface)}`).giveBack({ run: run.ref, surface: place.surface });
  switch (goOn?.kind) {
    case 'throttled':
      return { kind: 'wait', wait: throttledWait(run, goOn.retryAfterMs, says), ms: goOn.retryAfterMs };
    case 'credentials':
      return { kind: 'wait', wait: credentialsWait(run, says), ms: selfWake(run) };
    case 'breaker':
      return { kind: 'wait', wait: { reason: 'paused', key: goOn.key, says, until: null }, ms: selfWake(run) };
    default:
      return result.kind === 'not-sent' ? { kind: 'again', says } : { kind: 'end', outcome: 'refused', says };
  }
}

export function withdrawn(): Step {
  return { kind: 'end', outcome: 'withdrawn', says: 'the run was cancelled before anything was sent' };
}
