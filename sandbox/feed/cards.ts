import { facebookOrder, instagramOrder } from '../graph/edges/comments.ts';
import { type CommentRecord, hiddenAt } from '../world/comment.ts';
import { dig } from '../world/json.ts';
import type { NodeOf, ThreadNode } from '../world/nodes.ts';
import type { WorldState } from '../world/state.ts';

export type Network = 'facebook' | 'instagram';

/** One comment as the feed shows it. */
export interface FeedComment {
  readonly id: string;
  readonly author: string;
  readonly text: string;
  readonly createdMs: number;
  readonly likes: number;
  /** `ours`: written by our app; `brand`: the brand's own, by hand. */
  readonly by: 'ours' | 'brand' | 'stranger';
  /** Its place among the comments that people see; `undefined` when they do not see it. */
  readonly rank: number | undefined;
  readonly unseen: 'hidden' | 'not listed yet' | undefined;
}

/** One ad on one network, as a phone shows it. */
export interface FeedCard {
  readonly adId: string;
  readonly adName: string;
  readonly status: string;
  readonly market: string;
  readonly network: Network;
  readonly speaker: string;
  readonly text: string;
  readonly headline: string | undefined;
  readonly domain: string | undefined;
  readonly button: string | undefined;
  readonly picture: string;
  readonly likes: number;
  /** The post or media; `undefined` when the ad has none on this network. */
  readonly surfaceId: string | undefined;
  readonly dark: boolean;
  readonly commentsOff: boolean;
  readonly seen: number;
  readonly comments: readonly FeedComment[];
}

/** All ads of the world on one network, as they stand at `now`. */
export function cardsOf(state: WorldState, network: Network, now: number): readonly FeedCard[] {
  const cards: FeedCard[] = [];
  for (const ad of state.all('ad')) {
    const creative = state.get('creative', ad.record.creative_id);
    if (creative && runsOn(state, ad, network)) cards.push(cardOf(state, ad, creative, network, now));
  }
  return cards;
}

function cardOf(state: WorldState, ad: NodeOf<'ad'>, creative: NodeOf<'creative'>, network: Network, now: number): FeedCard {
  const { record } = creative;
  const thread = threadOf(state, creative, network);
  const pageId = dig(record.object_story_spec, 'page_id') ?? record.actor_id;
  const page = state.get('page', typeof pageId === 'string' ? pageId : undefined);
  const account = state.get('instagram', record.instagram_user_id ?? page?.record.instagram_business_account);
  const link = dataOf(record, 'link') ?? record.link_url;
  const comments = thread ? commentsOf(state, thread, now) : [];
  return {
    adId: ad.record.id,
    adName: ad.record.name,
    status: ad.record.effective_status,
    market: page?.record.market ?? 'other',
    network,
    speaker: (network === 'facebook' ? page?.record.name : account?.record.username) ?? 'unknown',
    text: (thread?.kind === 'post' ? thread.record.message : thread?.record.caption) || dataOf(record, 'message') || '',
    headline: dataOf(record, 'name') ?? (link === undefined ? undefined : pathOf(link)),
    domain: link === undefined ? undefined : hostOf(link),
    button: buttonOf(creative),
    picture: record.picture ?? 'plain',
    likes: thread?.record.like_count ?? 0,
    surfaceId: thread?.record.id,
    dark: thread?.kind === 'post' && !thread.record.is_published,
    commentsOff: thread?.record.comments_enabled === false,
    seen: comments.filter((comment) => comment.rank !== undefined).length,
    comments,
  };
}

/** What people see first, in the platform's default order; then what only the operator may know of. */
function commentsOf(state: WorldState, thread: ThreadNode, now: number): readonly FeedComment[] {
  const all = state.commentsOf(thread.record.id);
  const shown = thread.kind === 'post' ? facebookOrder(all, now) : instagramOrder(all, now);
  const unseen = all.filter((comment) => comment.parent_id === null && !shown.includes(comment));
  const owner = state.ownerOfThread(thread).id;
  const write = (comment: CommentRecord, rank: number | undefined): FeedComment => ({
    id: comment.id,
    author: comment.from.name,
    text: comment.message,
    createdMs: comment.created_ms,
    likes: comment.like_count,
    by: comment.application_id === state.world.app.id ? 'ours' : comment.from.id === owner ? 'brand' : 'stranger',
    rank,
    unseen: rank !== undefined ? undefined : hiddenAt(comment, now) || comment.low_quality ? 'hidden' : 'not listed yet',
  });
  return [...shown.map((comment, index) => write(comment, index + 1)), ...unseen.map((comment) => write(comment, undefined))];
}

function runsOn(state: WorldState, ad: NodeOf<'ad'>, network: Network): boolean {
  const publishers = state.get('ad-set', ad.record.adset_id)?.record.targeting.publisher_platforms;
  return Array.isArray(publishers) ? publishers.includes(network) : true;
}

function threadOf(state: WorldState, creative: NodeOf<'creative'>, network: Network): ThreadNode | undefined {
  return network === 'facebook'
    ? state.get('post', creative.record.effective_object_story_id)
    : state.get('media', creative.record.effective_instagram_media_id);
}

function dataOf(creative: NodeOf<'creative'>['record'], key: string): string | undefined {
  const spec = creative.object_story_spec;
  const value = dig(spec, 'link_data', key) ?? dig(spec, 'template_data', key);
  return typeof value === 'string' ? value : undefined;
}

function buttonOf(creative: NodeOf<'creative'>): string | undefined {
  const spec = creative.record.object_story_spec;
  const type = dig(spec, 'link_data', 'call_to_action', 'type') ?? dig(spec, 'template_data', 'call_to_action', 'type');
  if (typeof type !== 'string') return undefined;
  const words = type.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function pathOf(link: string): string | undefined {
  return URL.canParse(link) ? new URL(link).pathname.slice(1) || undefined : undefined;
}

function hostOf(link: string): string {
  return URL.canParse(link) ? new URL(link).hostname.replace(/^www\./, '') : link;
}
