import type { Partnership } from '../../domain/facts.ts';
import type { CreativeNode } from './creative-node.ts';

/** Who made a partnership ad (Meta's branded content), and for whom. Meta names them in several places of a creative. */
export function partnershipOf(creative: CreativeNode): Partnership | null {
  const { branded_content: content, object_story_spec: story } = creative;
  const partnerIds = ids((content?.partners ?? []).flatMap(({ fb_page_id, ig_user_id }) => [fb_page_id, ig_user_id]));
  const sponsorIds = ids([
    creative.branded_content_sponsor_page_id,
    creative.facebook_branded_content?.sponsor_page_id,
    creative.instagram_branded_content?.sponsor_id,
    ...[story?.link_data, story?.template_data, story?.video_data, story?.photo_data].map(
      (data) => data?.branded_content_sponsor_page_id,
    ),
  ]);
  const named = content !== null || partnerIds.length > 0 || sponsorIds.length > 0;
  return named ? { partnerIds, sponsorIds } : null;
}

function ids(found: readonly (string | null | undefined)[]): readonly string[] {
  return [...new Set(found.filter((id) => typeof id === 'string'))].sort();
}
