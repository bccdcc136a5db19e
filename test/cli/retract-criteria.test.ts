import { describe, expect, test } from 'vitest';
import { criteriaOf, type Selection } from '../../cli/retract/criteria.ts';
import type { Written } from '../../store/written.ts';
import { exampleBrand } from '../helpers/stage.ts';

const BRAND = exampleBrand();
const OLD_HASH = 'f'.repeat(64);
/** The ledger remembers what the brand folder has dropped. */
const WRITTEN: Written = {
  markets: ['sv-SE'],
  patterns: ['spring-sale'],
  identities: ['4009999'],
  copies: [{ patternId: 'next-step', version: 7, hash: OLD_HASH }],
};
const criteria = (selection: Selection) => criteriaOf(selection, BRAND, WRITTEN);

test.for<[Selection, RegExp]>([
  [{}, /^Which comments\? .*--all\. Nothing was withdrawn/s],
  [{ all: true, market: 'de-DE' }, /leave it out/],
  [{ market: 'de-DD' }, /knows a market "de-DD": perhaps "de-DE" is meant\. Nothing was withdrawn/],
  [{ pattern: 'nextstep' }, /perhaps "next-step" is meant/],
  [{ page: '4711' }, /knows a Page or Instagram account "4711": .*4000001/],
  [{ version: '1' }, /name --pattern, too/],
  [{ pattern: 'next-step', version: '99' }, /knows version 99 of pattern next-step; known: 1, 7\./],
  [{ copy: 'abc' }, /knows a copy "abc".*at least 8 characters/],
  [{ copy: 'fffffff' }, /knows a copy "fffffff"/],
  [{ from: 'yesterday' }, /no time for --from.*2026-11-27T10:00Z/],
  [{ until: '2026-11-27T10:00' }, /no time for --until/],
  [{ from: '2026-02-31T10:00Z', until: '2026-02-30T99:00Z' }, /no time for/],
  [{ from: '2026-11-27', until: '2026-11-26' }, /Nothing lies between/],
  [{ ad: 'meta/act_999/1' }, /is not an account of/],
])('%j is refused in clear words', ([selection, says]) => {
  expect(() => criteria(selection)).toThrow(says);
});

describe('an order', () => {
  test('is always within the brand, also one for everything', () => {
    expect(criteria({ all: true })).toEqual({ brandId: 'brightloom' });
  });

  test('may name what the brand folder has dropped and the ledger knows', () => {
    expect(criteria({ market: 'sv-SE', pattern: 'spring-sale', page: '4009999' })).toEqual({
      brandId: 'brightloom',
      marketId: 'sv-SE',
      patternId: 'spring-sale',
      identityId: '4009999',
    });
    expect(criteria({ pattern: 'next-step', version: '7', copy: 'ffffffff' })).toMatchObject({
      copyVersion: 7,
      copyHash: OLD_HASH,
    });
  });

  test('has its times in UTC, whatever zone they are written in', () => {
    expect(criteria({ from: '2026-11-27T10:00+01:00', until: '2026-11-28' })).toMatchObject({
      from: '2026-11-27T09:00:00.000Z',
      until: '2026-11-28T00:00:00.000Z',
    });
  });
});
