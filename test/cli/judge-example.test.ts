import { expect, test } from 'vitest';
import { judgeExample } from '../../cli/start/judge-example.ts';
import type { ExampleAd, Expected } from '../../config/example-ads.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { RunState, SurfaceState } from '../../workflows/messages.ts';

const ref = (adId: string) => ({ platform: 'meta', accountId: 'act_1', adId }) as const;

function ad(adId: string, expected: Expected): ExampleAd {
  return { ad: ref(adId), market: 'de-DE', shape: 's', reason: 'r', expected, approve: null, edit: null };
}

function surface(outcome: Outcome, rules: SurfaceState['rules'] = []): SurfaceState {
  return {
    surface: { platform: 'meta', kind: 'facebook-post', surfaceId: '1_2' },
    stage: 'validate',
    outcome,
    says: '',
    wait: null,
    text: null,
    link: null,
    commentId: null,
    permalink: null,
    rank: null,
    rules,
    publishedNow: false,
  };
}

function end(adId: string, outcome: Outcome, surfaces: readonly SurfaceState[] = []): RunState {
  const rest = { adName: null, marketId: null, patternId: null, stage: 'validate', wait: null, says: '' } as const;
  return { ad: ref(adId), outcome, surfaces, ...rest };
}

const single = (run: Outcome, rule: string | null = null): Expected => ({ kind: 'single', run, surfaces: {}, rule });
const says = (example: readonly ExampleAd[], ends: readonly RunState[]) =>
  judgeExample({ ads: example, groups: [{ id: 'g', first: 'visible', rest: 'covered', reason: 'r' }] }, ends);

test('An ad that ends as it should, but for another reason, is not as expected', () => {
  const blockedBy = (rule: string) => [end('1', 'blocked', [surface('blocked', [{ rule, verdict: 'block', says: '' }])])];
  const example = [ad('1', single('blocked', 'one-country'))];
  expect(says(example, blockedBy('one-country'))).toMatchObject([{ asExpected: true }]);
  const wrong = says(example, blockedBy('copy-approved'));
  expect(wrong).toEqual([{ ad: 'meta/act_1/1', asExpected: false, expected: 'blocked by one-country' }]);
});

test('A rule that only noted something did not block', () => {
  const noted = [surface('blocked', [{ rule: 'one-country', verdict: 'note', says: '' }])];
  expect(says([ad('1', single('blocked', 'one-country'))], [end('1', 'blocked', noted)])).toMatchObject([{ asExpected: false }]);
});

test('Each side is held to what is said of it', () => {
  const expected: Expected = { ...single('visible'), surfaces: { 'facebook-post': 'visible' } } as Expected;
  expect(says([ad('1', expected)], [end('1', 'visible', [surface('visible')])])).toMatchObject([{ asExpected: true }]);
  expect(says([ad('1', expected)], [end('1', 'visible')])).toMatchObject([{ asExpected: false }]);
});

test('Of a group exactly one ends as the first, all others as the rest', () => {
  const group: Expected = { kind: 'group', group: 'g' };
  const example = [ad('1', group), ad('2', group)];
  const judged = (a: Outcome, b: Outcome) => says(example, [end('1', a), end('2', b)]).map(({ asExpected }) => asExpected);
  expect(judged('covered', 'visible')).toEqual([true, true]);
  expect(judged('visible', 'visible')).toEqual([false, false]);
  expect(judged('covered', 'covered')).toEqual([false, false]);
});
