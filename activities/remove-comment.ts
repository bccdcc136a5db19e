import { activityInfo, cancellationSignal } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { speakerOf } from '../domain/speaker.ts';
import { formatSurface } from '../domain/surface.ts';
import { pollDelay, type Timing } from '../domain/timing.ts';
import type { RecordedComment } from '../store/ledger.ts';
import { callContext, platformOf } from './context.ts';
import type { Dependencies } from './dependencies.ts';
import { FAILURE } from './failure-contract.ts';
import { notYet, translated } from './failures.ts';
import { whyNotOurs } from './ours-to-change.ts';
import { ownComments } from './own-comments.ts';
import type { Removed, RemoveInput } from './remove-contract.ts';

/**
 * Removes one comment of ours, reads back until it is gone, then notes it (protocol i, j). Idempotent: one that is not there
 * any more is what was wanted. Only what is shown as ours now is ever deleted, whatever the ledger says of its id.
 * @throws ApplicationFailure to try again later, within the window in which we read back, or as the platform asks
 */
export async function removeComment(dependencies: Dependencies, input: RemoveInput): Promise<Removed> {
  const { ledger, timing } = dependencies;
  const { surface, commentId, by, says } = input;
  const comment = await ledger.commentOn(surface, commentId);
  if (!comment) throw await ledger.behind(`the comment ${commentId} on ${formatSurface(surface)}`);
  try {
    const kept = await removeOnPlatform(dependencies, input, comment);
    if (kept !== null) return { kind: 'not-removed', says: kept };
  } catch (error) {
    if (!(error instanceof ApplicationFailure) || cancellationSignal().aborted) throw error;
    if (error.type !== FAILURE.refused && (error.nonRetryable || withinWindow(timing))) throw error;
    return { kind: 'not-removed', says: error.message };
  }
  await ledger.recordRemoval(surface, commentId, { by, says });
  return { kind: 'removed' };
}

/** Whether a removal without a clear end is still tried again. */
function withinWindow({ verifyWindowMs }: Timing): boolean {
  const { currentAttemptScheduledTimestampMs, scheduledTimestampMs } = activityInfo();
  return currentAttemptScheduledTimestampMs - scheduledTimestampMs < verifyWindowMs;
}

/** `null` once it is gone, else why it is not. @throws ApplicationFailure to read again later, or as the platform asks. */
async function removeOnPlatform(
  dependencies: Dependencies,
  { surface, commentId }: RemoveInput,
  { belongs }: RecordedComment,
): Promise<string | null> {
  const { ledger, brand, timing } = dependencies;
  const speaker = belongs ? speakerOf(belongs.identityId, brand) : null;
  if (!belongs || !speaker) {
    const who = belongs
      ? `identity ${belongs.identityId}, which identities.yaml does not name`
      : 'an identity that is not recorded';
    return `comment ${commentId} was written by ${who}; delete it by hand`;
  }
  const ad = { platform: surface.platform, accountId: belongs.accountId, adId: belongs.adId };
  const adapter = platformOf(dependencies, ad);
  const ref = { surface, ...speaker, commentId };
  const read = () => translated(() => adapter.readComment(ref, callContext(ad)));
  const again = (says: string) => notYet(says, pollDelay(timing.verifyPollsMs, activityInfo().attempt));

  const before = await read();
  if (before.kind === 'there') {
    const [recorded, attempts] = await Promise.all([ledger.recordedOn(surface), ledger.attemptsOn(surface)]);
    const why = whyNotOurs(dependencies, { surface, identityId: speaker.identityId, recorded, attempts }, before);
    if (why !== null) return `${why}; look at the thread and, if it is ours, delete it by hand`;
    await translated(() => adapter.deleteComment({ ...ref, adId: ad.adId }, callContext(ad)));
    const after = await read();
    if (after.kind === 'there') throw again(`the platform accepted the removal of comment ${commentId} and still shows it`);
  }
  // What a token may not see is "not found" too: believed only of a thread that can be read and that does not list it.
  const { listed } = await ownComments(dependencies, { surface, speaker, accountId: ad.accountId });
  if (!listed.some((each) => each.commentId === commentId)) return null;
  throw again(`comment ${commentId} cannot be read and is still listed in the thread`);
}
