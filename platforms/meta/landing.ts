import type { LandingUrl } from '../../domain/facts.ts';
import type { CreativeNode } from './ad-node.ts';

type Found = { readonly url: string | null | undefined; readonly foundIn: string };

/**
 * All landing URLs of a creative, in the order in which they decide, each with its place. A URL that stands in several
 * places is named by the first. The order is ours: Meta documents none.
 */
export function landingUrlsOf(creative: CreativeNode): readonly LandingUrl[] {
  const spec = creative.object_story_spec;
  const found: readonly Found[] = [
    ...linkData(spec?.link_data, 'object_story_spec.link_data'),
    {
      url: spec?.video_data?.call_to_action?.value?.link,
      foundIn: 'object_story_spec.video_data.call_to_action.value.link',
    },
    ...linkData(spec?.template_data, 'object_story_spec.template_data'),
    ...(creative.asset_feed_spec?.link_urls ?? []).map(({ website_url }, index) => ({
      url: website_url,
      foundIn: `asset_feed_spec.link_urls[${index}].website_url`,
    })),
    { url: creative.link_url, foundIn: 'link_url' },
    { url: creative.object_url, foundIn: 'object_url' },
  ];
  const first = new Map<string, LandingUrl>();
  for (const { url, foundIn } of found) {
    if (url && !first.has(url)) first.set(url, { url, foundIn });
  }
  return [...first.values()];
}

type LinkData = NonNullable<CreativeNode['object_story_spec']>['link_data'] | undefined;

function linkData(data: LinkData, place: string): readonly Found[] {
  return [
    { url: data?.link, foundIn: `${place}.link` },
    { url: data?.call_to_action?.value?.link, foundIn: `${place}.call_to_action.value.link` },
    // Each card of a carousel has a link of its own, and a wrong one is as wrong as the first.
    ...(data?.child_attachments ?? []).map(({ link }, index) => ({
      url: link,
      foundIn: `${place}.child_attachments[${index}].link`,
    })),
  ];
}

/** The tracking parameters that Meta appends, as the advertiser wrote them. */
export function urlTagsOf(creative: CreativeNode): string | null {
  const fromFeed = (creative.asset_feed_spec?.link_urls ?? []).find(({ url_tags }) => url_tags);
  return creative.url_tags || fromFeed?.url_tags || null;
}
