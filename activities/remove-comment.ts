import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { speakerOf } from '../domain/speaker.ts';
import { formatSurface } from '../domain/surface.ts';
import { pollDelay } from '../domain/timing.ts';
import type { RecordedComment } from '../store/ledger.ts';
import { callContext, platformOf } from './context.ts';
import { FAILURE, type Removed, type RemoveInput } from './contract.ts';
import type { Dependencies } from './dependencies.ts';
import { notYet, translated } from './failures.ts';

/**
 * Removes one comment of ours, reads back until it is gone, then notes it (protocol i, j). Idempotent: one that is not there
 * any more is what was wanted. Only what the ledger knows as ours is ever deleted.
 */
export async function removeComment(dependencies: Dependencies, input: RemoveInput): Promise<Removed> {
  const { ledger } = dependencies;
  const { surface, commentId, by, says } = input;
  const comment = await ledger.commentOn(surface, commentId);
  if (!comment) throw await ledger.behind(`the comment ${commentId} on ${formatSurface(surface)}`);
  try {
    const kept = await removeOnPlatform(dependencies, input, comment);
    if (kept !== null) return { kind: 'not-removed', says: kept };
  } catch (error) {
    if (!(error instanceof ApplicationFailure) || error.type !== FAILURE.refused) throw error;
    return { kind: 'not-removed', says: error.message };
  }
  await ledger.recordRemoval(surface, commentId, { by, says });
  return { kind: 'removed' };
}

/** `null` once it is gone, else why it is not. @throws ApplicationFailure to read again later, or as the platform asks. */
async function removeOnPlatform(
  dependencies: Dependencies,
  { surface, commentId }: RemoveInput,
  { belongs }: RecordedComment,
): Promise<string | null> {
  const { brand, timing } = dependencies;
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
  await translated(() => adapter.deleteComment({ ...ref, adId: ad.adId }, callContext(ad)));
  const reading = await translated(() => adapter.readComment(ref, callContext(ad)));
  if (reading.kind === 'gone') return null;
  const { attempt, currentAttemptScheduledTimestampMs, scheduledTimestampMs } = activityInfo();
  const stands = `the platform accepted the removal of comment ${commentId} and still shows it`;
  if (currentAttemptScheduledTimestampMs - scheduledTimestampMs >= timing.verifyWindowMs) return stands;
  throw notYet(stands, pollDelay(timing.verifyPollsMs, attempt));
}
