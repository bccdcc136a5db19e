import { describe, expect, test } from 'vitest';
import type { AdSnapshot, SurfaceFacts } from '../../domain/facts.ts';
import { judge } from '../../domain/judge.ts';
import { GUARDRAIL_IDS, GUARDRAILS } from '../../domain/rules/index.ts';
import { BRAND, factsWith, ownComment, SNAPSHOT } from './good.ts';
import { AUDIENCE } from './rules/audience-cases.ts';
import { APPROVAL, LINK, limited, OTHER_AD, offerAt } from './rules/cases.ts';
import { COPY_AND_LINK } from './rules/copy-and-link-cases.ts';
import { IDENTITY } from './rules/identity-cases.ts';
import { STATE_AND_THREAD } from './rules/state-and-thread-cases.ts';

const BROKEN = [...AUDIENCE, ...IDENTITY, ...COPY_AND_LINK, ...STATE_AND_THREAD];

describe('a guardrail', () => {
  test.each(BROKEN)('%s alone sees %s', (rule, _, facts, outcome, says) => {
    const judgement = judge(facts, BRAND);
    const objections = judgement.verdicts.filter(({ verdict }) => verdict !== 'pass');
    expect(objections.map((each) => each.rule)).toEqual([rule]);
    expect(objections[0]?.says).toMatch(says);
    expect(judgement.outcome).toBe(outcome);
    expect(judgement.verdict).toBe(outcome === null ? 'pass' : 'block');
  });

  test('exists in the list for every case here, and has a case here for every rule of the list', () => {
    expect(new Set(BROKEN.map(([rule]) => rule))).toEqual(new Set(GUARDRAIL_IDS));
    expect(new Set(GUARDRAIL_IDS).size).toBe(GUARDRAILS.length);
  });

  test.each(GUARDRAILS)('$id says what it protects, and what it found, in one sentence', ({ id, protects }) => {
    expect(protects).toMatch(/^[A-Z].*\.$/);
    const facts = [
      factsWith(),
      factsWith({ kind: 'instagram-media' }),
      ...BROKEN.filter(([rule]) => rule === id).map(([, , each]) => each),
    ];
    for (const each of facts) {
      const verdict = judge(each, BRAND).verdicts.find(({ rule }) => rule === id);
      expect(verdict?.says).toMatch(/^[A-Z].{10,}\.$/);
      expect(verdict?.says).not.toMatch(/undefined|null|\[object/);
    }
  });

  test('is hard exactly where copy, market, identity and link are at stake', () => {
    const hard = GUARDRAILS.filter((guardrail) => guardrail.hard);
    expect(hard.map(({ id }) => id).sort()).toEqual([
      'copy-approved',
      'identity-agrees',
      'known-ads-agree',
      'link-allowed',
      'market-agrees',
      'offer-not-over',
      'one-country',
      'one-language',
      'utm-complete',
    ]);
    for (const { severity, leadsTo } of hard) expect([severity, leadsTo]).toEqual(['block', 'blocked']);
  });
});

/** Facts that look odd and keep every rule all the same. */
const KEPT: readonly (readonly [what: string, facts: SurfaceFacts])[] = [
  ['an ad in which all is well', factsWith()],
  ['an offer on its last day, a second before it ends', offerAt('2026-12-31T22:59:59Z')],
  ['its Instagram side', factsWith({ kind: 'instagram-media' })],
  [
    'an ad that names one country twice',
    factsWith({ snapshot: { targeting: { ...SNAPSHOT.targeting, countries: ['DE', 'DE'] } } }),
  ],
  ['an ad whose rules name one language', factsWith({ snapshot: { languages: { tags: ['de', 'de-DE'], default: 'de-DE' } } })],
  ['limits on the other side', factsWith({ snapshot: { commentLimits: limited('instagram-media', 'TAGGED', true) } })],
  ['an ad that comments are open on', factsWith({ snapshot: { commentLimits: limited('facebook-post', 'PUBLIC', false) } })],
  ['an ad set without languages', factsWith({ snapshot: { targeting: { countries: ['DE'], countryGroups: [], locales: [] } } })],
  ['a creative that names no identity', factsWith({ snapshot: { facebookPageId: null, instagramAccountId: null } })],
  ['another ad of the same market', factsWith({ facts: { otherAds: [{ ...OTHER_AD, marketId: 'de-DE' }] } })],
  ['an approval that ends later', factsWith({ facts: { approval: { ...APPROVAL, expiresAt: '2026-11-21T10:00:01Z' } } })],
  ['our own comment by its id', factsWith({ thread: { own: [ownComment()] }, facts: { knownCommentIds: ['11_77_1'] } })],
  ['our own comment by its key', factsWith({ thread: { own: [ownComment({ text: `Alt: ${LINK}`, applicationId: '900100' })] } })],
  [
    'strangers after our own comment',
    factsWith({ thread: { own: [ownComment({ text: LINK })], strangers: { count: 9, earliestAt: '2026-11-20T08:00:00Z' } } }),
  ],
  [
    'a landing page at the very prefix',
    factsWith({ snapshot: { landingUrls: [{ url: 'https://shop.example/de', foundIn: 'x' }] } }),
  ],
];

test.each(KEPT)('all guardrails let %s pass', (_, facts) => {
  const judgement = judge(facts, BRAND);
  expect(judgement.verdicts.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  expect(judgement.verdicts.map(({ rule }) => rule)).toEqual(GUARDRAIL_IDS);
  expect(judgement).toMatchObject({ verdict: 'pass', outcome: null });
});

const UNCLEAR: readonly (readonly [rule: string, what: string, facts: SurfaceFacts])[] = [
  ['commentable', 'a platform that does not say whether comments are on', factsWith({ reading: { commentsEnabled: null } })],
  [
    'commentable',
    'a platform that does not say whether the Page is published',
    factsWith({ reading: { identityPublished: null } }),
  ],
  [
    'commentable',
    'a setting for comments that nobody knows',
    factsWith({ snapshot: { commentLimits: limited('facebook-post', 'NEW', null) } }),
  ],
  [
    'one-language',
    'a targeted language that nobody here knows',
    factsWith({ snapshot: { targeting: { ...SNAPSHOT.targeting, locales: ['own:7'] } } }),
  ],
  ['identity-agrees', 'a surface whose owner only the creative names', factsWith({ surface: { identityId: null } })],
  ['ours-not-there', 'a thread that could not be read whole', factsWith({ thread: { complete: false } })],
];

test.each(UNCLEAR)('%s alone leaves %s to a person', (rule, _, facts) => {
  const judgement = judge(facts, BRAND);
  expect(judgement.verdicts.filter(({ verdict }) => verdict !== 'pass')).toMatchObject([{ rule, verdict: 'hold' }]);
  expect(judgement).toMatchObject({ verdict: 'hold', outcome: null });
});

test.each(GUARDRAILS.flatMap(({ id, needs = [] }) => needs.map((field) => [id, field] as const)))(
  '%s blocks facts of an older release that lack %s, and says what to do',
  (id, field) => {
    const facts = factsWith();
    const { [field]: _, ...old } = facts.snapshot;
    const judgement = judge({ ...facts, snapshot: old as AdSnapshot }, BRAND);
    const objections = judgement.verdicts.filter(({ verdict }) => verdict !== 'pass');
    expect(objections.map(({ rule }) => rule)).toEqual([id]);
    expect(objections[0]?.says).toBe(
      `The rule ${id} could not be checked: an older release recorded these facts, without ${field}; start the ad's run again.`,
    );
  },
);
