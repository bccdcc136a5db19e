import { expect, test } from 'vitest';
import type { Brand } from '../../../domain/brand.ts';
import type { AdState } from '../../../domain/facts.ts';
import { judge } from '../../../domain/judge.ts';
import { BRAND, factsWith } from '../good.ts';

test.each<AdState>(['active', 'preapproved', 'pending-review'])(
  'an ad that is %s may be commented by pipelines and backfills',
  (state) => {
    for (const mode of ['pipeline', 'backfill'] as const) {
      expect(judge(factsWith({ snapshot: { state }, facts: { mode } }), BRAND).verdict).toBe('pass');
    }
  },
);

test.each<AdState>(['paused', 'adset-paused', 'campaign-paused', 'with-issues', 'pending-billing-info'])(
  'an ad that is %s may be commented as the policy for the mode says',
  (state) => {
    for (const mode of ['pipeline', 'backfill'] as const) {
      for (const allowed of [true, false]) {
        const commentPausedAds = { pipeline: !allowed, backfill: !allowed, [mode]: allowed };
        const brand = { ...BRAND, policy: { ...BRAND.policy, commentPausedAds } };
        expect(judge(factsWith({ snapshot: { state }, facts: { mode } }), brand).verdict).toBe(allowed ? 'pass' : 'block');
      }
    }
  },
);

test('a special category is for a person to decide where the brand opts in, and for nobody less', () => {
  const snapshot = { specialCategories: ['housing'] };
  const opted = (severity: 'hold' | 'note'): Brand => ({
    ...BRAND,
    policy: { ...BRAND.policy, severities: { 'special-category': { brand: severity } } },
  });
  for (const severity of ['hold', 'note'] as const) {
    const brand = opted(severity);
    expect(judge(factsWith({ snapshot, brand }), brand).verdict).toBe('hold');
  }
});
