import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tongueOf } from '../../domain/audience.ts';
import type { MultiCountry, MultiLanguage } from '../../domain/brand.ts';
import type { Targeting } from '../../domain/facts.ts';
import { decideMarket } from '../../domain/market.ts';
import { BRAND, SNAPSHOT, surfaceOf } from './good.ts';

const URLS = ['https://shop.example/de/a', 'https://shop.example/fr/a', 'https://outlet.example/de/'].map((url) => ({
  url,
  foundIn: 'x',
}));
const TARGETING = fc.record({
  countries: fc.subarray(['DE', 'FR', 'CH']),
  countryGroups: fc.subarray(['europe']),
  locales: fc.subarray(['de-DE', 'fr-FR', 'de', 'own:9']),
});
const AD = fc.record({ targeting: TARGETING, landingUrls: fc.subarray(URLS) });
const SURFACE = fc.constantFrom(
  surfaceOf(),
  surfaceOf('instagram-media'),
  { ...surfaceOf(), identityId: '21' },
  { ...surfaceOf(), identityId: '9' },
  null,
);

function known(locales: readonly string[]): readonly string[] {
  return locales.filter((locale) => locale !== 'own:9');
}

function backwards<T>(list: readonly T[]): readonly T[] {
  return [...list].reverse();
}

test('a market decision does not depend on the order in which anything is listed', () => {
  fc.assert(
    fc.property(AD, SURFACE, (ad, surface) => {
      const { targeting } = ad;
      const turned: Targeting = {
        countries: backwards(targeting.countries),
        countryGroups: backwards(targeting.countryGroups),
        locales: backwards(targeting.locales),
      };
      const brand = { ...BRAND, markets: backwards(BRAND.markets), identities: backwards(BRAND.identities) };
      const one = decideMarket({ ...SNAPSHOT, ...ad }, surface, BRAND);
      expect(decideMarket({ ...SNAPSHOT, targeting: turned, landingUrls: backwards(ad.landingUrls) }, surface, brand)).toEqual(
        one,
      );
    }),
  );
});

