import { z } from 'zod';
import type { AdState } from '../../domain/facts.ts';
import { CallToAction, CREATIVE_FIELDS, CreativeNode } from './creative-node.ts';
import { Id, listOf, maybe, Name, Word } from './fields.ts';

/** Fields of the one call that reads an ad with everything around it; field expansion costs no extra call. */
export const AD_FIELDS = [
  'id,name,account_id,effective_status,special_ad_categories,creative_asset_groups_spec',
  'campaign{id,name,special_ad_categories}',
  'adset{id,name,is_dynamic_creative,targeting,brand_safety_config}',
  `creative{${CREATIVE_FIELDS}}`,
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
  context.addIssue({ code: 'custom', message: 'a status that this adapter knows' });
  return z.NEVER;
});

const Names = maybe(listOf(Word));
const Places = maybe(z.array(z.object({ country: maybe(Word) })));
const CustomPlaces = maybe(z.array(z.object({ country: maybe(Word), country_group: maybe(Word) })));

export const GeoLocations = z.object({
  countries: Names,
  country_groups: Names,
  custom_locations: CustomPlaces,
  cities: Places,
  electoral_districts: Places,
  geo_markets: Places,
  large_geo_areas: Places,
  medium_geo_areas: Places,
  metro_areas: Places,
  neighborhoods: Places,
  places: Places,
  political_districts: Places,
  regions: Places,
  small_geo_areas: Places,
  subcities: Places,
  subneighborhoods: Places,
  zips: Places,
});

export const TargetingNode = z.object({
  geo_locations: maybe(GeoLocations),
  locales: maybe(listOf(z.number().int().nonnegative())),
  publisher_platforms: Names,
  effective_publisher_platforms: Names,
  facebook_positions: Names,
  instagram_positions: Names,
  messenger_positions: Names,
  audience_network_positions: Names,
  threads_positions: Names,
  effective_facebook_positions: Names,
  effective_instagram_positions: Names,
});

export const AdNode = z.object({
  id: Id,
  name: Name,
  account_id: Id,
  effective_status: Status,
  special_ad_categories: Names,
  /** A flexible ad: groups of words and pictures, among which Meta chooses. Its button is the one place for a link. */
  creative_asset_groups_spec: maybe(z.object({ groups: maybe(listOf(z.object({ call_to_action: CallToAction }))) })),
  campaign: z.object({ id: Id, name: Name, special_ad_categories: Names }),
  adset: z.object({
    id: Id,
    name: Name,
    is_dynamic_creative: maybe(z.boolean()),
    targeting: maybe(TargetingNode),
    brand_safety_config: maybe(
      z.object({
        comment_moderation_filter: maybe(Word),
        fb_comment_moderation_filter: maybe(Word),
        ig_comment_moderation_filter: maybe(Word),
      }),
    ),
  }),
  creative: CreativeNode,
});

export type AdNode = z.infer<typeof AdNode>;
export type TargetingNode = z.infer<typeof TargetingNode>;
