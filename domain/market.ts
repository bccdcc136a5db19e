import type { Brand, Market } from './brand.ts';
import type { AdSnapshot } from './facts.ts';
import { landsIn, nameOfPage } from './landing.ts';
import type { Surface } from './surface.ts';

/** What one side says about the market: what was found, and the markets that fit it. */
export interface MarketEvidence {
  readonly side: 'countries' | 'languages' | 'landing' | 'identity';
  /** Sorted, as people write it. */
  readonly found: readonly string[];
  /** Ids of the markets that fit, sorted. */
  readonly markets: readonly string[];
  /** Why this side alone already forbids a decision; `null` when it does not. */
  readonly problem: string | null;
}

export interface MarketDecision {
  /** `null` when the sides do not agree on exactly one market. */
  readonly marketId: string | null;
  readonly evidence: readonly MarketEvidence[];
  /** One sentence: what was decided, or which sides contradict each other. */
  readonly says: string;
}

const SIDE_WORDS: Readonly<Record<MarketEvidence['side'], string>> = {
  countries: 'the targeted country',
  languages: 'the targeted language',
  landing: 'the landing page',
  identity: 'the identity that speaks',
};

/**
 * The one market that targeting, landing page and identity agree on. Any doubt gives none: several countries, a country
 * group, a page of nobody's, an unknown identity. Without a surface the identities that the creative names are taken.
 */
export function decideMarket(snapshot: AdSnapshot, surface: Surface | null, brand: Brand): MarketDecision {
  const evidence = [
    countryEvidence(snapshot, brand),
    ...languageEvidence(snapshot, brand),
    landingEvidence(snapshot, brand),
    identityEvidence(snapshot, surface, brand),
  ];
  const problem = evidence.find((each) => each.problem !== null)?.problem ?? null;
  const agreed = brand.markets.map(({ id }) => id).filter((id) => evidence.every(({ markets }) => markets.includes(id)));
  const [only] = agreed;
  if (problem === null && agreed.length === 1 && only !== undefined) {
    return { marketId: only, evidence, says: `${sides(evidence)} all speak for ${only}.` };
  }
  const listed = evidence.map(describe).join('; ');
  return { marketId: null, evidence, says: `The market is not clear: ${problem === null ? '' : `${problem}. `}${listed}.` };
}

function countryEvidence({ targeting }: AdSnapshot, { markets }: Brand): MarketEvidence {
  const countries = sorted(targeting.countries);
  const found = [...countries, ...sorted(targeting.countryGroups)];
  const problem =
    targeting.countryGroups.length > 0
      ? `the ad set targets the country group ${sorted(targeting.countryGroups).join(', ')}, which is no single market`
      : countries.length > 1
        ? `the ad set targets several countries (${countries.join(', ')}), and one comment cannot fit them all`
        : countries.length === 0
          ? 'the ad set names no country'
          : null;
  return side(
    'countries',
    found,
    markets.filter(({ country }) => countries.includes(country)),
    problem,
  );
}

/** An ad set without languages says nothing about the market. */
function languageEvidence({ targeting }: AdSnapshot, { markets }: Brand): readonly MarketEvidence[] {
  const locales = sorted(targeting.locales);
  if (locales.length === 0) return [];
  const languages = new Set(locales.map(languageOf));
  const foreign = locales.find((locale) => !markets.some(({ language }) => language === languageOf(locale)));
  const problem =
    foreign !== undefined
      ? `the ad set targets the language ${foreign}, which no market of the brand speaks`
      : languages.size > 1
        ? `the ad set targets several languages (${locales.join(', ')}), and one comment cannot fit them all`
        : null;
  const exact = markets.filter(({ id }) => locales.includes(id));
  const fitting = exact.length > 0 ? exact : markets.filter(({ language }) => languages.has(language));
  return [side('languages', locales, fitting, problem)];
}

function landingEvidence({ landingUrls }: AdSnapshot, { markets }: Brand): MarketEvidence {
  const urls = landingUrls.map(({ url }) => url);
  const found = sorted(urls.map(nameOfPage));
  const fitting = markets.filter(
    (market) => urls.length > 0 && urls.every((url) => URL.canParse(url) && landsIn(market, new URL(url))),
  );
  return side('landing', found, fitting, urls.length === 0 ? 'the ad names no landing page' : null);
}

function identityEvidence(snapshot: AdSnapshot, surface: Surface | null, { identities, markets }: Brand): MarketEvidence {
  const ids = sorted(speakers(snapshot, surface));
  const known = ids.map((id) => identities.find(({ identityId }) => identityId === id));
  const fitting = markets.filter(({ id }) => known.length > 0 && known.every((identity) => identity?.marketId === id));
  return side('identity', ids, fitting, ids.length === 0 ? 'nothing tells which Page or account speaks' : null);
}

function speakers(snapshot: AdSnapshot, surface: Surface | null): readonly string[] {
  const named = { 'facebook-post': snapshot.facebookPageId, 'instagram-media': snapshot.instagramAccountId };
  const ids = surface === null ? Object.values(named) : [surface.identityId ?? named[surface.kind]];
  return ids.filter((id) => id !== null);
}

function side(
  name: MarketEvidence['side'],
  found: readonly string[],
  markets: readonly Market[],
  problem: string | null,
): MarketEvidence {
  return { side: name, found, markets: sorted(markets.map(({ id }) => id)), problem };
}

function describe({ side: name, found, markets }: MarketEvidence): string {
  const what = `${SIDE_WORDS[name]} (${found.length > 0 ? found.join(', ') : 'none'})`;
  return markets.length === 0 ? `${what} fits no market of the brand` : `${what} fits ${markets.join(', ')}`;
}

function sides(evidence: readonly MarketEvidence[]): string {
  const words = evidence.map(({ side: name, found }) => `${SIDE_WORDS[name]} (${found.join(', ')})`).join(', ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function languageOf(locale: string): string {
  return locale.split('-', 1)[0] ?? locale;
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}
