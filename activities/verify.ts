import { activityInfo, sleep } from '@temporalio/activity';
import { normaliseText } from '../domain/ours.ts';
import { pollDelay } from '../domain/timing.ts';
import type { CommentReading } from '../platforms/platform.ts';
import { callContext, platformOf } from './context.ts';
import type { Verified, VerifyInput } from './contract.ts';
import type { Dependencies } from './dependencies.ts';
import { notYet, translated } from './failures.ts';

/**
 * Reads our comment back as the platform shows it. 200 is not visible: it must be listed, not hidden, by our identity,
 * with its text intact. Polls are retries of the activity, inside a bounded window.
 */
export async function verify(dependencies: Dependencies, input: VerifyInput): Promise<Verified> {
  const { ledger, timing } = dependencies;
  const { ad, surface, commentId, publishedAt, proposal } = input;
  // Platforms hide within moments of accepting: nothing read before the first poll's delay is believed.
  // `publishedAt` is by the database's clock: where this machine's is slow, it must not wait for longer than that delay.
  const firstPoll = pollDelay(timing.verifyPollsMs, 1);
  const settleIn = Math.min(firstPoll, Date.parse(publishedAt) + firstPoll - Date.now());
  if (settleIn > 0) await sleep(settleIn);

  const { identityId, pageId } = proposal;
  const reading = await translated(() =>
    platformOf(dependencies, ad).readComment({ surface, identityId, pageId, commentId }, callContext(ad)),
  );
  const seen = await judgeReading(dependencies, input, reading);
  if (seen.kind === 'not-yet') {
    const { attempt, currentAttemptScheduledTimestampMs, scheduledTimestampMs } = activityInfo();
    if (currentAttemptScheduledTimestampMs - scheduledTimestampMs < timing.verifyWindowMs) {
      throw notYet(seen.says, pollDelay(timing.verifyPollsMs, attempt + 1));
    }
  }
  const rank = seen.kind === 'visible' ? { rank: seen.rank, of: seen.of } : { rank: null, of: null };
  await ledger.recordVisibility(surface, commentId, { visible: seen.kind === 'visible', says: seen.says, ...rank });
  switch (seen.kind) {
    case 'visible':
      return { kind: 'visible', rank: seen.rank, of: seen.of, permalink: seen.permalink };
    case 'hidden':
      return { kind: 'hidden', says: seen.says, permalink: seen.permalink };
    case 'not-yet':
    case 'altered':
      return { kind: 'unconfirmed', says: seen.says };
  }
}

type Seen =
  | {
      readonly kind: 'visible';
      readonly says: string;
      readonly rank: number;
      readonly of: number;
      readonly permalink: string | null;
    }
  | { readonly kind: 'hidden'; readonly says: string; readonly permalink: string | null }
  | { readonly kind: 'altered'; readonly says: string }
  | { readonly kind: 'not-yet'; readonly says: string };

async function judgeReading(
  { ledger }: Dependencies,
  { surface, commentId, proposal }: VerifyInput,
  reading: CommentReading,
): Promise<Seen> {
  if (reading.kind === 'gone') return { kind: 'not-yet', says: `comment ${commentId} was accepted but cannot be read` };
  const { permalink } = reading;
  if (reading.hidden)
    return { kind: 'hidden', says: `the platform accepted comment ${commentId} and keeps it hidden`, permalink };
  if (reading.hidden === null)
    return { kind: 'not-yet', says: `the platform does not say whether comment ${commentId} is hidden` };
  if (reading.authorId !== null && reading.authorId !== proposal.identityId) {
    return {
      kind: 'altered',
      says: `comment ${commentId} is shown as written by ${reading.authorId}, not by ${proposal.identityId}`,
    };
  }
  const attempts = await ledger.attemptsOn(surface);
  const publications = await ledger.publicationsOn(surface);
  const texts = [proposal.text, ...attempts.map((each) => each.text), ...publications.map((each) => each.text)];
  const shown = normaliseText(reading.comment.text);
  if (!texts.some((text) => normaliseText(text) === shown)) {
    return { kind: 'altered', says: `comment ${commentId} does not read as it was published` };
  }
  if (!reading.listed) return { kind: 'not-yet', says: `comment ${commentId} can be read but is not listed in the thread` };
  return { kind: 'visible', says: 'listed and not hidden', rank: reading.listed.rank, of: reading.listed.of, permalink };
}
