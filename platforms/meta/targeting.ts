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

/**
 * The placements as `facebook/feed`; a publisher alone (`facebook`) where its positions are left open, `null` where even
 * the publishers are.
 */
export function placementsOf(node: TargetingNode | null): readonly string[] | null {
  const publishers = node?.publisher_platforms;
  if (!publishers || publishers.length === 0) return null;
  return publishers.flatMap((publisher) => {
    const positions = positionsOf(node, publisher);
    return positions.length === 0 ? [publisher] : positions.map((position) => `${publisher}/${position}`);
  });
}

function positionsOf(node: TargetingNode, publisher: string): readonly string[] {
  const asked = new Map([
    ['facebook', node.facebook_positions ?? node.effective_facebook_positions],
    ['instagram', node.instagram_positions ?? node.effective_instagram_positions],
    ['messenger', node.messenger_positions],
    ['audience_network', node.audience_network_positions],
    ['threads', node.threads_positions],
  ]);
  return asked.get(publisher) ?? [];
}
