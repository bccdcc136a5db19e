import { z } from 'zod';
import type { AdState } from '../../domain/facts.ts';
import { Id, maybe } from './fields.ts';

/** Fields of the one call that reads an ad with everything around it; field expansion costs no extra call. */
export const AD_FIELDS = [
  'id,name,account_id,effective_status',
  'campaign{id,name}',
  'adset{id,name,is_dynamic_creative,targeting}',
  `creative{${[
    'id,object_type,status,effective_object_story_id,effective_instagram_media_id,instagram_user_id,actor_id',
    'product_set_id,object_story_spec,asset_feed_spec,link_url,object_url,url_tags',
  ].join(',')}}`,
].join(',');

/** Meta's `effective_status` in our words. */
export const AD_STATES: ReadonlyMap<string, AdState> = new Map([
  ['ACTIVE', 'active'],
  ['ADSET_PAUSED', 'adset-paused'],
  ['ARCHIVED', 'archived'],
  ['CAMPAIGN_PAUSED', 'campaign-paused'],
  ['DELETED', 'deleted'],
  ['DISAPPROVED', 'disapproved'],
  ['IN_PROCESS', 'in-process'],
  ['PAUSED', 'paused'],
  ['PENDING_BILLING_INFO', 'pending-billing-info'],
  ['PENDING_REVIEW', 'pending-review'],
  ['PREAPPROVED', 'preapproved'],
  ['WITH_ISSUES', 'with-issues'],
]);

export const Status = z.string().transform((text, context): AdState => {
  const state = AD_STATES.get(text);
  if (state !== undefined) return state;
  context.addIssue({ code: 'custom', message: 'a status that this adapter does not know' });
  return z.NEVER;
});

const Url = maybe(z.string());
const CallToAction = maybe(z.object({ value: maybe(z.object({ link: Url })) }));
const LinkData = maybe(
  z.object({ link: Url, call_to_action: CallToAction, child_attachments: maybe(z.array(z.object({ link: Url }))) }),
);

export const StorySpec = z.object({
  page_id: maybe(Id),
  instagram_user_id: maybe(Id),
  link_data: LinkData,
  template_data: LinkData,
  video_data: maybe(z.object({ call_to_action: CallToAction })),
});

/** Assets of which only the number matters. */
const Assets = maybe(z.array(z.unknown()));

export const AssetFeed = z.object({
  link_urls: maybe(z.array(z.object({ website_url: Url, url_tags: Url }))),
  bodies: Assets,
  titles: Assets,
  descriptions: Assets,
  images: Assets,
  videos: Assets,
  asset_customization_rules: Assets,
});

const Countries = maybe(z.array(z.string()));
const PlacesInCountries = maybe(z.array(z.object({ country: maybe(z.string()) })));
const Names = maybe(z.array(z.string()));

export const TargetingNode = z.object({
  geo_locations: maybe(
    z.object({
      countries: Countries,
      country_groups: Names,
      regions: PlacesInCountries,
      cities: PlacesInCountries,
      zips: PlacesInCountries,
    }),
  ),
  locales: maybe(z.array(z.number().int())),
  publisher_platforms: Names,
  facebook_positions: Names,
  instagram_positions: Names,
  messenger_positions: Names,
  audience_network_positions: Names,
  threads_positions: Names,
  effective_facebook_positions: Names,
  effective_instagram_positions: Names,
});

export const CreativeNode = z.object({
  id: Id,
  object_type: maybe(z.string()),
  status: maybe(z.string()),
  effective_object_story_id: maybe(Id),
  effective_instagram_media_id: maybe(Id),
  instagram_user_id: maybe(Id),
  actor_id: maybe(Id),
  product_set_id: maybe(Id),
  object_story_spec: maybe(StorySpec),
  asset_feed_spec: maybe(AssetFeed),
  link_url: Url,
  object_url: Url,
  url_tags: Url,
});

export const AdNode = z.object({
  id: Id,
  name: z.string(),
  account_id: Id,
  effective_status: Status,
  campaign: z.object({ id: Id, name: z.string() }),
  adset: z.object({
    id: Id,
    name: z.string(),
    is_dynamic_creative: maybe(z.boolean()),
    targeting: maybe(TargetingNode),
  }),
  creative: CreativeNode,
});

export type AdNode = z.infer<typeof AdNode>;
export type CreativeNode = z.infer<typeof CreativeNode>;
export type TargetingNode = z.infer<typeof TargetingNode>;
