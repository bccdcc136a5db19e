import type { AdSnapshot, CommentLimit } from '../../domain/facts.ts';
import type { AdNode } from './ad-node.ts';

/**
 * What the words of an ad set's comment setting mean. **A guess, to be checked with a real account:** Meta's spec has the
 * fields (`brand_safety_config`) but no list of values. `TAGGED` and `PUBLIC` are what Facebook's own pages send for "who can
 * comment on this post"; the others are what such a list would hold. A word that is not here is kept as evidence and
 * decides nothing.
 */
const LIMITS: ReadonlyMap<string, boolean> = new Map([
  ['DISABLED', true],
  ['FOLLOWERS', true],
  ['LIMITED', true],
  ['NO_ONE', true],
  ['TAGGED', true],
  ['EVERYONE', false],
  ['PUBLIC', false],
]);

/** Whether comments are limited, per kind of surface: the setting of that side, else the one for all. */
export function commentLimitsOf({
  brand_safety_config: config,
}: Pick<AdNode['adset'], 'brand_safety_config'>): AdSnapshot['commentLimits'] {
  const all = config?.comment_moderation_filter;
  return {
    'facebook-post': limitOf(config?.fb_comment_moderation_filter ?? all ?? null),
    'instagram-media': limitOf(config?.ig_comment_moderation_filter ?? all ?? null),
  };
}

function limitOf(setting: string | null): CommentLimit {
  return { limited: setting === null ? null : (LIMITS.get(setting.toUpperCase()) ?? null), setting };
}
