import { facebookOrder, instagramOrder } from '../../graph/edges/comments.ts';
import { type CommentRecord, hiddenAt } from '../../world/comment.ts';
import type { ThreadNode } from '../../world/nodes.ts';
import type { WorldState } from '../../world/state.ts';

/** What has become of our app's comment on a surface. */
export type OurState = 'visible' | 'hidden' | 'pending' | 'none';
export const OUR_STATES: readonly OurState[] = ['visible', 'hidden', 'pending', 'none'];

/** One comment as people read it. */
export interface FeedComment {
  readonly id: string;
  readonly author: string;
  readonly text: string;
  readonly createdMs: number;
  readonly likes: number;
  /** `ours`: written by our app; `brand`: the brand's own, by hand. */
  readonly by: 'ours' | 'brand' | 'stranger';
}

/** A thread in the order in which people meet it, and what became of our comment in it. */
export interface FeedThread {
  readonly surfaceId: string;
  readonly comments: readonly FeedComment[];
  readonly closed: boolean;
  readonly state: OurState;
  /** The place of our first visible comment, from 1. */
  readonly rank: number | undefined;
  /** Comments of ours that nobody else sees. */
  readonly unseen: readonly FeedComment[];
  /** How many of ours stand here, seen or not; more than one is a mistake. */
  readonly ours: number;
}

/** The state alone, for lists of thousands of ads: the order of the thread is not worked out. */
export function ourStateIn(state: WorldState, thread: ThreadNode | undefined, now: number): OurState {
  if (!thread) return 'none';
  return bestOf(oursIn(state, thread).map((comment) => stateOf(comment, now)));
}

export function readThread(state: WorldState, thread: ThreadNode, now: number): FeedThread {
  const all = state.commentsOf(thread.record.id);
  const shown = thread.kind === 'post' ? facebookOrder(all, now) : instagramOrder(all, now);
  const owner = state.ownerOfThread(thread).id;
  const appId = state.world.app.id;
  const written = (comment: CommentRecord): FeedComment => ({
    id: comment.id,
    author: comment.from.name,
    text: comment.message,
    createdMs: comment.created_ms,
    likes: comment.like_count,
    by: comment.application_id === appId ? 'ours' : comment.from.id === owner ? 'brand' : 'stranger',
  });
  const ours = oursIn(state, thread);
  const comments = shown.map(written);
  const rank = comments.findIndex(({ by }) => by === 'ours') + 1;
  return {
    surfaceId: thread.record.id,
    comments,
    closed: !thread.record.comments_enabled,
    state: bestOf(ours.map((comment) => stateOf(comment, now))),
    rank: rank === 0 ? undefined : rank,
    unseen: ours.filter((comment) => stateOf(comment, now) !== 'visible').map(written),
    ours: ours.length,
  };
}

function oursIn(state: WorldState, thread: ThreadNode): readonly CommentRecord[] {
  const appId = state.world.app.id;
  return state.commentsOf(thread.record.id).filter((comment) => comment.application_id === appId && comment.parent_id === null);
}

/** `pending`: accepted and readable by its id, but not listed yet. Facebook's list also leaves out what it finds poor. */
function stateOf(comment: CommentRecord, now: number): OurState {
  if (hiddenAt(comment, now)) return 'hidden';
  if (comment.network === 'facebook' && (comment.low_quality || comment.is_private)) return 'hidden';
  return comment.listed_at_ms <= now ? 'visible' : 'pending';
}

function bestOf(states: readonly OurState[]): OurState {
  return (['visible', 'pending', 'hidden'] as const).find((each) => states.includes(each)) ?? 'none';
}
