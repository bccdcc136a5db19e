import { z } from 'zod';
import { accountId, anyId, id, json, seconds, time } from './schema-parts.ts';

export const AD_STATUSES = [
  'ACTIVE',
  'ADSET_PAUSED',
  'ARCHIVED',
  'CAMPAIGN_PAUSED',
  'DELETED',
  'DISAPPROVED',
  'IN_PROCESS',
  'PAUSED',
  'PENDING_BILLING_INFO',
  'PENDING_REVIEW',
  'PREAPPROVED',
  'WITH_ISSUES',
] as const;

/** What an advertiser may have to declare; `NONE` says that nothing of it applies. */
const SPECIAL_AD_CATEGORIES = [
  'CREDIT',
  'EMPLOYMENT',
  'FINANCIAL_PRODUCTS_SERVICES',
  'HOUSING',
  'ISSUES_ELECTIONS_POLITICS',
  'NONE',
  'ONLINE_GAMBLING_AND_GAMING',
] as const;
const specialAdCategories = z.array(z.enum(SPECIAL_AD_CATEGORIES));

/** Numbers of one placement; decimals only in `spend`. */
const placementNumbers = z.strictObject({
  publisher_platform: z.string(),
  platform_position: z.string(),
  impressions: z.number().int().min(0),
  reach: z.number().int().min(0).optional(),
  clicks: z.number().int().min(0).default(0),
  inline_link_clicks: z.number().int().min(0).default(0),
  outbound_clicks: z.number().int().min(0).default(0),
  spend: z.number().min(0).default(0),
  actions: z.record(z.string(), z.number()).default({}),
});

export const campaignRecord = z.strictObject({
  id,
  account_id: accountId,
  name: z.string(),
  objective: z.string().default('OUTCOME_SALES'),
  effective_status: z.string().default('ACTIVE'),
  special_ad_categories: specialAdCategories.default([]),
});

export const adSetRecord = z.strictObject({
  id,
  campaign_id: id,
  name: z.string(),
  effective_status: z.string().default('ACTIVE'),
  is_dynamic_creative: z.boolean().default(false),
  destination_type: z.string().default('WEBSITE'),
  /** As it was asked for; the `effective_*` twins are the platform's and computed. */
  targeting: json.default({}),
  /** Who may comment. Meta publishes no values: what stands here is handed on as it is and changes nothing else. */
  brand_safety_config: z
    .strictObject({
      comment_moderation_filter: z.string().optional(),
      fb_comment_moderation_filter: z.string().optional(),
      ig_comment_moderation_filter: z.string().optional(),
      threads_comment_moderation_filter: z.string().optional(),
    })
    .optional(),
});

export const creativeRecord = z.strictObject({
  id,
  account_id: accountId,
  name: z.string().optional(),
  object_type: z.string().default('SHARE'),
  status: z.enum(['ACTIVE', 'DELETED', 'IN_PROCESS', 'WITH_ISSUES']).default('ACTIVE'),
  actor_id: id.optional(),
  object_story_id: anyId.optional(),
  effective_object_story_id: anyId.optional(),
  source_facebook_post_id: anyId.optional(),
  effective_instagram_media_id: id.optional(),
  source_instagram_media_id: id.optional(),
  instagram_user_id: id.optional(),
  instagram_permalink_url: z.string().optional(),
  object_story_spec: json.optional(),
  asset_feed_spec: json.optional(),
  template_url_spec: json.optional(),
  degrees_of_freedom_spec: json.optional(),
  branded_content: json.optional(),
  branded_content_sponsor_page_id: id.optional(),
  facebook_branded_content: z
    .strictObject({
      sponsor_page_id: id.optional(),
      sponsor_relationship: z.string().optional(),
      shared_to_sponsor_status: z.string().optional(),
    })
    .optional(),
  instagram_branded_content: z.strictObject({ sponsor_id: id.optional() }).optional(),
  video_id: id.optional(),
  call_to_action: json.optional(),
  /** The headline of an ad that has no story of its own. */
  title: z.string().optional(),
  link_url: z.string().optional(),
  object_url: z.string().optional(),
  template_url: z.string().optional(),
  url_tags: z.string().optional(),
  product_set_id: id.optional(),
  /** The post and media ids are missing, status IN_PROCESS, until this long after the creative was first read. */
  appears_after_seconds: seconds.default(0),
  /** Only for the feed page: which woven pattern stands for the picture. */
  picture: z.enum(['waffle', 'stripe', 'check', 'herringbone', 'plain', 'dots']).optional(),
});

export const adRecord = z.strictObject({
  id,
  name: z.string(),
  adset_id: id,
  creative_id: id,
  configured_status: z.enum(['ACTIVE', 'ARCHIVED', 'DELETED', 'PAUSED']).default('ACTIVE'),
  effective_status: z.enum(AD_STATUSES).default('ACTIVE'),
  created_time: time.default('30d ago'),
  updated_time: time.default('2d ago'),
  issues_info: z.array(json).optional(),
  /** A flexible ad: groups of assets of which the platform chooses. */
  creative_asset_groups_spec: json.optional(),
  /** Left out: those of the campaign. */
  special_ad_categories: specialAdCategories.optional(),
  delivery: z
    .strictObject({
      /** Delivers every day from here on, with numbers that vary by day around those given. */
      since: time.optional(),
      daily: z.array(placementNumbers).default([]),
      /** Exact rows for exact days. */
      days: z.array(placementNumbers.extend({ date: z.iso.date() })).default([]),
    })
    .optional(),
});

export type CampaignRecord = z.output<typeof campaignRecord>;
export type AdSetRecord = z.output<typeof adSetRecord>;
export type CreativeRecord = z.output<typeof creativeRecord>;
export type AdRecord = z.output<typeof adRecord>;
export type PlacementNumbers = z.output<typeof placementNumbers>;
