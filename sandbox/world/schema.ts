import { z } from 'zod';
import { adRecord, adSetRecord, campaignRecord, creativeRecord } from './ad-records.ts';
import { accountId, id, listBehaviour } from './schema-parts.ts';
import { commentSeed, mediaRecord, postRecord } from './thread-records.ts';

export const PAGE_TASKS = ['ADVERTISE', 'ANALYZE', 'CREATE_CONTENT', 'MESSAGING', 'MODERATE', 'MANAGE'] as const;

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

export type { AdRecord, AdSetRecord, CampaignRecord, CreativeRecord, PlacementNumbers } from './ad-records.ts';
export { AD_STATUSES } from './ad-records.ts';
export type { CommentSeed, CommentSeedInput, DynamicPost, MediaRecord, PostRecord } from './thread-records.ts';
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
