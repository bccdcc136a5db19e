import type { JsonObject } from '../../world/json.ts';

/** What Meta chooses among when an advertiser leaves the placements open. Accounts may have fewer: nobody publishes which. */
const AUTOMATIC: Readonly<Record<string, readonly string[]>> = {
  facebook: [
    'feed',
    'profile_feed',
    'marketplace',
    'right_hand_column',
    'story',
    'search',
    'instream_video',
    'facebook_reels',
    'notification',
  ],
  instagram: ['stream', 'profile_feed', 'story', 'explore', 'explore_home', 'reels', 'profile_reels', 'ig_search'],
  messenger: ['story'],
  audience_network: ['classic', 'rewarded_video'],
  threads: ['threads_stream'],
};
const CHOSEN_BY_META = ['facebook', 'instagram', 'messenger', 'audience_network'];
const DEVICES = ['mobile', 'desktop'];

/**
 * A targeting with its `effective_*` twins: where the ad set can deliver, whatever was asked for. Publishers that are left
 * open are those of automatic placements; the positions of a publisher that is not chosen count for nothing.
 */
export function withEffective(targeting: JsonObject): JsonObject {
  const publishers = listOf(targeting.publisher_platforms) ?? CHOSEN_BY_META;
  const positions = publishers.map((publisher) => [
    `effective_${publisher}_positions`,
    listOf(targeting[`${publisher}_positions`]) ?? AUTOMATIC[publisher] ?? [],
  ]);
  return {
    ...targeting,
    effective_publisher_platforms: publishers,
    effective_device_platforms: listOf(targeting.device_platforms) ?? DEVICES,
    ...Object.fromEntries(positions),
  };
}

/** A list of words that somebody wrote; an empty one leaves the choice open. */
function listOf(value: JsonObject[string]): readonly string[] | undefined {
  const words = Array.isArray(value) ? value.filter((word) => typeof word === 'string') : [];
  return words.length > 0 ? words : undefined;
}
