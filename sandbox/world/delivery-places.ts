import type { JsonObject } from './json.ts';
import type { AdRecord, Sections } from './schema.ts';

/**
 * What insights call a position (`platform_position`), by what targeting calls it. The first four of Instagram stand in Meta's
 * page "Get Ad Insights"; of the others Meta publishes no list: they are as people report them, so some may be guesses.
 */
const NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  facebook: {
    feed: 'feed',
    story: 'facebook_stories',
    facebook_reels: 'facebook_reels',
    facebook_reels_overlay: 'facebook_reels_overlay',
    video_feeds: 'video_feeds',
    instream_video: 'instream_video',
    marketplace: 'marketplace',
    right_hand_column: 'right_hand_column',
    search: 'search',
    profile_feed: 'facebook_profile_feed',
    notification: 'facebook_notification',
  },
  instagram: {
    stream: 'feed',
    story: 'instagram_stories',
    reels: 'instagram_reels',
    explore: 'instagram_explore',
    explore_home: 'instagram_explore_grid_home',
    profile_feed: 'instagram_profile_feed',
    ig_search: 'instagram_search',
  },
};

/** A value of a world that does not fit the others, and why. */
export interface Misfit {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Delivery where the ad set does not deliver. What the targeting leaves open is the platform's choice and fits. */
export function misplacedDelivery({ ads, ad_sets }: Pick<Sections, 'ads' | 'ad_sets'>): readonly Misfit[] {
  const targetings = new Map(ad_sets.map(({ id, targeting }) => [id, targeting]));
  return ads.flatMap((ad, index) => {
    const targeting = targetings.get(ad.adset_id);
    return targeting ? misplacedOf(ad, targeting, ['ads', index, 'delivery']) : [];
  });
}

function misplacedOf({ adset_id, delivery }: AdRecord, targeting: JsonObject, path: Misfit['path']): readonly Misfit[] {
  const publishers = wordsIn(targeting.publisher_platforms);
  return (['daily', 'days'] as const).flatMap((list) =>
    (delivery?.[list] ?? []).flatMap(({ publisher_platform: publisher, platform_position: position }, row): readonly Misfit[] => {
      const place = [...path, list, row];
      if (publishers.length > 0 && !publishers.includes(publisher)) {
        const targeted = `which targets ${publishers.join(', ')}`;
        return [
          { path: [...place, 'publisher_platform'], message: `${publisher} is no publisher of ad set ${adset_id}, ${targeted}` },
        ];
      }
      const positions = wordsIn(targeting[`${publisher}_positions`]);
      if (positions.length === 0 || positions.some((name) => (NAMES[publisher]?.[name] ?? position) === position)) return [];
      const delivers = `which delivers at ${positions.map((name) => NAMES[publisher]?.[name]).join(', ')}`;
      return [
        { path: [...place, 'platform_position'], message: `${position} is no position of ad set ${adset_id}, ${delivers}` },
      ];
    }),
  );
}

function wordsIn(value: JsonObject[string]): readonly string[] {
  return Array.isArray(value) ? value.filter((word) => typeof word === 'string') : [];
}
