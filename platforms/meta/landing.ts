import type { LandingUrl } from '../../domain/facts.ts';
import type { AdNode } from './ad-node.ts';
import type { CreativeNode } from './creative-node.ts';

type Found = { readonly url: string | null | undefined; readonly foundIn: string };

/**
 * All landing URLs of an ad, in the order in which they decide, each with its place. A URL that stands in several
 * places is named by the first. The order is ours: Meta documents none.
 */
export function landingUrlsOf({ creative, creative_asset_groups_spec }: AdNode): readonly LandingUrl[] {
  const spec = creative.object_story_spec;
  const found: readonly Found[] = [
    ...linkData(spec?.link_data, 'object_story_spec.link_data'),
    {
      url: spec?.video_data?.call_to_action?.value?.link,
      foundIn: 'object_story_spec.video_data.call_to_action.value.link',
    },
    ...languageRules(spec?.video_data?.customization_rules_spec, 'object_story_spec.video_data'),
    ...linkData(spec?.template_data, 'object_story_spec.template_data'),
    ...(creative.asset_feed_spec?.link_urls ?? []).map(({ website_url }, index) => ({
      url: website_url,
      foundIn: `asset_feed_spec.link_urls[${index}].website_url`,
    })),
    ...(creative.asset_feed_spec?.call_to_actions ?? []).map(({ value }, index) => ({
      url: value?.link,
      foundIn: `asset_feed_spec.call_to_actions[${index}].value.link`,
    })),
    ...(creative_asset_groups_spec?.groups ?? []).map((group, index) => ({
      url: group.call_to_action?.value?.link,
      foundIn: `creative_asset_groups_spec.groups[${index}].call_to_action.value.link`,
    })),
    // An existing post that is advertised gets its button here.
    { url: creative.call_to_action?.value?.link, foundIn: 'call_to_action.value.link' },
    { url: creative.link_url, foundIn: 'link_url' },
    { url: creative.object_url, foundIn: 'object_url' },
  ];
  const first = new Map<string, LandingUrl>();
  for (const { url, foundIn } of found) {
    if (url && !first.has(url)) first.set(url, { url, foundIn });
  }
  return [...first.values()];
}

type StorySpec = NonNullable<CreativeNode['object_story_spec']>;

function linkData(data: StorySpec['link_data'] | undefined, place: string): readonly Found[] {
  return [
    { url: data?.link, foundIn: `${place}.link` },
    { url: data?.call_to_action?.value?.link, foundIn: `${place}.call_to_action.value.link` },
    // Each card of a carousel has a link of its own, and a wrong one is as wrong as the first.
    ...(data?.child_attachments ?? []).flatMap((card, index) => [
      { url: card.link, foundIn: `${place}.child_attachments[${index}].link` },
      { url: card.call_to_action?.value?.link, foundIn: `${place}.child_attachments[${index}].call_to_action.value.link` },
    ]),
    ...languageRules(data?.customization_rules_spec, place),
  ];
}

type LanguageRules = NonNullable<StorySpec['link_data']>['customization_rules_spec'];

/** Each language of a post may lead to a page of its own. */
function languageRules(rules: LanguageRules | undefined, place: string): readonly Found[] {
  return (rules ?? []).map(({ link }, index) => ({ url: link, foundIn: `${place}.customization_rules_spec[${index}].link` }));
}

/** The tracking parameters that Meta appends, as the advertiser wrote them. */
export function urlTagsOf(creative: CreativeNode): string | null {
  const fromFeed = (creative.asset_feed_spec?.link_urls ?? []).find(({ url_tags }) => url_tags);
  return creative.url_tags || fromFeed?.url_tags || null;
}
