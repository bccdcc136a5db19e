import type { Targeting } from '../../domain/facts.ts';
import type { TargetingNode } from './ad-node.ts';

/** Meta's locale keys that we know, as BCP 47 tags. Any other key stays visible as `meta:<key>` and decides nothing. */
const LOCALES: Readonly<Record<number, string>> = {
  5: 'de-DE',
  6: 'en-US',
  7: 'es-ES',
  9: 'fr-FR',
  10: 'it-IT',
  24: 'en-GB',
  31: 'pt-PT',
};

/** Whom an ad set targets. Cities, regions and post codes count as their country. */
export function targetingOf(node: TargetingNode | null): Targeting {
  const places = node?.geo_locations;
  const inCountries = [...(places?.regions ?? []), ...(places?.cities ?? []), ...(places?.zips ?? [])];
  const countries = [...(places?.countries ?? []), ...inCountries.flatMap(({ country }) => country ?? [])];
  return {
    countries: [...new Set(countries.map((country) => country.toUpperCase()))],
    countryGroups: places?.country_groups ?? [],
    locales: (node?.locales ?? []).map((key) => LOCALES[key] ?? `meta:${key}`),
  };
}

/** Where an ad goes on a publisher whose positions the ad set leaves open. */
const ALL_POSITIONS: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'facebook',
    ['feed', 'right_hand_column', 'marketplace', 'video_feeds', 'story', 'search', 'instream_video', 'facebook_reels'],
  ],
  ['instagram', ['stream', 'story', 'explore', 'explore_home', 'reels', 'profile_feed', 'ig_search']],
]);

/** The placements as `facebook/feed`; `null` when the ad set leaves even the publishers open. */
export function placementsOf(node: TargetingNode | null): readonly string[] | null {
  const publishers = node?.publisher_platforms;
  if (!publishers || publishers.length === 0) return null;
  return publishers.flatMap((publisher) => positionsOf(node, publisher).map((position) => `${publisher}/${position}`));
}

function positionsOf(node: TargetingNode, publisher: string): readonly string[] {
  const asked = new Map([
    ['facebook', node.facebook_positions ?? node.effective_facebook_positions],
    ['instagram', node.instagram_positions ?? node.effective_instagram_positions],
    ['messenger', node.messenger_positions],
    ['audience_network', node.audience_network_positions],
    ['threads', node.threads_positions],
  ]);
  const positions = asked.get(publisher) ?? [];
  return positions.length > 0 ? positions : (ALL_POSITIONS.get(publisher) ?? ['all']);
}
