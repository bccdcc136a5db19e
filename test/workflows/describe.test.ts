import { describe, expect, test } from 'vitest';
import { describe as describeRun } from '../../workflows/describe.ts';
import type { RunState, SurfaceState } from '../../workflows/messages.ts';

const SURFACE: SurfaceState = {
  surface: { platform: 'meta', kind: 'facebook-post', surfaceId: '4000002_77' },
  stage: 'verify',
  outcome: null,
  says: 'published; reading it back',
  wait: null,
  text: 'Zum Leinen:\nhttps://www.brightloom.example/de-de/leinen',
  link: 'https://www.brightloom.example/de-de/leinen?fcid=k1',
  commentId: '77_1',
  permalink: 'https://facebook.example/77',
  rank: { rank: 2, of: 5 },
  rules: [{ rule: 'market-agrees', verdict: 'pass', says: 'all say de-DE' }],
  publishedNow: true,
};

const STATE: RunState = {
  ad: { platform: 'meta', accountId: 'act_100200', adId: '1' },
  adName: 'Leinen',
  marketId: 'de-DE',
  patternId: 'next-step',
  stage: 'verify',
  wait: null,
  surfaces: [SURFACE],
  outcome: null,
  says: 'on its way',
};

const withSurface = (change: Partial<SurfaceState>): RunState => ({ ...STATE, surfaces: [{ ...SURFACE, ...change }] });

describe('the details of a run', () => {
  test('name the ad, its market and pattern, and how far it is', () => {
    const text = describeRun(STATE);
    for (const part of ['## stage: verify', 'Leinen `meta/act_100200/1`', '| market | de-DE |', '| pattern | next-step |'])
      expect(text).toContain(part);
  });

  test('end with what is no surface of the ad, and why', () => {
    const named = { platform: 'meta', kind: 'instagram-media', surfaceId: '179' } as const;
    const unusable = [{ kind: 'instagram-media', reason: 'the ad is <not> shown', named }] as const;
    expect(describeRun({ ...STATE, unusable })).toMatch(
      /\nnot a surface of this ad: Instagram media 179: the ad is &lt;not> shown$/,
    );
  });

  test('begin with the outcome once there is one', () => {
    expect(describeRun({ ...STATE, outcome: 'hidden' })).toMatch(/^## hidden\n/);
  });

  test('say what it waits for, and until when where that is known', () => {
    const wait = {
      reason: 'throttled',
      key: 'act_100200',
      says: 'too many calls',
      until: '2026-11-21T10:00:00.000Z',
      needsHuman: false,
    } as const;
    const text = describeRun({ ...STATE, wait });
    expect(text).toMatch(/^## throttled\n/);
    expect(text).toContain('**Waits:** too many calls (until 2026-11-21T10:00:00.000Z)');
    expect(describeRun({ ...STATE, wait: { ...wait, until: null } })).not.toContain('until');
  });

  test('show each surface with its text, link, comment, place and verdicts', () => {
    const text = describeRun(STATE);
    expect(text).toContain('### facebook-post 4000002_77: verify');
    expect(text).toContain('> Zum Leinen:\n> https://www.brightloom.example/de-de/leinen');
    expect(text).toContain('Link: `https://www.brightloom.example/de-de/leinen?fcid=k1`');
    expect(text).toContain('Comment `77_1`, place 2 of 5');
    expect(text).toContain('| market-agrees | pass | all say de-DE |');
    expect(text).toContain('[open on the platform](https://facebook.example/77)');
  });

  test('say when an older text stands than would be written today', () => {
    expect(describeRun(withSurface({ olderText: true }))).toContain('An older text stands');
    expect(describeRun(STATE)).not.toContain('older');
  });

  test('say so where there is no text, no link, no comment and no verdict', () => {
    const text = describeRun(withSurface({ text: null, link: null, commentId: null, rules: [], permalink: null }));
    expect(text).toContain('> (no text)');
    expect(text).not.toMatch(/Link:|Comment|guardrail|open on the platform/);
    expect(describeRun({ ...STATE, marketId: null, patternId: null })).toMatch(/not decided[\s\S]*not chosen/);
  });

  test('are not broken by an ad’s name or a text', () => {
    const text = describeRun({ ...withSurface({ text: '<b>a | b</b>' }), adName: 'a | <script>' });
    expect(text).toContain('a \\| &lt;script>');
    expect(text).toContain('> &lt;b>a \\| b&lt;/b>');
    expect(text).not.toContain('<');
  });
});
