import type { WorldNode } from '../../world/nodes.ts';
import type { Scene } from '../scene.ts';
import type { NodeView } from '../select.ts';
import { accountView } from './account.ts';
import { adView } from './ad.ts';
import { adSetView, campaignView } from './campaign.ts';
import { commentView } from './comment.ts';
import { creativeView } from './creative.ts';
import { mediaView } from './media.ts';
import { instagramView, pageView } from './page.ts';
import { postView } from './post.ts';

/** The view of any node. */
export function viewOf(node: WorldNode, scene: Scene): NodeView {
  switch (node.kind) {
    case 'account':
      return accountView(node.record, scene);
    case 'page':
      return pageView(node.record, scene);
    case 'instagram':
      return instagramView(node.record);
    case 'campaign':
      return campaignView(node.record, scene);
    case 'ad-set':
      return adSetView(node.record, scene);
    case 'creative':
      return creativeView(node.record, scene);
    case 'ad':
      return adView(node.record, scene);
    case 'post':
      return postView(node, scene);
    case 'media':
      return mediaView(node, scene);
    case 'comment':
      return commentView(node.record, scene);
  }
}
