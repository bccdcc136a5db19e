import type { FeedThread, OurState } from '../data/thread.ts';

export const STATE_NAMES: Readonly<Record<OurState, string>> = {
  visible: 'Visible',
  hidden: 'Hidden',
  pending: 'Pending',
  none: 'None',
};

/** What a state means here, in a few words. */
export function stateDetail(thread: FeedThread | undefined, state: OurState): string {
  switch (state) {
    case 'visible':
      if (thread?.rank === 1) return thread.comments.length === 1 ? 'the only comment' : `first of ${thread.comments.length}`;
      return `place ${thread?.rank ?? '?'} of ${thread?.comments.length ?? '?'}`;
    case 'hidden':
      return 'nobody but us sees it';
    case 'pending':
      return 'accepted, not listed yet';
    case 'none':
      return 'no comment of ours';
  }
}

/** The same for those who listen. */
export function sayState(speaker: string, state: OurState): string {
  return state === 'none' ? `${speaker}: no first comment` : `${speaker}: first comment ${state}`;
}

export function commentsInWords(count: number): string {
  return count === 1 ? '1 comment' : `${count} comments`;
}

/** Whole minutes, hours or days: a page that nothing happens on changes rarely. */
export function age(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${minutes} min`;
  return minutes < 1_440 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1_440)} d`;
}

/** `Germany` for `de-DE`; a market that is no language and country keeps its own name. */
export function marketName(market: string): string {
  const country = /^[a-z]{2}-([A-Z]{2})$/.exec(market)?.[1];
  if (country === undefined) return market;
  return new Intl.DisplayNames('en-GB', { type: 'region', fallback: 'code' }).of(country) ?? market;
}

/** The market as a language tag, for those who hear its texts. */
export function languageOf(market: string): string | undefined {
  return /^[a-z]{2}-[A-Z]{2}$/.test(market) ? market : undefined;
}
