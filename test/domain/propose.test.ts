import { describe, expect, test } from 'vitest';
import { loadBrand } from '../../config/brand.ts';
import { sha256Hex } from '../../domain/hash.ts';
import { choosePattern, fitsName } from '../../domain/pattern-choice.ts';
import { propose } from '../../domain/propose.ts';
import { surfaceKey } from '../../domain/surface-key.ts';
import { BRAND, SNAPSHOT, surfaceOf } from './good.ts';

describe('a proposal', () => {
  test('carries the link under a Facebook post and names the next step in words under Instagram media', () => {
    const key = surfaceKey(BRAND.id, surfaceOf());
    const link = `https://shop.example/de/leinen?color=blue&utm_source=facebook&utm_medium=paid&utm_campaign=first-comment-de-de&utm_content=fc_next-step_2&fcid=${key}#sizes`;
    const text = `Hier schreibt Testmarke, so wie's ist. 30 Tage Rückgabe. ${link}`;
    expect(propose(SNAPSHOT, surfaceOf(), BRAND)).toEqual({
      marketId: 'de-DE',
      patternId: 'next-step',
      copyVersion: 2,
      capability: 'link',
      locale: 'de-DE',
      copyHash: BRAND.copy[0]?.hash,
      text,
      bytesHash: sha256Hex(text),
      link,
      surfaceKey: key,
    });
    const instagram = propose(SNAPSHOT, surfaceOf('instagram-media'), BRAND);
    expect(instagram).toMatchObject({ capability: 'no-link', link: null, text: 'Hier schreibt Testmarke. 30 Tage Rückgabe.' });
  });

  test.each([
    [
      'the market is not clear',
      { targeting: { ...SNAPSHOT.targeting, countries: ['DE', 'FR'] } },
      BRAND,
      /The market is not clear/,
    ],
    [
      'the pattern has no text',
      { campaign: { id: '1', name: 'DE_NONE_1' } },
      BRAND,
      /no link text of pattern no-such-pattern in de-DE/,
    ],
    [
      'the landing page has UTM parameters',
      { landingUrls: [{ url: 'https://shop.example/de/?utm_id=1', foundIn: 'x' }] },
      BRAND,
      /link cannot be built/,
    ],
    [
      'a slot has no value',
      {},
      { ...BRAND, markets: BRAND.markets.map((market) => ({ ...market, values: {} })) },
      /copy\/de-DE.yaml:5:11 cannot be rendered/,
    ],
  ])('is none, with the reason, when %s', (_, changes, brand, problem) => {
    const proposal = propose({ ...SNAPSHOT, ...changes }, surfaceOf(), brand);
    expect('problem' in proposal ? proposal.problem : proposal.text).toMatch(problem);
    expect(proposal).toHaveProperty('problem');
  });
});

test('every market of the example can propose both patterns on both kinds of surface', () => {
  const loaded = loadBrand(`${import.meta.dirname}/../../examples/brightloom`);
  if (!loaded.ok) throw new Error('the example has problems');
  const { brand } = loaded;
  const texts = brand.markets.flatMap(({ id, country, landing }) =>
    ['A_PROSPECTING_1', 'A_LAUNCH_1'].flatMap((name) =>
      (['facebook-page', 'instagram-account'] as const).map((kind) => {
        const identityId =
          brand.identities.find((identity) => identity.marketId === id && identity.kind === kind)?.identityId ?? null;
        const surface = { ...surfaceOf(kind === 'facebook-page' ? 'facebook-post' : 'instagram-media'), identityId };
        const url = `https://${landing[0]?.host}${landing[0]?.pathPrefix}leinen`;
        const targeting = { countries: [country], countryGroups: [], locales: [id] };
        const ad = { ...SNAPSHOT, campaign: { id: '1', name }, targeting, landingUrls: [{ url, foundIn: 'x' }] };
        const proposal = propose(ad, surface, brand);
        expect(proposal).not.toHaveProperty('problem');
        expect(proposal).toMatchObject({ marketId: id, patternId: name.includes('LAUNCH') ? 'launch-offer' : 'next-step' });
        return 'text' in proposal ? proposal.text : '';
      }),
    ),
  );
  expect(new Set(texts).size).toBe(24);
});

describe('the choice of a pattern', () => {
  test('takes the first rule that fits, else the default, and says which', () => {
    const choice = {
      default: 'd',
      byCampaign: [
        { campaignName: '*_LAUNCH_*', pattern: 'launch' },
        { campaignName: 'PT_*', pattern: 'pt' },
      ],
    };
    expect(choosePattern('PT_LAUNCH_2026-11', choice)).toEqual({
      patternId: 'launch',
      says: expect.stringContaining('*_LAUNCH_*'),
    });
    expect(choosePattern('PT_X', choice).patternId).toBe('pt');
    expect(choosePattern('DE_X', choice)).toEqual({ patternId: 'd', says: expect.stringContaining('default') });
  });

  test.each([
    ['*_LAUNCH_*', 'PT_LAUNCH_1', true],
    ['*_LAUNCH_*', '_LAUNCH_', true],
    ['*_LAUNCH_*', 'PT_LAUNCH', false],
    ['*_LAUNCH_*', 'pt_launch_1', false],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['a*b*c', 'a-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['*ab*ab', 'ab', false],
    ['*', '', true],
    ['exact', 'exact', true],
    ['exact', 'exactly', false],
    ['a.c', 'abc', false],
  ])('%s fits %s: %s', (shape, name, fits) => {
    expect(fitsName(shape, name)).toBe(fits);
  });
});

describe('the key of a surface', () => {
  test('is always the same for a surface, literal, and another one for another surface, platform id or brand', () => {
    const key = surfaceKey('testmarke', surfaceOf());
    expect(key).toBe(surfaceKey('testmarke', { platform: 'meta', surfaceId: '11_77' }));
    expect(key).toMatch(/^[0-9a-hjkmnp-tv-z]{12}$/);
    expect(new Set([key, surfaceKey('testmark', surfaceOf()), surfaceKey('testmarke', surfaceOf('instagram-media'))]).size).toBe(
      3,
    );
  });

  test('does not collide over a hundred thousand surfaces', () => {
    const keys = Array.from({ length: 100_000 }, (_, at) => surfaceKey('b', { platform: 'meta', surfaceId: `11_${at}` }));
    expect(new Set(keys).size).toBe(keys.length);
  });
});
