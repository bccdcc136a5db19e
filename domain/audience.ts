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

/**
 * Why an ad's readers read several languages under one post, and no policy says which one counts; `null` when not. The ad's
 * words and the languages that its ad set targets count together: the readers are those who are targeted, whatever the
 * words are in.
 */
export function languageDoubt({ languages, targeting }: AdSnapshot, { policy }: Brand): string | null {
  const targeted = sorted(targeting.locales);
  if (!languages) {
    if (tonguesOf(targeted).length < 2) return null;
    return `the ad set targets several languages (${targeted.join(', ')}), and one comment cannot fit them all`;
  }
  if (policy.multiLanguage === 'default-language' && languages.default !== null) return null;
  const spoken = sorted(languages.tags).join(', ');
  if (languages.default !== null && tonguesOf(languages.tags).length < 2) {
    if (tonguesOf([...languages.tags, ...targeted]).length < 2) return null;
    return `the ad speaks ${spoken}, but the ad set targets ${targeted.join(', ')}, and one comment cannot fit them all`;
  }
  if (policy.multiLanguage === 'skip') {
    return `the ad speaks several languages on one post (${spoken}), and one comment cannot fit them all`;
  }
  return `the ad speaks several languages on one post (${spoken}), and nothing tells which one everybody else reads`;
}

/**
 * Which language of the ad nobody here knows, so that only a person can tell whether the comment fits its readers; `null`
 * when none. Where a default language counts, the other words do not; nor do targets of which some are known.
 */
export function unknownLanguage({ languages, targeting }: AdSnapshot, brand: Brand): string | null {
  const chosen = chosenLanguage(languages, brand);
  const asked =
    chosen === null
      ? [...(languages?.tags ?? []), ...targeting.locales]
      : [chosen, ...(targeting.locales.some(isKnown) ? [] : targeting.locales)];
  const unknown = sorted(asked.filter((locale) => !isKnown(locale)));
  return unknown.length === 0 ? null : `nobody here knows which language ${unknown.join(', ')} is, and it is one of this ad`;
}

/** The language in which a multi-language ad is commented, where the brand's policy is to comment such ads. */
export function chosenLanguage(languages: AdLanguages | null | undefined, { policy }: Brand): string | null {
  return policy.multiLanguage === 'default-language' ? (languages?.default ?? null) : null;
}

/** `fr` of `fr-FR`. */
export function tongueOf(locale: string): string {
  return locale.split('-', 1)[0] ?? locale;
}

/** `false` for a platform's own key, which the adapter could not read as a language. No BCP 47 tag has a colon. */
export function isKnown(locale: string): boolean {
  return !locale.includes(':');
}

function tonguesOf(locales: readonly string[]): readonly string[] {
  return [...new Set(locales.filter(isKnown).map(tongueOf))];
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}
