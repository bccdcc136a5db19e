import { ActivityFailure, CancellationScope } from '@temporalio/workflow';
import type { Claimed, OpenAttempt, SurfaceInput } from '../activities/claim-contract.ts';
import type { Looked, LookInput } from '../activities/look-contract.ts';
import type { Published, PublishInput } from '../activities/publish-contract.ts';
import { formatSurface } from '../domain/surface.ts';
import { afterForeignClaim, afterNotSent, afterRefusal } from './after-publish.ts';
import { beforeTryingAgain } from './backoff.ts';
import { showDetails } from './describe.ts';
import { unlessRefused } from './failures.ts';
import { ledger, publishing, reads, settling, wholeLook } from './policies.ts';
import { enterStage, note, type Place, type Run } from './run.ts';
import { publishSearchAttributes } from './search-attributes.ts';
import { showText } from './standing.ts';
import { type Step, underOrder, withdrawn } from './step.ts';
import { verifySurface } from './verify-surface.ts';
import { parkingFor, patiently, waitUntil } from './waiting.ts';

/** Of the text, in the publish step's summary. */
const SHOWN_CHARACTERS = 60;

/**
 * Publishes on one judged surface by the protocol: claim, look, gate, send once, settle. Answers a step; never leaves
 * an attempt of unknown outcome behind.
 */
export async function publishSurface(run: Run, place: Place, input: SurfaceInput, releaseDigest: string): Promise<Step> {
  enterStage(run, place, 'publish');
  let failures = 0;
  for (;;) {
    // Also when the run was cancelled meanwhile: an attempt of unknown outcome is settled before anything ends.
    const { claim } = ledger(`claim ${formatSurface(place.surface)}`);
    const claimed = await CancellationScope.nonCancellable(() => claim(input));
    if (claimed.kind !== 'claimed') return afterForeignClaim(run, place, input, claimed);
    if (claimed.open) {
      const settled = await settleAttempt(run, place, input, claimed.open);
      if (settled) return settled;
      continue;
    }
    if (run.cancelled) return withdrawn();

    const { generation, takenOver, afterRestore = false } = claimed;
    const wholeThread = takenOver || afterRestore;
    const looked = await lookAtThread(run, place, { ...input, wholeThread, generation, afterRestore });
    if (looked.kind === 'step') return looked.step;
    if (looked.kind === 'by-brand') {
      await ledger(`give back ${formatSurface(place.surface)}`).giveBack({ run: run.ref, surface: place.surface });
      return {
        kind: 'end',
        outcome: 'covered-by-brand',
        says: `a comment that the brand wrote by hand stands there (${looked.commentId})`,
      };
    }
    place.thread = looked.thread;
    showText(place, looked.kind === 'ours' ? looked.text : null);
    if (looked.kind === 'ours') {
      if (looked.withdrawn !== undefined) return underOrder(place, looked.commentId, looked.withdrawn);
      return verifySurface(run, place, input, looked.commentId, looked.publishedAt);
    }

    const sent = await sendOnce(run, place, input, claimed, releaseDigest);
    if (sent.kind === 'step') return sent.step;
    if (sent.kind === 'failed') {
      failures += 1;
      note(place, { says: `the publish step failed ${failures} time(s): ${sent.why}` });
      showDetails(run);
      await CancellationScope.nonCancellable(() => beforeTryingAgain(failures, sent.why));
    }
  }
}

/** The look before publishing. What keeps it back ends or parks the surface, and never with the claim in hand (protocol a). */
async function lookAtThread(run: Run, place: Place, input: LookInput): Promise<Looked | { kind: 'step'; step: Step }> {
  const policy = input.wholeThread ? wholeLook : reads;
  const { look } = policy(run.input.ad.platform, `look at the thread of ${formatSurface(place.surface)}`);
  try {
    const looked = await unlessRefused(look(input));
    if (looked.kind !== 'refused') return looked;
    await ledger(`give back ${formatSurface(place.surface)}`).giveBack({ run: run.ref, surface: place.surface });
    return { kind: 'step', step: { kind: 'end', outcome: 'refused', says: looked.why } };
  } catch (error) {
    const parking = parkingFor(run, error);
    if (!parking) throw error;
    await ledger(`give back ${formatSurface(place.surface)}`).giveBack({ run: run.ref, surface: place.surface });
    return { kind: 'step', step: { kind: 'wait', ...parking } };
  }
}

