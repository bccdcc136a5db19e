import { chosenLanguage, countryDoubt, isKnown, languageDoubt, tongueOf } from './audience.ts';
import type { Brand, Market } from './brand.ts';
import type { AdSnapshot } from './facts.ts';
import { landsIn, nameOfPage } from './landing.ts';
import type { Surface } from './surface.ts';

/** What one side says about the market: what was found, and the markets that fit it. */
export interface MarketEvidence {
  readonly side: 'countries' | 'languages' | 'words' | 'landing' | 'identity';
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
  words: "the language of the ad's words",
  landing: 'the landing page',
  identity: 'the identity that speaks',
};

/**
 * The one market for which an ad is commented. Any doubt gives none: sides that contradict each other, readers of several
 * countries or languages, a page of nobody's, an unknown identity. Without a surface one of the identities that the creative
 * names has to agree; whether each surface's own does, is decided with the surface.
 */
export function decideMarket(snapshot: AdSnapshot, surface: Surface | null, brand: Brand): MarketDecision {
  const language = languageDoubt(snapshot, brand);
  const doubts = {
    countries: countryDoubt(snapshot, brand),
    languages: language,
    words: language,
    landing: null,
    identity: null,
  };
  const evidence = evidenceOf(snapshot, surface, brand).map((each) => {
    const doubt = doubts[each.side];
    return doubt === null ? each : { ...each, problem: doubt };
  });
  return conclude(evidence, brand);
}

/** The market on which targeting, landing page and identity agree, whatever else forbids to comment the ad. */
export function agreeOnMarket(snapshot: AdSnapshot, surface: Surface, brand: Brand): MarketDecision {
  return conclude(evidenceOf(snapshot, surface, brand), brand);
}

function evidenceOf(snapshot: AdSnapshot, surface: Surface | null, brand: Brand): readonly MarketEvidence[] {
  return [
    countryEvidence(snapshot, brand),
    ...languageEvidence(snapshot, brand),
    landingEvidence(snapshot, brand),
    identityEvidence(snapshot, surface, brand),
  ];
}

function conclude(evidence: readonly MarketEvidence[], brand: Brand): MarketDecision {
  const problem = evidence.find((each) => each.problem !== null)?.problem ?? null;
  const agreed = brand.markets.map(({ id }) => id).filter((id) => evidence.every(({ markets }) => markets.includes(id)));
  const [only] = agreed;
  if (problem === null && agreed.length === 1 && only !== undefined) {
    return { marketId: only, evidence, says: `${sides(evidence)} all speak for ${only}.` };
  }
  const listed = evidence.map(describe).join('; ');
  return { marketId: null, evidence, says: `The market is not clear: ${problem === null ? '' : `${problem}. `}${listed}.` };
}

/** A market whose country is targeted fits; with a group of countries any may be, so the other sides decide. */
function countryEvidence({ targeting }: AdSnapshot, { markets }: Brand): MarketEvidence {
  const { countries, countryGroups } = targeting;
  const found = [...sorted(countries), ...sorted(countryGroups)];
  const fitting = countryGroups.length > 0 ? markets : markets.filter(({ country }) => countries.includes(country));
  return side('countries', found, fitting, found.length === 0 ? 'the ad set names no country' : null);
}

/**
 * What is targeted and what the words are in have to fit the same market; an ad that names neither says nothing. Where the
 * brand comments in the default language, that is what the words are in, and the market has to be one of those targeted.
 */
function languageEvidence({ targeting, languages }: AdSnapshot, brand: Brand): readonly MarketEvidence[] {
  const chosen = chosenLanguage(languages, brand);
  const targeted = spokenIn('languages', targeting.locales, brand);
  const words = languages ? [spokenIn('words', chosen === null ? languages.tags : [chosen], brand)] : [];
  if (targeting.locales.length === 0) return words;
  return [chosen === null ? targeted : { ...targeted, problem: null }, ...words];
}

/** The markets whose language is among these. Where nobody knows any of them, each market may be meant. */
function spokenIn(name: 'languages' | 'words', listed: readonly string[], { markets }: Brand): MarketEvidence {
  const found = sorted(listed);
  const known = found.filter(isKnown);
  if (found.length > 0 && known.length === 0) return side(name, found, markets, null);
  const foreign = known.find((locale) => !markets.some(({ language }) => language === tongueOf(locale)));
  const problem = foreign === undefined ? null : `the ad is for readers of ${foreign}, which no market of the brand speaks`;
  const fitting = markets.filter(({ id, language }) => {
    const sameTongue = known.filter((locale) => tongueOf(locale) === language);
    const exact = sameTongue.filter((locale) => markets.some((market) => market.id === locale));
    return exact.length > 0 ? exact.includes(id) : sameTongue.length > 0;
  });
  return side(name, found, fitting, problem);
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
  const fitting = markets.filter(({ id }) =>
    identities.some((identity) => identity.marketId === id && ids.includes(identity.identityId)),
  );
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

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}
