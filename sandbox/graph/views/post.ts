import type { NodeOf } from '../../world/nodes.ts';
import { graphTime } from '../../world/time.ts';
import { listComments } from '../edges/comments.ts';
import { listDynamicPosts } from '../edges/dynamic-posts.ts';
import type { Scene } from '../scene.ts';
import { json, type NodeView } from '../select.ts';

/** A Page's post, organic or dark. It has no `can_comment` of its own: that is in `comments.summary(true)`. */
export function postView(node: NodeOf<'post'>, scene: Scene): NodeView {
  const post = node.record;
  return {
    typeName: 'PagePost',
    defaults: ['created_time', 'message', 'id'],
    fields: {
      id: () => json(post.id),
      message: () => json(post.message),
      permalink_url: () => json(`https://www.facebook.example/${post.id.replace('_', '/posts/')}`),
      created_time: () => json(graphTime(Date.parse(post.created_time))),
      updated_time: () => json(graphTime(Date.parse(post.created_time))),
      from: () => json({ ...scene.state.ownerOfThread(node) }),
      is_published: () => json(post.is_published),
      is_hidden: () => json(post.is_hidden),
      is_expired: () => json(false),
      promotion_status: () => json(post.promotion_status ?? (post.is_published ? 'active' : 'ineligible')),
      promotable_id: () => json(post.id),
      status_type: () => json(post.status_type),
      parent_id: () => json(undefined),
      dynamic_posts: () => ({ is: 'edge', read: (params, fields) => listDynamicPosts(node, params, fields, scene) }),
      comments: () => ({ is: 'edge', read: (params, fields) => listComments(node, params, fields, scene) }),
    },
  };
}
