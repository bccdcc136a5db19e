import { z } from 'zod';
import { anyId, id, listBehaviour, postId, seconds, time } from './schema-parts.ts';

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
  /** New texts are kept with their letters taken apart (NFD) and runs of white space doubled: equal to a reader, not to a program. */
  respells_text: z.boolean().default(false),
  /** Other ids by which a caller may name it; the node itself answers with `id`. */
  aliases: z.array(anyId).default([]),
  ...listBehaviour,
};

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

export const postRecord = z.strictObject({
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

export const mediaRecord = z.strictObject({
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

export const commentSeed = z.strictObject({
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

export type PostRecord = z.output<typeof postRecord>;
export type DynamicPost = z.output<typeof dynamicPost>;
export type MediaRecord = z.output<typeof mediaRecord>;
export type CommentSeed = z.output<typeof commentSeed>;
export type CommentSeedInput = z.input<typeof commentSeed>;
