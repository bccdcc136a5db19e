import { hiddenAt } from '../../world/comment.ts';
import type { NodeOf } from '../../world/nodes.ts';
import { graphTime } from '../../world/time.ts';
import { listComments } from '../edges/comments.ts';
import type { Scene } from '../scene.ts';
import { json, type NodeView } from '../select.ts';

export function mediaView(node: NodeOf<'media'>, scene: Scene): NodeView {
  const media = node.record;
  const shortcode = media.shortcode ?? `m${BigInt(media.id).toString(36)}`;
  const owner = scene.state.ownerOfThread(node);
  return {
    typeName: 'IGMedia',
    defaults: ['id'],
    fields: {
      id: () => json(media.id),
      ig_id: () => json(media.id),
      shortcode: () => json(shortcode),
      permalink: () => json(`https://www.instagram.example/p/${shortcode}/`),
      caption: () => json(media.caption),
      username: () => json(owner.name),
      owner: () => json({ id: owner.id }),
      media_type: () => json(media.media_type),
      media_product_type: () => json(media.media_product_type),
      is_comment_enabled: () => json(media.comments_enabled),
      comments_count: () => json(scene.state.commentsOf(media.id).filter((comment) => !hiddenAt(comment, scene.now)).length),
      like_count: () => json(media.like_count),
      timestamp: () => json(graphTime(Date.parse(media.timestamp))),
      comments: () => ({ is: 'edge', read: (params, fields) => listComments(node, params, fields, scene) }),
    },
  };
}
