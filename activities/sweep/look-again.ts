import { ApplicationFailure } from '@temporalio/common';
import { speakerOf } from '../../domain/speaker.ts';
import { formatSurface } from '../../domain/surface.ts';
import type { DueLook, NewIncident } from '../../store/ledger.ts';
import { type CommentState, judgeReading } from '../comment-state.ts';
import { callContext, platformOf } from '../context.ts';
import type { Dependencies } from '../dependencies.ts';
import { FAILURE } from '../failure-contract.ts';
import { notYet, translated } from '../failures.ts';
import { othersBeside, ownComments, ownCommentsIfThere, type Thread } from '../own-comments.ts';
import { MOST_TRIES } from './most-tries.ts';

export type LookedAgain =
  /** `incident`: what was raised, in words; `null` where all is as it was. */
  | { readonly kind: 'done'; readonly incident: string | null }
  /** Another comment of ours may be there, or this one should not: repair comes first, then this look again. */
  | { readonly kind: 'repair'; readonly says: string };

/**
 * One later look (protocol j): is there a second comment of ours, and do people still see this one? Nothing is ever published
 * again from here. The look is closed last, so that one which ends half-way is carried out anew.
 * @throws ApplicationFailure when it cannot be done now
 */
export async function lookAgain(
  dependencies: Dependencies,
  { surface, commentId, tries }: DueLook,
  dealtWith: readonly string[],
): Promise<LookedAgain> {
  const { ledger, brand } = dependencies;
  const comment = await ledger.commentOn(surface, commentId);
  if (!comment || comment.removedAt !== null) {
    await ledger.closeLooks(surface, commentId, 'we removed the comment');
    return { kind: 'done', incident: null };
  }
  const speaker = comment.belongs ? speakerOf(comment.belongs.identityId, brand) : null;
  if (!comment.belongs || !speaker) {
    const who = comment.belongs?.identityId ?? 'an identity that is not recorded';
    const message = `comment ${commentId} was written as ${who}, which identities.yaml does not name`;
    throw ApplicationFailure.create({ type: FAILURE.refused, message, nonRetryable: true });
  }
  const withdrawn = (await ledger.claimOn(surface))?.state === 'withdrawn' && !dealtWith.includes(commentId);
  if (withdrawn) return { kind: 'repair', says: `comment ${commentId} stands on a withdrawn surface` };

  const thread: Thread = { surface, speaker, accountId: comment.belongs.accountId };
  const account = { platform: surface.platform, accountId: thread.accountId };
  const request = { surface, ...speaker, commentId };
  const reading = await translated(() => platformOf(dependencies, account).readComment(request, callContext(account)));
  const own = await (reading.kind === 'gone' ? ownCommentsIfThere : ownComments)(dependencies, thread);
  if (own === null) {
    const says = `neither comment ${commentId} nor its thread can be found as ${speaker.identityId}`;
    // What our token may not see for a while is "not found" as well: a thread is believed to be gone when the look would be given up.
    if (tries < MOST_TRIES) throw notYet(says, 0);
    const gone = `${says}: the thread is gone, or it is no more for us to see`;
    return keepSeen(dependencies, { surface, commentId }, { kind: 'gone', says: gone });
  }
  if (reading.kind === 'gone' && own.listed.some((each) => each.commentId === commentId)) {
    throw notYet(`comment ${commentId} cannot be read and is still listed in the thread`, 0);
  }
  const others = othersBeside(commentId, own).filter((each) => !dealtWith.includes(each));
  if (others.length > 0)
    return { kind: 'repair', says: `besides comment ${commentId}, ours may be there too: ${others.join(', ')}` };

  const texts = [comment.text, ...own.attempts.map(({ text }) => text)];
  const seen = judgeReading({ commentId, identityId: speaker.identityId, texts }, reading);
  return keepSeen(dependencies, { surface, commentId }, seen);
}

async function keepSeen(
  dependencies: Dependencies,
  { surface, commentId }: Pick<DueLook, 'surface' | 'commentId'>,
  seen: CommentState,
): Promise<LookedAgain> {
  const { ledger } = dependencies;
  const incident = await tellChange(dependencies, { surface, commentId }, seen);
  const rank = seen.kind === 'visible' ? { rank: seen.rank, of: seen.of } : { rank: null, of: null };
  await ledger.recordVisibility(surface, commentId, { visible: seen.kind === 'visible', says: seen.says, ...rank });
  await ledger.closeLooks(surface, commentId, seen.says);
  return { kind: 'done', incident };
}

/** What has changed without us is an incident: raised before the look is noted, and once. */
async function tellChange(
  { ledger }: Dependencies,
  { surface, commentId }: Pick<DueLook, 'surface' | 'commentId'>,
  seen: CommentState,
): Promise<string | null> {
  const before = await ledger.lastVisible(surface, commentId);
  const kind = incidentKind(seen, before);
  if (kind === null) return null;
  const incident: NewIncident = {
    kind,
    surfaceId: surface.surfaceId,
    evidence: { commentId, seen: seen.says, visibleBefore: before },
    did: 'nothing: a person decides',
    once: `${kind} ${formatSurface(surface)} ${commentId} ${seen.kind}`,
  };
  const { isNew } = await ledger.recordIncident(incident);
  return isNew ? `${kind} on ${formatSurface(surface)}: ${seen.says}` : null;
}

function incidentKind(seen: CommentState, visibleBefore: boolean | null): 'foreign-hide' | 'drift' | null {
  if (seen.kind === 'gone' || seen.kind === 'altered') return 'drift';
  return seen.kind === 'hidden' && visibleBefore === true ? 'foreign-hide' : null;
}
