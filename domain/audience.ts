import type { Brand } from './brand.ts';
import type { AdLanguages, AdSnapshot } from './facts.ts';

/**
 * Why an ad's readers are of several countries, and the brand leaves such ads alone; `null` when not. A group of countries
 * counts as several: which ones it holds is the platform's to change.
 */
export function countryDoubt({ targeting }: AdSnapshot, { policy }: Brand): string | null {
  const { countries, countryGroups } = targeting;
  if (policy.multiCountry === 'landing-market') return null;
  if (countryGroups.length > 0) {
    return `the ad set targets the country group ${sorted(countryGroups).join(', ')}, and one comment cannot fit all its countries`;
  }
  if (new Set(countries).size < 2) return null;
  return `the ad set targets several countries (${sorted(countries).join(', ')}), and one comment cannot fit them all`;
}

/** Why an ad's readers read several languages under one post, and no policy says which one counts; `null` when not. */
export function languageDoubt({ languages, targeting }: AdSnapshot, { policy }: Brand): string | null {
  if (!languages) {
    if (tonguesOf(targeting.locales).length < 2) return null;
    return `the ad set targets several languages (${sorted(targeting.locales).join(', ')}), and one comment cannot fit them all`;
  }
  if (languages.default !== null && tonguesOf(languages.tags).length < 2) return null;
  const spoken = sorted(languages.tags).join(', ');
  if (policy.multiLanguage === 'skip') {
    return `the ad speaks several languages on one post (${spoken}), and one comment cannot fit them all`;
  }
  if (languages.default !== null) return null;
  return `the ad speaks several languages on one post (${spoken}), and nothing tells which one everybody else reads`;
}

/** The language in which a multi-language ad is commented, where the brand's policy is to comment such ads. */
export function chosenLanguage(languages: AdLanguages | null | undefined, { policy }: Brand): string | null {
  return policy.multiLanguage === 'default-language' ? (languages?.default ?? null) : null;
}

/** `fr` of `fr-FR`; a language that nobody knows stands for itself. */
export function tongueOf(locale: string): string {
  return locale.split('-', 1)[0] ?? locale;
}

function tonguesOf(locales: readonly string[]): readonly string[] {
  return [...new Set(locales.map(tongueOf))];
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}
