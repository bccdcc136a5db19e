import { type CommentRecord, hiddenAt } from '../../world/comment.ts';
import { graphTime } from '../../world/time.ts';
import { listReplies } from '../edges/comments.ts';
import type { Scene } from '../scene.ts';
import { type FieldValue, json, type NodeView } from '../select.ts';

/** Facebook and Instagram name the same things differently; asking one with the other's names is an error. */
export function commentView(comment: CommentRecord, scene: Scene): NodeView {
  return comment.network === 'facebook' ? facebookComment(comment, scene) : instagramComment(comment, scene);
}

function facebookComment(comment: CommentRecord, scene: Scene): NodeView {
  const { state, now, access } = scene;
  const thread = state.threadOf(comment);
  const asOwner = access.kind === 'page';
  const app = state.world.app;
  return {
    typeName: 'Comment',
    defaults: ['created_time', 'from', 'message', 'id'],
    fields: {
      id: () => json(comment.id),
      message: () => json(comment.message),
      created_time: () => json(graphTime(comment.created_ms)),
      from: () => json(asOwner ? { ...comment.from } : undefined),
      is_hidden: () => json(hiddenAt(comment, now)),
      is_private: () => json(comment.is_private),
      can_hide: () => json(asOwner),
      can_remove: () => json(asOwner),
      can_comment: () => json(asOwner && thread?.record.comments_enabled === true),
      can_like: () => json(asOwner),
      permalink_url: () => json(permalinkOf(comment)),
      application: () => json(comment.application_id === null ? undefined : applicationOf(comment.application_id, app)),
      attachment: () => json(undefined),
      parent: () => parentOf(comment, scene),
      object: () => ({ is: 'node', node: thread }),
      comment_count: () => json(repliesTo(comment, scene)),
      like_count: () => json(comment.like_count),
      comments: () => ({ is: 'edge', read: (params, fields) => listReplies(comment, params, fields, scene) }),
    },
  };
}

function instagramComment(comment: CommentRecord, scene: Scene): NodeView {
  const thread = scene.state.threadOf(comment);
  return {
    typeName: 'IGComment',
    defaults: ['timestamp', 'text', 'id'],
    fields: {
      id: () => json(comment.id),
      text: () => json(comment.message),
      timestamp: () => json(graphTime(comment.created_ms)),
      hidden: () => json(hiddenAt(comment, scene.now)),
      username: () => json(comment.from.name),
      from: () => json({ id: comment.from.id, username: comment.from.name }),
      user: () => json(thread && scene.state.ownerOfThread(thread).id === comment.from.id ? { id: comment.from.id } : undefined),
      media: () => ({ is: 'node', node: thread }),
      parent_id: () => json(comment.parent_id ?? undefined),
      like_count: () => json(comment.like_count),
      legacy_instagram_comment_id: () => json(comment.id),
      replies: () => ({ is: 'edge', read: (params, fields) => listReplies(comment, params, fields, scene) }),
    },
  };
}

function parentOf(comment: CommentRecord, scene: Scene): FieldValue {
  return { is: 'node', node: scene.state.get('comment', comment.parent_id ?? undefined) };
}

function repliesTo(comment: CommentRecord, scene: Scene): number {
  return scene.state.commentsOf(comment.object_id).filter((other) => other.parent_id === comment.id).length;
}

function permalinkOf(comment: CommentRecord): string {
  return `https://www.facebook.example/${comment.object_id.replace('_', '/posts/')}?comment_id=${comment.id.split('_').at(-1)}`;
}

function applicationOf(id: string, app: { readonly id: string; readonly name: string }) {
  return { id, name: id === app.id ? app.name : `App ${id}` };
}
