import { activityInfo, sleep } from '@temporalio/activity';
import { pollDelay } from '../domain/timing.ts';
import { type CommentState, judgeReading } from './comment-state.ts';
import { callContext, platformOf } from './context.ts';
import type { Dependencies } from './dependencies.ts';
import { notYet, translated } from './failures.ts';
import { othersBeside, ownComments } from './own-comments.ts';
import type { Verified, VerifyInput } from './verify-contract.ts';

/**
 * Reads our comment back as the platform shows it, and searches the thread for a second one of ours (protocol j). 200 is not
 * visible. Polls are retries of the activity, inside a bounded window; the search comes with the last of them.
 */
export async function verify(dependencies: Dependencies, input: VerifyInput): Promise<Verified> {
  const { timing } = dependencies;
  // Platforms hide within moments of accepting: nothing read before the first poll's delay is believed.
  // `publishedAt` is by the database's clock: where this machine's is slow, it must not wait for longer than that delay.
  const firstPoll = pollDelay(timing.verifyPollsMs, 1);
  const settleIn = Math.min(firstPoll, Date.parse(input.publishedAt) + firstPoll - Date.now());
  if (settleIn > 0) await sleep(settleIn);

  const seen = await readBack(dependencies, input);
  if (seen.kind === 'gone') {
    const withdrawn = await dependencies.ledger.withdrawalOn(input.surface);
    if (withdrawn !== null) return { kind: 'withdrawn', says: withdrawn };
  }
  // Where it was edited, a reading may still show the former text.
  const pending = seen.kind === 'not-yet' || seen.kind === 'gone' || (seen.kind === 'altered' && input.mustRead !== undefined);
  if (pending) {
    const { attempt, currentAttemptScheduledTimestampMs, scheduledTimestampMs } = activityInfo();
    if (currentAttemptScheduledTimestampMs - scheduledTimestampMs < timing.verifyWindowMs) {
      throw notYet(seen.says, pollDelay(timing.verifyPollsMs, attempt + 1));
    }
  }
  const others = await secondComments(dependencies, input);
  if (others.length > 0) {
    return { kind: 'second-comment', says: `besides comment ${input.commentId}, ours may be there too: ${others.join(', ')}` };
  }
  return keepSeen(dependencies, input, seen);
}

async function readBack(
  dependencies: Dependencies,
  { ad, surface, commentId, proposal, mustRead }: VerifyInput,
): Promise<CommentState> {
  const { ledger } = dependencies;
  const { identityId, pageId } = proposal;
  const reading = await translated(() =>
    platformOf(dependencies, ad).readComment({ surface, identityId, pageId, commentId }, callContext(ad)),
  );
  if (mustRead !== undefined) return judgeReading({ commentId, identityId, texts: [mustRead] }, reading);
  const written = [...(await ledger.attemptsOn(surface)), ...(await ledger.publicationsOn(surface))].map(({ text }) => text);
  return judgeReading({ commentId, identityId, texts: [proposal.text, ...written] }, reading);
}

async function secondComments(
  dependencies: Dependencies,
  { ad, surface, commentId, proposal, dealtWith = [] }: VerifyInput,
): Promise<readonly string[]> {
  const { identityId, pageId } = proposal;
  const own = await ownComments(dependencies, { surface, speaker: { identityId, pageId }, accountId: ad.accountId });
  return othersBeside(commentId, own).filter((each) => !dealtWith.includes(each));
}

async function keepSeen({ ledger }: Dependencies, { surface, commentId }: VerifyInput, seen: CommentState): Promise<Verified> {
  const rank = seen.kind === 'visible' ? { rank: seen.rank, of: seen.of } : { rank: null, of: null };
  await ledger.recordVisibility(surface, commentId, { visible: seen.kind === 'visible', says: seen.says, ...rank });
  switch (seen.kind) {
    case 'visible':
      return { kind: 'visible', rank: seen.rank, of: seen.of, permalink: seen.permalink };
    case 'hidden':
      return { kind: 'hidden', says: seen.says, permalink: seen.permalink };
    case 'gone':
    case 'not-yet':
    case 'altered':
      return { kind: 'unconfirmed', says: seen.says };
  }
}
