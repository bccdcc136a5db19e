import { describe, expect, test } from 'vitest';
import type { Brand } from '../../domain/brand.ts';
import { marketDigest } from '../../domain/market-digest.ts';
import { BRAND } from './good.ts';

const changed = (change: Partial<Brand>) => marketDigest({ ...BRAND, ...change }) !== marketDigest(BRAND);

describe('the digest of what decides markets', () => {
  test('stays the same through changes of copy, severities, accounts, names and the folder itself', () => {
    expect(
      changed({
        digest: 'e'.repeat(64),
        name: 'Another name',
        copy: [],
        approvals: [],
        accounts: [],
        identities: BRAND.identities.map((each) => ({ ...each, name: 'Renamed' })),
        markets: BRAND.markets.map((market) => ({ ...market, values: {} })),
        policy: { ...BRAND.policy, severities: {} },
      }),
    ).toBe(false);
  });

  test.each<[string, Partial<Brand>]>([
    ['the brand', { id: 'another' }],
    [
      'a landing page',
      { markets: BRAND.markets.map((market) => ({ ...market, landing: [{ host: 'new.example', pathPrefix: '/' }] })) },
    ],
    ['a country', { markets: BRAND.markets.map((market) => ({ ...market, country: 'CH' })) }],
    ['who speaks for a market', { identities: BRAND.identities.map((each) => ({ ...each, marketId: 'xx-XX' })) }],
    ['the policy for several countries', { policy: { ...BRAND.policy, multiCountry: 'landing-market' } }],
    ['the policy for several languages', { policy: { ...BRAND.policy, multiLanguage: 'default-language' } }],
  ])('changes with %s', (_, change) => {
    expect(changed(change)).toBe(true);
  });
});
