import type { OwnComment } from '../../domain/facts.ts';
import { mayBeOurs, type OurSigns } from '../../domain/ours.ts';
import type { SeenComment } from './comment-nodes.ts';

/** Counts a thread while it is read. What strangers wrote ends here; their number and earliest time go on. */
export interface Tally {
  add(comments: readonly SeenComment[]): void;
  /** How many different comments were seen. */
  readonly seen: number;
  readonly own: readonly OwnComment[];
  readonly strangers: { readonly count: number; readonly earliestAt: string | null };
  /** Comments that bear a sign of ours, and nobody says who wrote them. */
  readonly unattributed: number;
  /**
   * Whether the list went back past `moment` (ISO 8601) in a proven newest-first order. A list that ignores the asked
   * order would otherwise end a search for our newest comment at the oldest one.
   */
  reachedBack(moment: string): boolean;
}

/** Lists may be a second or two out of order around one moment. */
const ORDER_SLACK_MS = 5_000;

export function createTally(identityId: string, signs: OurSigns): Tally {
  const ids = new Set<string>();
  const own: OwnComment[] = [];
  let strangers = 0;
  let unattributed = 0;
  let earliestStranger: string | null = null;
  let earliest = Number.POSITIVE_INFINITY;
  let descended = false;
  let rose = false;

  function follow(at: number): void {
    if (at < earliest && earliest !== Number.POSITIVE_INFINITY) descended = true;
    if (at > earliest + ORDER_SLACK_MS) rose = true;
    earliest = Math.min(earliest, at);
  }

  return {
    add(comments) {
      for (const comment of comments) {
        // New comments push others onto the next page, where they would count twice.
        if (ids.has(comment.own.commentId)) continue;
        ids.add(comment.own.commentId);
        follow(Date.parse(comment.own.createdAt));
        if (comment.authorIds.includes(identityId)) {
          own.push(comment.own);
        } else {
          strangers += 1;
          if (comment.authorIds.length === 0 && mayBeOurs(comment.own, signs)) unattributed += 1;
          if (earliestStranger === null || comment.own.createdAt < earliestStranger) earliestStranger = comment.own.createdAt;
        }
      }
    },
    get seen() {
      return ids.size;
    },
    get own() {
      return [...own];
    },
    get unattributed() {
      return unattributed;
    },
    get strangers() {
      return { count: strangers, earliestAt: earliestStranger };
    },
    reachedBack: (moment) => descended && !rose && earliest < Date.parse(moment),
  };
}
