import type { Targeting } from '../../domain/facts.ts';
import { GeoLocations, type TargetingNode } from './ad-node.ts';
import { localeOfKey } from './locales.ts';

/** Whom an ad set targets. Cities, regions, post codes and places on a map count as their country. */
export function targetingOf(node: TargetingNode | null): Targeting {
  const { countries, country_groups, custom_locations, ...places } = node?.geo_locations ?? GeoLocations.parse({});
  const inCountries = [...(custom_locations ?? []), ...Object.values(places).flatMap((each) => each ?? [])];
  // A place of which nobody says where it lies may lie in any market.
  const nowhere = Object.entries(node?.geo_locations ?? {}).flatMap(([kind, found]) => placeless(kind, found));
  const groups = [
    ...nowhere,
    ...(country_groups ?? []),
    ...(custom_locations ?? []).flatMap(({ country_group }) => country_group ?? []),
  ];
  const all = [...(countries ?? []), ...inCountries.flatMap(({ country }) => country ?? [])];
  return {
    countries: [...new Set(all.map((country) => country.toUpperCase()))],
    countryGroups: [...new Set(groups)],
    locales: (node?.locales ?? []).map(localeOfKey),
  };
}

type Places = NonNullable<TargetingNode['geo_locations']>[keyof NonNullable<TargetingNode['geo_locations']>];

function placeless(kind: string, places: Places): readonly string[] {
  const lost = (places ?? []).some(
    (place) => typeof place !== 'string' && place.country === null && !('country_group' in place && place.country_group !== null),
  );
  return lost ? [`${kind} without a country`] : [];
}

/**
 * The placements on which the ad really delivers, as `facebook/feed`; a publisher alone (`facebook`) where its positions are
 * left open, `null` where even the publishers are. What Meta made of the choice (`effective_…`) counts before what was asked.
 */
export function placementsOf(node: TargetingNode | null): readonly string[] | null {
  if (node === null) return null;
  const publishers = said(node.effective_publisher_platforms) ?? said(node.publisher_platforms);
  return (
    publishers?.flatMap((publisher) => {
      const positions = positionsOf(node, publisher);
      return positions === null ? [publisher] : positions.map((position) => `${publisher}/${position}`);
    }) ?? null
  );
}

function positionsOf(node: TargetingNode, publisher: string): readonly string[] | null {
  switch (publisher) {
    case 'facebook':
      return said(node.effective_facebook_positions) ?? said(node.facebook_positions);
    case 'instagram':
      return said(node.effective_instagram_positions) ?? said(node.instagram_positions);
    case 'messenger':
      return said(node.messenger_positions);
    case 'audience_network':
      return said(node.audience_network_positions);
    case 'threads':
      return said(node.threads_positions);
    default:
      return null;
  }
}

/** A list of words; an empty one says as little as none. */
function said(words: readonly string[] | null): readonly string[] | null {
  return words !== null && words.length > 0 ? words : null;
}