test('a market is decided only when every side fits it and no side forbids it', () => {
  fc.assert(
    fc.property(AD, SURFACE, (ad, surface) => {
      const { marketId, evidence } = decideMarket({ ...SNAPSHOT, ...ad }, surface, BRAND);
      const fits = BRAND.markets.filter(({ id }) => evidence.every(({ markets }) => markets.includes(id)));
      const free = evidence.every(({ problem }) => problem === null);
      expect(marketId).toBe(free && fits.length === 1 ? (fits[0]?.id ?? null) : null);
      if (marketId === null) return;
      const market = BRAND.markets.find(({ id }) => id === marketId);
      expect(ad.targeting.countries).toEqual([market?.country]);
      expect(ad.landingUrls.every(({ url }) => url.startsWith(`https://shop.example/${market?.language}/`))).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('no policy decides a market whose landing page, country or language does not fit', () => {
  const policy = fc.record({
    multiCountry: fc.constantFrom<MultiCountry>('skip', 'landing-market'),
    multiLanguage: fc.constantFrom<MultiLanguage>('skip', 'default-language'),
  });
  const tags = fc.subarray(['de-DE', 'fr-FR', 'own:9'], { minLength: 1 });
  const languages = fc.option(fc.record({ tags, default: fc.option(fc.constantFrom('de-DE', 'fr-FR', 'own:9')) }));
  fc.assert(
    fc.property(AD, SURFACE, policy, languages, (ad, surface, opened, spoken) => {
      const brand = { ...BRAND, policy: { ...BRAND.policy, ...opened } };
      const { marketId } = decideMarket({ ...SNAPSHOT, ...ad, languages: spoken }, surface, brand);
      const market = BRAND.markets.find(({ id }) => id === marketId);
      if (!market) return;
      const { countries, countryGroups } = ad.targeting;
      expect(ad.landingUrls.every(({ url }) => url.startsWith(`https://shop.example/${market.language}/`))).toBe(true);
      expect(countryGroups.length > 0 || countries.includes(market.country)).toBe(true);
      if (opened.multiCountry === 'skip') expect([...countries, ...countryGroups]).toEqual([market.country]);
      const targeted = known(ad.targeting.locales);
      if (targeted.length > 0) expect(targeted.map(tongueOf)).toContain(market.language);
      if (!spoken || opened.multiLanguage === 'skip') {
        const tongues = new Set([...targeted, ...known(spoken?.tags ?? [])].map(tongueOf));
        expect([...tongues].filter((tongue) => tongue !== market.language)).toEqual([]);
      }
      if (spoken && opened.multiLanguage === 'skip') expect(spoken.default).not.toBeNull();
      if (spoken && opened.multiLanguage === 'default-language')
        expect(spoken.default).toMatch(new RegExp(`^${market.id}$|^own:9$`));
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  ['words and targets in two languages', { tags: ['fr-FR'], default: 'fr-FR' }, ['de-DE'], 'skip'],
  ['words in one of two targeted languages', { tags: ['de-DE'], default: 'de-DE' }, ['de-DE', 'fr-FR'], 'skip'],
  ['a default language that is not targeted', { tags: ['de-DE', 'fr-FR'], default: 'de-DE' }, ['fr-FR'], 'default-language'],
  ['words of another market', { tags: ['fr-FR'], default: 'fr-FR' }, [], 'default-language'],
] as const)('no market is decided for %s', (_, languages, locales, multiLanguage) => {
  const targeting = { ...SNAPSHOT.targeting, locales };
  const brand = { ...BRAND, policy: { ...BRAND.policy, multiLanguage } };
  expect(decideMarket({ ...SNAPSHOT, languages, targeting }, surfaceOf(), brand).marketId).toBeNull();
});

test('a contradiction names both sides', () => {
  const { marketId, says } = decideMarket({ ...SNAPSHOT, landingUrls: URLS.slice(1, 2) }, surfaceOf(), BRAND);
  expect(marketId).toBeNull();
  expect(says).toMatch(/the targeted country \(DE\) fits de-DE/);
  expect(says).toMatch(/the landing page \(shop\.example\/fr\/a\) fits fr-FR/);
});

test('an Instagram account of another market silences its own side only', () => {
  for (const instagramAccountId of ['22', '99', null]) {
    const ad = { ...SNAPSHOT, instagramAccountId };
    const instagram = { ...surfaceOf('instagram-media'), identityId: instagramAccountId };
    expect(decideMarket(ad, null, BRAND).marketId).toBe('de-DE');
    expect(decideMarket(ad, surfaceOf(), BRAND).marketId).toBe('de-DE');
    expect(decideMarket(ad, instagram, BRAND).marketId).toBeNull();
  }
});

test('without a surface, one of the identities that the creative names has to agree', () => {
  expect(decideMarket(SNAPSHOT, null, BRAND).marketId).toBe('de-DE');
  expect(decideMarket({ ...SNAPSHOT, facebookPageId: '21', instagramAccountId: '22' }, null, BRAND).marketId).toBeNull();
  expect(decideMarket({ ...SNAPSHOT, facebookPageId: null, instagramAccountId: null }, null, BRAND).says).toMatch(
    /nothing tells which/,
  );
});

test('two markets of one country are told apart by the language', () => {
  const swiss = BRAND.markets.map((market) => ({
    ...market,
    country: 'CH',
    landing: [{ host: 'shop.example', pathPrefix: '/' }],
  }));
  const identities = BRAND.identities.map((identity) => ({ ...identity, marketId: 'fr-FR' }));
  const brand = { ...BRAND, markets: swiss, identities };
  const targeting = { countries: ['CH'], countryGroups: [], locales: ['fr'] };
  expect(decideMarket({ ...SNAPSHOT, targeting }, surfaceOf(), brand).marketId).toBe('fr-FR');
  expect(decideMarket({ ...SNAPSHOT, targeting: { ...targeting, locales: ['de'] } }, surfaceOf(), brand).marketId).toBeNull();
});

test('evidence never repeats the query of a landing page', () => {
  const landingUrls = [{ url: 'https://shop.example/de/a?email=a@b.example#x', foundIn: 'x' }];
  expect(JSON.stringify(decideMarket({ ...SNAPSHOT, landingUrls }, surfaceOf(), BRAND))).not.toContain('email');
});
