import { expect, test } from 'vitest';
import { wayOf } from '../../domain/edit-in-place.ts';
import type { OrderCriteria } from '../../domain/order-criteria.ts';
import { exampleBrand } from '../helpers/stage.ts';

const brand = exampleBrand();
const NOW = '2026-11-27T10:00:00.000Z';
const COMMENT = { kind: 'facebook-post', marketId: 'de-DE', campaignName: 'DE_PROSPECTING_2026-11' } as const;
const today = brand.copy.find((each) => each.locale === 'de-DE' && each.patternId === 'next-step' && each.capability === 'link');

const wayUnder = (criteria: OrderCriteria, comment: Partial<Parameters<typeof wayOf>[0]> = {}) =>
  wayOf({ ...COMMENT, ...comment }, { brandId: brand.id, ...criteria }, brand, NOW);

test.for<[string, OrderCriteria]>([
  ['another version', { patternId: 'next-step', copyVersion: 99 }],
  ['another pattern', { patternId: 'no-such-pattern' }],
  ['another text', { copyHash: 'an-older-hash', marketId: 'de-DE' }],
  ['a time that is past', { until: '2026-11-27T09:00:00.000Z' }],
])('a comment is edited under an order over %s', ([, criteria]) => {
  expect(wayUnder(criteria)).toEqual({ kind: 'edit' });
});

test.for<[string, OrderCriteria]>([
  ['everything', {}],
  ['its market', { marketId: 'de-DE' }],
  ['its pattern', { patternId: 'next-step' }],
  ['the version of today', { patternId: 'next-step', copyVersion: today?.version ?? 0 }],
  ['the text of today', { copyHash: today?.hash ?? '' }],
  ['a time that goes on', { from: '2026-11-27T09:00:00.000Z', until: '2026-11-27T11:00:00.000Z' }],
])('a comment is deleted under an order over %s, which covers the text of today, too', ([, criteria]) => {
  expect(wayUnder(criteria)).toMatchObject({ kind: 'delete', why: expect.stringContaining('covers the text of today, too') });
});

test('a comment that the platform cannot edit, or of which nobody knows for which ad it was written, is deleted', () => {
  const past = { until: '2026-11-27T09:00:00.000Z' };
  expect(wayUnder(past, { kind: 'instagram-media' })).toMatchObject({ why: 'a comment on instagram-media cannot be edited' });
  for (const unknown of [{ marketId: null }, { campaignName: null }]) {
    expect(wayUnder(past, unknown)).toMatchObject({ kind: 'delete', why: expect.stringContaining('for which ad') });
  }
  expect(wayUnder(past, { marketId: 'nl-NL' })).toMatchObject({
    why: expect.stringContaining('no text of pattern next-step in nl-NL'),
  });
});
