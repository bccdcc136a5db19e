import { describe, expect, test } from 'vitest';
import type { Brand } from '../../../domain/brand.ts';
import type { AdSnapshot } from '../../../domain/facts.ts';
import { judge } from '../../../domain/judge.ts';
import { decideMarket } from '../../../domain/market.ts';
import { BRAND, factsWith, SNAPSHOT, surfaceOf } from '../good.ts';

describe('an ad for readers of several countries or languages', () => {
  const brandWith = (policy: Partial<Brand['policy']>): Brand => ({ ...BRAND, policy: { ...BRAND.policy, ...policy } });
  const several = { ...SNAPSHOT.targeting, countries: ['DE', 'AT', 'FR'] };

  test.each([
    ['several countries', { targeting: several }],
    ['a group of countries', { targeting: { ...SNAPSHOT.targeting, countries: [], countryGroups: ['europe'] } }],
  ])("is commented for the landing page's market where the policy says so: %s", (_, snapshot) => {
    const brand = brandWith({ multiCountry: 'landing-market' });
    expect(judge(factsWith({ snapshot, brand }), brand).verdict).toBe('pass');
    expect(judge(factsWith({ snapshot }), BRAND)).toMatchObject({ verdict: 'block', outcome: 'blocked' });
  });

  test('is not commented for a landing page of a country that it does not target', () => {
    const brand = brandWith({ multiCountry: 'landing-market' });
    const targeting = { ...SNAPSHOT.targeting, countries: ['AT', 'FR'] };
    const judgement = judge(factsWith({ snapshot: { targeting }, brand }), brand);
    expect(judgement.verdicts.find(({ rule }) => rule === 'market-agrees')?.says).toMatch(/country \(AT, FR\) fits fr-FR/);
    expect(judgement.outcome).toBe('blocked');
  });

  test('is commented in its default language where the policy says so, and only in that', () => {
    const brand = brandWith({ multiLanguage: 'default-language' });
    const targeting = { ...SNAPSHOT.targeting, locales: ['de-DE', 'fr-FR', 'own:44'] };
    const speaks = (language: string | null) => ({ targeting, languages: { tags: ['de-DE', 'fr-FR'], default: language } });
    const verdicts = ['de-DE', 'fr-FR', null].map((each) => judge(factsWith({ snapshot: speaks(each), brand }), brand).verdict);
    expect(verdicts).toEqual(['pass', 'block', 'block']);
  });

  const speaking = (tags: readonly string[], locales: readonly string[]): Partial<AdSnapshot> => ({
    languages: tags.length > 0 ? { tags, default: tags[0] ?? null } : null,
    targeting: { ...SNAPSHOT.targeting, locales },
  });

  test.each([
    ['skip', ['fr-FR'], ['de-DE'], 'block'],
    ['skip', ['de-DE'], ['de-DE', 'fr-FR'], 'block'],
    ['skip', ['de-DE'], ['de-DE'], 'pass'],
    ['skip', ['de-DE'], [], 'pass'],
    ['skip', ['de'], ['de-DE', 'own:7'], 'hold'],
    ['skip', ['own:7'], ['de-DE'], 'hold'],
    ['skip', [], ['own:7'], 'hold'],
    ['skip', [], ['fr-FR', 'own:7'], 'block'],
    ['default-language', ['de-DE'], ['de-DE', 'fr-FR'], 'pass'],
    ['default-language', ['de-DE', 'fr-FR'], [], 'pass'],
    ['default-language', ['de-DE', 'fr-FR'], ['fr-FR'], 'block'],
    ['default-language', ['fr-FR'], ['de-DE'], 'block'],
    ['default-language', ['de-DE', 'own:7'], ['de-DE', 'own:7'], 'pass'],
    ['default-language', ['de-DE'], ['own:7'], 'hold'],
    ['default-language', ['own:7', 'de-DE'], ['de-DE'], 'hold'],
    ['default-language', [], ['de-DE', 'fr-FR'], 'block'],
  ] as const)('under %s with words in %j, for readers of %j, is a %s', (multiLanguage, tags, locales, verdict) => {
    const brand = brandWith({ multiLanguage });
    expect(judge(factsWith({ snapshot: speaking(tags, locales), brand }), brand).verdict).toBe(verdict);
  });

  test('in a language that nobody here knows is for a person to decide, unless something else contradicts', () => {
    const held = judge(factsWith({ snapshot: speaking([], ['own:7']) }), BRAND);
    expect(held.verdicts.filter(({ verdict }) => verdict !== 'pass')).toMatchObject([
      { rule: 'one-language', verdict: 'hold', says: expect.stringMatching(/^Nobody here knows which language own:7 is/) },
    ]);
    const foreign = { ...speaking([], ['own:7']), landingUrls: [{ url: 'https://shop.example/fr/', foundIn: 'x' }] };
    expect(judge(factsWith({ snapshot: foreign }), BRAND)).toMatchObject({ verdict: 'block', outcome: 'blocked' });
  });

  test('gives the other ads of its surface no market to agree with', () => {
    for (const snapshot of [{ targeting: several }, { languages: { tags: ['de', 'fr'], default: 'de' } }]) {
      expect(decideMarket({ ...SNAPSHOT, ...snapshot }, surfaceOf(), BRAND).marketId).toBeNull();
    }
  });
});

test('an ad whose market is not clear gets no proposal and is blocked', () => {
  const landingUrls = [{ url: 'https://outlet.example/de/', foundIn: 'x' }];
  const judgement = judge(factsWith({ snapshot: { ...SNAPSHOT, landingUrls } }), BRAND);
  expect(judgement).toMatchObject({ verdict: 'block', outcome: 'blocked' });
  const market = judgement.verdicts.find(({ rule }) => rule === 'market-agrees');
  expect(market?.says).toMatch(/targeted country \(DE\) fits de-DE.*landing page \(outlet\.example\/de\/\) fits no market/);
});