/** One publish request, from the gate to the second record. `unsure` means: claim again, which finds the open attempt. */
export async function sendOnce(
  run: Run,
  place: Place,
  input: SurfaceInput,
  claimed: Extract<Claimed, { kind: 'claimed' }>,
  releaseDigest: string,
): Promise<{ kind: 'step'; step: Step } | { kind: 'unsure' } | { kind: 'failed'; why: string }> {
  publishSearchAttributes(run);
  note(place, { says: 'publishing' });
  showDetails(run);
  return CancellationScope.nonCancellable(async () => {
    const { epoch, generation } = claimed;
    const published = await publishRequest(run, { ...input, epoch, generation, releaseDigest });
    if (published.kind === 'failed') return published;
    if (published.kind === 'not-sent') return { kind: 'step', step: await afterNotSent(run, place, published) };

    const confirmed = await ledger(`second record: ${published.result.kind}`).confirm({
      surface: place.surface,
      attemptId: published.attemptId,
      result: published.result,
    });
    if (published.result.kind === 'accepted') {
      noteLanded(place, input, input.proposal.text);
      if (confirmed?.withdrawn !== undefined) {
        return { kind: 'step', step: underOrder(place, published.result.commentId, confirmed.withdrawn) };
      }
      return { kind: 'step', step: await verifySurface(run, place, input, published.result.commentId, published.publishedAt) };
    }
    if (published.result.kind === 'unknown') return { kind: 'unsure' };
    return { kind: 'step', step: await afterRefusal(run, place, published.result, published.goOn) };
  });
}

/** What this execution sent stands there: a new comment, or the text of one that was there. */
function noteLanded(place: Place, { edits, proposal }: SurfaceInput, text: string = proposal.text): void {
  note(place, edits ? { edited: text } : { publishedNow: true });
}

/** When the activity itself failed: whether a request left is then for the claim and for settling to find out. */
async function publishRequest(run: Run, input: PublishInput): Promise<Published | { kind: 'failed'; why: string }> {
  const does = input.edits ? `edit ${input.edits.commentId}` : 'publish';
  const summary = `${does} on ${formatSurface(input.surface)}: ${input.proposal.text.slice(0, SHOWN_CHARACTERS)}…`;
  try {
    return await publishing(run.input.ad.platform, run.timing, summary).publish(input);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    return { kind: 'failed', why: error.cause?.message ?? error.message };
  }
}

/** Waits until the attempt can be settled, then settles it. `null`: proven absent, the way is free again. */
export async function settleAttempt(run: Run, place: Place, input: SurfaceInput, open: OpenAttempt): Promise<Step | null> {
  return CancellationScope.nonCancellable(async () => {
    const since = run.wakes;
    const ms = open.settleInMs;
    if (ms > 0) {
      const until = new Date(Date.now() + ms).toISOString();
      const says = `an earlier publish request of ${open.gateAt} has no known outcome; the platform may still act on it`;
      await waitUntil(
        run,
        place,
        { reason: 'settling', key: place.surface.surfaceId, says, until, needsHuman: false },
        () => run.wakes > since,
        ms,
      );
    }
    const settle = settling(
      run.input.ad.platform,
      run.timing,
      `settle attempt ${open.attemptId} on ${formatSurface(place.surface)}`,
    ).settle;
    const settled = await unlessRefused(
      patiently(run, place, () => settle({ surface: place.surface, attemptId: open.attemptId })),
    );
    if (settled.kind === 'absent') return null;
    if (settled.kind === 'refused')
      return { kind: 'end', outcome: 'unconfirmed', says: `whether the comment is there could not be read: ${settled.why}` };
    if (settled.kind === 'unprovable') return { kind: 'end', outcome: 'unconfirmed', says: settled.says };
    showText(place, settled.text);
    noteLanded(place, input, settled.text);
    if (settled.withdrawn !== undefined) return underOrder(place, settled.commentId, settled.withdrawn);
    return verifySurface(run, place, input, settled.commentId, settled.publishedAt);
  });
}
