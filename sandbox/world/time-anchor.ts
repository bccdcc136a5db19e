import type { AdRecord, PostRecord } from './schema.ts';
import { worldTime } from './time.ts';

/** A world's time as ISO 8601, `… ago` counted back from `anchor`. */
export function isoTime(text: string, anchor: number): string {
  return new Date(worldTime(text, anchor)).toISOString();
}

/** An ad whose times no longer depend on when they are read. */
export function anchoredAd(ad: AdRecord, anchor: number): AdRecord {
  const since = ad.delivery?.since;
  return {
    ...ad,
    created_time: isoTime(ad.created_time, anchor),
    updated_time: isoTime(ad.updated_time, anchor),
    ...(ad.delivery && { delivery: { ...ad.delivery, ...(since && { since: isoTime(since, anchor) }) } }),
  };
}

/** A post whose times, and those of its variants, no longer depend on when they are read. */
export function anchoredPost(post: PostRecord, anchor: number): PostRecord {
  return {
    ...post,
    created_time: isoTime(post.created_time, anchor),
    dynamic_posts: post.dynamic_posts.map((variant) => ({ ...variant, created: isoTime(variant.created, anchor) })),
  };
}
