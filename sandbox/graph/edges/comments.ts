import { type CommentRecord, hiddenAt } from '../../world/comment.ts';
import type { JsonObject } from '../../world/json.ts';
import type { ThreadNode } from '../../world/nodes.ts';
import { invalidParameter } from '../errors.ts';
import type { FieldRequest } from '../fields.ts';
import { pageOf } from '../paging.ts';
import { refuseUnknown } from '../parameters.ts';
import { NOT_PERMITTED, requirePagesRead, requireScope } from '../permissions.ts';
import type { Params, Scene } from '../scene.ts';
import { select } from '../select.ts';

type Order = 'ranked' | 'chronological' | 'reverse_chronological';

/** `GET /{post|media}/comments`. A user token sees an empty Facebook thread, as the reference says. */
export function listComments(
  thread: ThreadNode,
  params: Params,
  fields: readonly FieldRequest[] | undefined,
  scene: Scene,
): JsonObject {
  refuseUnknown(`GET /{${thread.kind}}/comments`, params);
  const path = `${thread.record.id}/comments`;
  if (thread.kind === 'media') {
    requireScope(scene.access, 'instagram_manage_comments', 10, NOT_PERMITTED);
    return answer(instagramOrder(scene.state.commentsOf(thread.record.id), scene.now), { thread, path }, params, fields, scene);
  }
  requirePagesRead(scene.access);
  const order = readOrder(params.order);
  const filter = readChoice('filter', params.filter, ['toplevel', 'stream'] as const);
  const live = readChoice('live_filter', params.live_filter, ['filter_low_quality', 'no_filter'] as const);
  const everything = order !== undefined || filter === 'stream' || live === 'no_filter';
  const since = readSince(params.since);
  const listed = scene.access.kind !== 'page' ? [] : scene.state.commentsOf(thread.record.id);
  const comments = listed
    .filter((comment) => comment.listed_at_ms <= scene.now && comment.created_ms >= since)
    .filter((comment) => filter === 'stream' || comment.parent_id === null)
    .filter((comment) => everything || isShown(comment, scene.now));
  const ordered = inOrder(comments, order ?? 'ranked', scene);
  const page = answer(ordered, { thread, path }, params, fields, scene);
  if (params.summary !== 'true' && params.summary !== '1') return page;
  return { ...page, summary: summaryOf(thread, order ?? 'ranked', ordered.length, scene) };
}

/** `GET /{comment}/comments` and `/replies`, oldest first. */
export function listReplies(
  comment: CommentRecord,
  params: Params,
  fields: readonly FieldRequest[] | undefined,
  scene: Scene,
): JsonObject {
  refuseUnknown(comment.network === 'facebook' ? 'GET /{facebook-comment}/comments' : 'GET /{instagram-comment}/replies', params);
  const replies = scene.state
    .commentsOf(comment.object_id)
    .filter((other) => other.parent_id === comment.id && !hiddenAt(other, scene.now));
  const path = `${comment.id}/${comment.network === 'facebook' ? 'comments' : 'replies'}`;
  return answer(replies, { thread: undefined, path }, params, fields, scene);
}

/** Instagram's list: top level, newest first, without hidden ones and without those still lagging. */
export function instagramOrder(comments: readonly CommentRecord[], now: number): readonly CommentRecord[] {
  return comments
    .filter((comment) => comment.parent_id === null && !hiddenAt(comment, now) && comment.listed_at_ms <= now)
    .toReversed();
}

/** Facebook's default list: top level, filtered, ranked by what people answered to and liked. */
export function facebookOrder(comments: readonly CommentRecord[], now: number): readonly CommentRecord[] {
  const shown = comments.filter((comment) => comment.parent_id === null && comment.listed_at_ms <= now && isShown(comment, now));
  return byRank(shown, comments);
}

/** Linear but for the sorting: threads of thousands of comments are ranked at every look. */
function byRank(shown: readonly CommentRecord[], all: readonly CommentRecord[]): readonly CommentRecord[] {
  const replies = new Map<string, number>();
  for (const { parent_id } of all) if (parent_id !== null) replies.set(parent_id, (replies.get(parent_id) ?? 0) + 1);
  const weight = (comment: CommentRecord) => comment.like_count + 2 * (replies.get(comment.id) ?? 0);
  return shown.toSorted((a, b) => weight(b) - weight(a) || b.created_ms - a.created_ms);
}

function inOrder(comments: readonly CommentRecord[], order: Order, scene: Scene): readonly CommentRecord[] {
  if (order === 'chronological') return comments;
  if (order === 'reverse_chronological') return comments.toReversed();
  return byRank(comments, comments[0] ? scene.state.commentsOf(comments[0].object_id) : []);
}

function answer(
  comments: readonly CommentRecord[],
  list: { thread: ThreadNode | undefined; path: string },
  params: Params,
  fields: readonly FieldRequest[] | undefined,
  scene: Scene,
): JsonObject {
  const behaviour = list.thread && { behaviour: list.thread.record };
  const page = pageOf(comments, { idOf: ({ id }) => id, maximum: 100, path: list.path, ...behaviour }, params, scene.call);
  const data = page.items.map((record) => select({ kind: 'comment', record }, fields, scene));
  return { data, ...(page.paging && { paging: page.paging }) };
}

function summaryOf(thread: ThreadNode, order: Order, total: number, scene: Scene): JsonObject {
  const page = scene.state.pageOfThread(thread);
  const open = thread.record.comments_enabled && page?.record.is_published === true;
  return { order, total_count: total, can_comment: open && scene.access.kind === 'page' };
}

function isShown(comment: CommentRecord, now: number): boolean {
  return !hiddenAt(comment, now) && !comment.is_private && !comment.low_quality;
}

function readOrder(text: string | undefined): Exclude<Order, 'ranked'> | undefined {
  return readChoice('order', text, ['chronological', 'reverse_chronological'] as const);
}

function readChoice<T extends string>(name: string, text: string | undefined, choices: readonly T[]): T | undefined {
  const found = choices.find((choice) => choice === text);
  if (text !== undefined && found === undefined) throw invalidParameter(`Param ${name} must be one of {${choices.join(', ')}}`);
  return found;
}

function readSince(text: string | undefined): number {
  if (text === undefined) return 0;
  const since = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text);
  if (Number.isNaN(since)) throw invalidParameter('Param since must be a unix timestamp or a date');
  return since;
}
