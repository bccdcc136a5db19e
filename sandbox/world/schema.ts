import { z } from 'zod';
import type { JsonObject } from './json.ts';
import { isWorldTime } from './time.ts';

const id = z.string('ids are strings: put it in quotes').regex(/^\d{1,25}$/, 'an id is 1 to 25 digits, in quotes');
const postId = z.string('ids are strings: put it in quotes').regex(/^\d{1,25}_\d{1,25}$/, 'a post id is <page id>_<digits>');
const anyId = z.string('ids are strings: put it in quotes').regex(/^(act_)?\d{1,25}(_\d{1,25})?$/, 'not an id');
const accountId = z.string().regex(/^act_\d{1,20}$/, 'an ad account id is act_<digits>');
const time = z.string().refine(isWorldTime, 'write an ISO 8601 time, or "3d ago", "5h ago", "40m ago", "10s ago"');
const seconds = z.number().min(0);
const json = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'expected a map',
);

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
export const SPECIAL_AD_CATEGORIES = [
  'CREDIT',
  'EMPLOYMENT',
  'FINANCIAL_PRODUCTS_SERVICES',
  'HOUSING',
  'ISSUES_ELECTIONS_POLITICS',
  'NONE',
  'ONLINE_GAMBLING_AND_GAMING',
] as const;
const specialAdCategories = z.array(z.enum(SPECIAL_AD_CATEGORIES));

export const PAGE_TASKS = ['ADVERTISE', 'ANALYZE', 'CREATE_CONTENT', 'MESSAGING', 'MODERATE', 'MANAGE'] as const;

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

/** Ways in which a list may be awkward. */
const listBehaviour = {
  /** Empty pages that still have a `next`. */
  empty_pages: z.number().int().min(0).default(0),
  empty_pages_at: z.enum(['start', 'after-first']).default('after-first'),
};

/** How a post or a media treats comments. */
const threadBehaviour = {
  comments_enabled: z.boolean().default(true),
  /** New comments through the API are hidden at once and silently: 200 with an id. */
  hide_new_comments: z.boolean().default(false),
  /** New comments through the API are hidden this long after they were written. */
  hide_after_seconds: seconds.nullable().default(null),
  /** A new comment can be read by id at once, but is listed only after this time. */
  list_lag_seconds: seconds.default(0),
  /** What becomes of a second identical comment by the same author. */
  duplicate_policy: z.enum(['accept', '506', '368']).default('accept'),
  /** Other ids by which a caller may name it; the node itself answers with `id`. */
  aliases: z.array(anyId).default([]),
  ...listBehaviour,
};

const accountRecord = z.strictObject({
  id: accountId,
  name: z.string(),
  currency: z.string().length(3).default('EUR'),
  timezone_name: z.string().default('Europe/Berlin'),
  account_status: z.number().int().default(1),
  ...listBehaviour,
});

const pageRecord = z.strictObject({
  id,
  name: z.string(),
  is_published: z.boolean().default(true),
  instagram_business_account: id.optional(),
  /** Left out: the same as `instagram_business_account`. */
  connected_instagram_account: id.optional(),
  /** The account that stands in for a Page on Instagram. Nobody can log in to it, and people see the Page's name. */
  connected_page_backed_instagram_account: id.optional(),
  category: z.string().default('Home decor'),
  /** Only for the feed page: by which market its ads are grouped. */
  market: z.string().optional(),
});

const instagramRecord = z.strictObject({ id, username: z.string(), name: z.string().optional() });

const campaignRecord = z.strictObject({
  id,
  account_id: accountId,
  name: z.string(),
  objective: z.string().default('OUTCOME_SALES'),
  effective_status: z.string().default('ACTIVE'),
  special_ad_categories: specialAdCategories.default([]),
});

