import type { AttemptResult } from '../attempts.ts';
import type { ClaimState } from '../claims.ts';

/** What follows when a result is recorded for an attempt that may have one already (protocol c, d). */
export interface MergedResult {
  /** The result that the attempt has from now on. */
  readonly result: AttemptResult;
  /** The two records cannot both be true: a comment was said to stand and not to stand, or two were named. */
  readonly contradiction: 'landed-or-not' | 'two-comments' | null;
}

/** The comment that the result says we have; `null` when it says of none. */
export function landedAs(result: AttemptResult | null): string | null {
  return result?.kind === 'accepted' || result?.kind === 'found' ? result.commentId : null;
}

/** The stronger of two results stays: a comment over none, a definite answer over an unknown one, else the first. */
export function mergeResults(current: AttemptResult | null, incoming: AttemptResult): MergedResult {
  if (current === null || current.kind === 'unknown') return { result: incoming, contradiction: null };
  if (incoming.kind === 'unknown') return { result: current, contradiction: null };
  const before = landedAs(current);
  const now = landedAs(incoming);
  if (before === now) return { result: current, contradiction: null };
  if (before !== null && now !== null) return { result: current, contradiction: 'two-comments' };
  return { result: before === null ? incoming : current, contradiction: 'landed-or-not' };
}

/** The state of a claim, read from its attempts; an operator's withdrawal outlasts all of them. */
export function claimStateFrom(
  current: ClaimState,
  { results, published }: { results: readonly (AttemptResult | null)[]; published: boolean },
): ClaimState {
  if (current === 'withdrawn') return 'withdrawn';
  if (results.some((result) => result === null)) return 'sending';
  if (results.some((result) => result?.kind === 'unknown')) return 'unsettled';
  if (published) return 'ours';
  return current === 'released' ? 'released' : 'claimed';
}
