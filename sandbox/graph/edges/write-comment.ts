import { type CommentRecord, commentId, hiddenAt } from '../../world/comment.ts';
import type { JsonObject } from '../../world/json.ts';
import type { NodeOf, ThreadNode } from '../../world/nodes.ts';
import { GraphError, invalidParameter, missingPermission, noSuchObject } from '../errors.ts';
import { parseFields } from '../fields.ts';
import { refuseUnknown } from '../parameters.ts';
import { requireCommenting } from '../permissions.ts';
import type { Scene } from '../scene.ts';
import { select } from '../select.ts';

/** Characters that each network takes; commonly quoted, not documented. */
const LONGEST = { post: 8_000, media: 2_200 } as const;

/**
 * `POST /{post|media}/comments`: writes a comment as the thread's Page or account and answers with its id.
 * There is no idempotency key: the same call twice is two comments, unless the thread's `duplicate_policy` says no.
 */
export function createComment(thread: ThreadNode, scene: Scene): JsonObject {
  refuseUnknown(`POST /{${thread.kind}}/comments`, scene.call.params);
  requireCommenting(scene, thread, ['MODERATE', 'CREATE_CONTENT']);
  const message = readMessage(thread, scene);
  requireOpen(thread, scene);
  requireAdId(thread, scene);
  const author = scene.state.ownerOfThread(thread);
  refuseDuplicate(thread, author.id, message, scene);
  const comment = newComment(thread, author, message, scene);
  scene.commit({ kind: 'comment-created', at: scene.now, comment });
  const fields = scene.call.params.fields;
  return fields === undefined ? { id: comment.id } : select({ kind: 'comment', record: comment }, parseFields(fields), scene);
}

/** `POST /{comment}`: `message` or `is_hidden` on Facebook, `hide` on Instagram, which cannot edit. */
export function updateComment(node: NodeOf<'comment'>, scene: Scene): JsonObject {
  const comment = node.record;
  refuseUnknown(`POST /{${comment.network}-comment}`, scene.call.params);
  const thread = threadOf(comment, scene);
  requireCommenting(scene, thread, ['MODERATE']);
  const { message, is_hidden, hide } = scene.call.params;
  const hidden = readFlag(comment.network === 'facebook' ? is_hidden : hide);
  if (comment.network === 'facebook' && message !== undefined) {
    if (comment.from.id !== scene.state.ownerOfThread(thread).id) {
      throw missingPermission(200, 'Permissions error: only the author can edit a comment');
    }
    scene.commit({ kind: 'comment-edited', at: scene.now, id: comment.id, message: readMessage(thread, scene) });
  }
  if (hidden !== undefined && hidden !== hiddenAt(comment, scene.now)) {
    scene.commit({ kind: 'comment-hidden', at: scene.now, id: comment.id, hidden });
  }
  if (hidden === undefined && (comment.network === 'instagram' || message === undefined)) {
    throw invalidParameter(
      comment.network === 'instagram' ? 'The parameter hide is required' : 'The parameter message is required',
    );
  }
  return { success: true };
}

/** `DELETE /{comment}`. */
export function deleteComment(node: NodeOf<'comment'>, scene: Scene): JsonObject {
  refuseUnknown(`DELETE /{${node.record.network}-comment}`, scene.call.params);
  requireCommenting(scene, threadOf(node.record, scene), ['MODERATE']);
  scene.commit({ kind: 'comment-deleted', at: scene.now, id: node.record.id });
  return { success: true };
}

function newComment(thread: ThreadNode, from: { id: string; name: string }, message: string, scene: Scene): CommentRecord {
  const { record } = thread;
  const kept = record.respells_text ? message.normalize('NFD').replace(/\s+/gu, '  ') : message;
  const network = thread.kind === 'post' ? 'facebook' : 'instagram';
  const hideAfter = record.hide_after_seconds;
  return {
    id: commentId({ id: record.id, network }, scene.nextDigits()),
    object_id: record.id,
    parent_id: null,
    network,
    from,
    message: kept,
    created_ms: scene.now,
    is_hidden: record.hide_new_comments,
    is_private: false,
    hide_at_ms: hideAfter === null ? null : scene.now + hideAfter * 1_000,
    listed_at_ms: scene.now + record.list_lag_seconds * 1_000,
    like_count: 0,
    low_quality: false,
    application_id: scene.access.kind === 'app' ? null : scene.access.holder.appId,
    ad_id: scene.call.params.ad_id ?? null,
    via: 'api',
  };
}

function readMessage(thread: ThreadNode, scene: Scene): string {
  const message = scene.call.params.message ?? '';
  if (message.trim() === '') throw invalidParameter('The parameter message is required');
  if ([...message].length > LONGEST[thread.kind]) throw invalidParameter('Param message is too long');
  return message;
}

/** How the real platform words this is not documented; the code is a terminal one. */
function requireOpen(thread: ThreadNode, scene: Scene): void {
  const says = 'Comments are not enabled for this object';
  if (!thread.record.comments_enabled) {
    throw thread.kind === 'post'
      ? invalidParameter(says)
      : new GraphError({ message: `(#100) ${says}`, type: 'IGApiException', code: 100 });
  }
  if (scene.state.pageOfThread(thread)?.record.is_published !== true) {
    throw missingPermission(200, 'The Page is not published: nobody can comment on it');
  }
}

function requireAdId(thread: ThreadNode, scene: Scene): void {
  const adId = scene.call.params.ad_id;
  if (thread.kind !== 'media') return;
  if (adId === undefined) {
    if (thread.record.requires_ad_id) throw noSuchObject(thread.record.id, 'POST', 'IGApiException');
    return;
  }
  const creative = scene.state.get('creative', scene.state.get('ad', adId)?.record.creative_id);
  const shown = creative?.record.effective_instagram_media_id;
  if (shown === undefined || scene.state.get('media', shown)?.record.id !== thread.record.id) {
    throw new GraphError({ message: '(#100) Param ad_id does not belong to this media', type: 'IGApiException', code: 100 });
  }
}

function refuseDuplicate(thread: ThreadNode, authorId: string, message: string, scene: Scene): void {
  const policy = thread.record.duplicate_policy;
  if (policy === 'accept') return;
  const same = scene.state
    .commentsOf(thread.record.id)
    .some((comment) => comment.from.id === authorId && comment.message.trim() === message.trim());
  if (!same) return;
  if (policy === '506') throw new GraphError({ message: '(#506) Duplicate status message', code: 506 });
  throw new GraphError({
    message: '(#368) The action attempted has been deemed abusive or is otherwise disallowed',
    code: 368,
    error_subcode: 1390008,
  });
}

function threadOf(comment: CommentRecord, scene: Scene): ThreadNode {
  const thread = scene.state.threadOf(comment);
  if (!thread) throw noSuchObject(comment.id, scene.call.method);
  return thread;
}

function readFlag(text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw invalidParameter('Param must be a boolean');
}