const adSetRecord = z.strictObject({
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

const creativeRecord = z.strictObject({
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

const adRecord = z.strictObject({
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

/** A variant that a dynamic ad generated from a post. It can be read, and nobody can write under it. */
const dynamicPost = z.strictObject({
  id: postId,
  created: time.default('14d ago'),
  message: z.string().optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  link: z.string().optional(),
  image_url: z.string().optional(),
  owner_id: id.optional(),
  place_id: id.optional(),
  product_id: id.optional(),
});

const postRecord = z.strictObject({
  id: postId,
  message: z.string().default(''),
  created_time: time.default('14d ago'),
  is_published: z.boolean().default(true),
  is_hidden: z.boolean().default(false),
  promotion_status: z.string().optional(),
  status_type: z.string().default('added_photos'),
  like_count: z.number().int().min(0).default(0),
  dynamic_posts: z.array(dynamicPost).default([]),
  ...threadBehaviour,
});

const mediaRecord = z.strictObject({
  id,
  instagram_account_id: id,
  caption: z.string().default(''),
  timestamp: time.default('14d ago'),
  media_type: z.string().default('IMAGE'),
  media_product_type: z.string().default('AD'),
  shortcode: z.string().optional(),
  like_count: z.number().int().min(0).default(0),
  /** The media takes comments only with the `ad_id` of an ad that shows it. */
  requires_ad_id: z.boolean().default(false),
  ...threadBehaviour,
});

const commentSeed = z.strictObject({
  id: anyId.optional(),
  object_id: anyId,
  /** Left out: the Page or account that owns the thread writes by hand. */
  from: z.strictObject({ id, name: z.string() }).optional(),
  message: z.string(),
  created_time: time.default('0s ago'),
  is_hidden: z.boolean().default(false),
  like_count: z.number().int().min(0).default(0),
  /** Left out of Facebook's default, filtered list. */
  low_quality: z.boolean().default(false),
  replies_to: anyId.optional(),
  application_id: id.optional(),
});

export const sectionsSchema = z.strictObject({
  ad_accounts: z.array(accountRecord).default([]),
  pages: z.array(pageRecord).default([]),
  instagram_accounts: z.array(instagramRecord).default([]),
  campaigns: z.array(campaignRecord).default([]),
  ad_sets: z.array(adSetRecord).default([]),
  creatives: z.array(creativeRecord).default([]),
  ads: z.array(adRecord).default([]),
  posts: z.array(postRecord).default([]),
  media: z.array(mediaRecord).default([]),
  comments: z.array(commentSeed).default([]),
});

/** What the holder of a token may do. */
export const grantSchema = z.strictObject({
  scopes: z
    .array(z.string())
    .default([
      'ads_read',
      'ads_management',
      'business_management',
      'pages_show_list',
      'pages_read_engagement',
      'pages_read_user_content',
      'pages_manage_engagement',
      'instagram_basic',
      'instagram_manage_comments',
    ]),
  ad_accounts: z.union([z.literal('all'), z.array(accountId)]).default('all'),
  pages: z.union([z.literal('all'), z.array(z.strictObject({ id, tasks: z.array(z.enum(PAGE_TASKS)) }))]).default('all'),
  /** A dead token: the subcode that its 190 carries, e.g. 463 for expired. */
  invalid_subcode: z.number().int().nullable().default(null),
});

export const worldSchema = sectionsSchema.extend({
  app: z.strictObject({
    id,
    name: z.string().default('first-comment'),
    require_appsecret_proof: z.boolean().default(true),
  }),
  system_user: grantSchema.extend({ id, name: z.string().default('first-comment') }),
  /** Tokens of other users or apps, in clear: they open nothing but this sandbox. */
  other_tokens: z.array(grantSchema.extend({ name: z.string(), token: z.string().min(8), user_id: id, app_id: id })).default([]),
  /** `growing`: percentages rise with the calls of a bucket, which closes at 100. */
  usage: z
    .strictObject({
      mode: z.enum(['low', 'growing']).default('low'),
      calls_to_full: z.number().int().min(1).default(200),
      window_seconds: z.number().min(1).default(3600),
    })
    .prefault({}),
});

export type World = z.output<typeof worldSchema>;
/** A world as people write it: everything that has a default may be left out. */
export type WorldSeed = z.input<typeof worldSchema>;
export type Sections = z.output<typeof sectionsSchema>;
export type SectionsSeed = z.input<typeof sectionsSchema>;
export type Grant = z.output<typeof grantSchema>;
export type AccountRecord = z.output<typeof accountRecord>;
export type PageRecord = z.output<typeof pageRecord>;
export type InstagramRecord = z.output<typeof instagramRecord>;
export type CampaignRecord = z.output<typeof campaignRecord>;
export type AdSetRecord = z.output<typeof adSetRecord>;
export type CreativeRecord = z.output<typeof creativeRecord>;
export type AdRecord = z.output<typeof adRecord>;
export type PostRecord = z.output<typeof postRecord>;
export type DynamicPost = z.output<typeof dynamicPost>;
export type MediaRecord = z.output<typeof mediaRecord>;
export type CommentSeed = z.output<typeof commentSeed>;
export type CommentSeedInput = z.input<typeof commentSeed>;
export type PlacementNumbers = z.output<typeof placementNumbers>;

export {
  accountRecord,
  adRecord,
  adSetRecord,
  campaignRecord,
  commentSeed,
  creativeRecord,
  instagramRecord,
  mediaRecord,
  pageRecord,
  postRecord,
};
