import type { CreativeRecord } from '../../world/schema.ts';
import type { Scene } from '../scene.ts';
import { json, type NodeView } from '../select.ts';

/** A creative whose post and media may come later; seeing it for the first time starts that clock. */
export function creativeView(creative: CreativeRecord, scene: Scene): NodeView {
  const there = hasAppeared(creative, scene);
  const later = (value: string | undefined) => json(there ? value : undefined);
  return {
    typeName: 'AdCreative',
    defaults: ['id'],
    fields: {
      id: () => json(creative.id),
      name: () => json(creative.name),
      account_id: () => json(creative.account_id.slice('act_'.length)),
      object_type: () => json(creative.object_type),
      status: () => json(there ? creative.status : 'IN_PROCESS'),
      actor_id: () => json(creative.actor_id),
      object_story_id: () => later(creative.object_story_id),
      effective_object_story_id: () => later(creative.effective_object_story_id),
      source_facebook_post_id: () => later(creative.source_facebook_post_id),
      effective_instagram_media_id: () => later(creative.effective_instagram_media_id),
      source_instagram_media_id: () => later(creative.source_instagram_media_id),
      instagram_permalink_url: () => later(creative.instagram_permalink_url),
      instagram_user_id: () => json(creative.instagram_user_id),
      object_story_spec: () => json(creative.object_story_spec),
      asset_feed_spec: () => json(creative.asset_feed_spec),
      template_url_spec: () => json(creative.template_url_spec),
      call_to_action: () => json(creative.call_to_action),
      title: () => json(creative.title),
      link_url: () => json(creative.link_url),
      object_url: () => json(creative.object_url),
      template_url: () => json(creative.template_url),
      url_tags: () => json(creative.url_tags),
      link_destination_display_url: () => json(undefined),
      degrees_of_freedom_spec: () => json(creative.degrees_of_freedom_spec),
      branded_content: () => json(creative.branded_content),
      branded_content_sponsor_page_id: () => json(creative.branded_content_sponsor_page_id),
      facebook_branded_content: () => json(creative.facebook_branded_content),
      instagram_branded_content: () => json(creative.instagram_branded_content),
      video_id: () => json(creative.video_id),
      product_set_id: () => json(creative.product_set_id),
    },
  };
}

function hasAppeared(creative: CreativeRecord, scene: Scene): boolean {
  if (creative.appears_after_seconds === 0) return true;
  const firstRead = scene.state.firstReadOf(creative.id);
  if (firstRead === undefined) {
    scene.commit({ kind: 'first-read', at: scene.now, id: creative.id });
    return false;
  }
  return scene.now >= firstRead + creative.appears_after_seconds * 1_000;
}
