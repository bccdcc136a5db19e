import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Brand } from '../../domain/brand.ts';
import type { AdSnapshot, AdState, SurfaceFacts } from '../../domain/facts.ts';
import type { Guardrail } from '../../domain/guardrail.ts';
import { judge, severityOf } from '../../domain/judge.ts';
import { OUTCOMES } from '../../domain/outcome.ts';
import { GUARDRAILS } from '../../domain/rules/index.ts';
import type { Severity } from '../../domain/verdict.ts';
import { BRAND, factsWith, ownComment, proposalOf } from './good.ts';

const LATE = { strangers: { count: 2, earliestAt: '2026-11-20T08:00:00Z' } };

function withSeverity(rule: string, brand: Severity | undefined, markets: Readonly<Record<string, Severity>> = {}): Brand {
  const chosen = { ...(brand ? { brand } : {}), markets };
  return { ...BRAND, policy: { ...BRAND.policy, severities: { [rule]: chosen } } };
}

function rule(fields: Partial<Guardrail>): Guardrail {
  return {
    id: 'planted',
    protects: 'Nothing.',
    hard: false,
    severity: 'block',
    leadsTo: 'blocked',
    check: () => ({ kept: false, says: 'Planted.', evidence: {} }),
    ...fields,
  };
}

describe('the severity of a soft rule', () => {
  test.each([
    ["the rule's own", BRAND, 'note', 'pass'],
    ["the brand's", withSeverity('first-in-thread', 'hold'), 'hold', 'hold'],
    ["the market's before the brand's", withSeverity('first-in-thread', 'note', { 'de-DE': 'block' }), 'block', 'block'],
    ["never another market's", withSeverity('first-in-thread', undefined, { 'fr-FR': 'block' }), 'note', 'pass'],
  ] as const)('is %s', (_, brand, verdict, whole) => {
    const judgement = judge(factsWith({ thread: LATE, brand }), brand);
    expect(judgement.verdicts.find((each) => each.rule === 'first-in-thread')?.verdict).toBe(verdict);
    expect(judgement.verdict).toBe(whole);
  });

  test('never falls below what the rule allows, whatever the brand says', () => {
    const brand = withSeverity('ad-state', 'note');
    expect(judge(factsWith({ snapshot: { state: 'archived' }, brand }), brand).verdict).toBe('hold');
  });
});

test('a comment that the brand wrote by hand cannot be released past: the surface is covered, whatever the brand says', () => {
  const brand = withSeverity('ours-not-there', 'hold', { 'de-DE': 'hold' });
  expect(judge(factsWith({ thread: { own: [ownComment({ commentId: '1' })] }, brand }), brand)).toMatchObject({
    verdict: 'block',
    outcome: 'covered-by-brand',
  });
});

describe('a hard rule', () => {
  const severity = fc.constantFrom<Severity>('note', 'hold', 'block');

  test('keeps its severity, whatever the brand says', () => {
    fc.assert(
      fc.property(fc.constantFrom(...GUARDRAILS.filter(({ hard }) => hard)), severity, severity, (guardrail, brand, market) => {
        const chosen = withSeverity(guardrail.id, brand, { 'de-DE': market });
        expect(severityOf(guardrail, chosen, 'de-DE')).toBe('block');
      }),
    );
  });

  /** Each breaks one hard rule; any number of them together, under any policy, must block. */
  const BREAKS: readonly ((facts: SurfaceFacts) => SurfaceFacts)[] = [
    (facts) => ({ ...facts, approval: null }),
    (facts) => ({ ...facts, proposal: { problem: 'There is no text.' } }),
    (facts) => withSnapshot(facts, { targeting: { countries: ['FR'], countryGroups: [], locales: [] } }),
    (facts) => withSnapshot(facts, { landingUrls: [{ url: 'https://outlet.example/', foundIn: 'x' }] }),
    (facts) => ({ ...facts, reading: { ...facts.reading, surface: { ...facts.reading.surface, identityId: '999' } } }),
    (facts) => withProposal(facts, 'https://outlet.example/de/'),
    (facts) => withProposal(facts, 'https://shop.example/de/'),
  ];

  function withSnapshot(facts: SurfaceFacts, snapshot: Partial<AdSnapshot>): SurfaceFacts {
    return { ...facts, snapshot: { ...facts.snapshot, ...snapshot } };
  }

  function withProposal(facts: SurfaceFacts, link: string): SurfaceFacts {
    return 'problem' in facts.proposal ? facts : { ...facts, proposal: { ...facts.proposal, link } };
  }

  test('that is broken never lets the surface pass or be held, whatever else is true', () => {
    const policies = fc.dictionary(fc.constantFrom(...GUARDRAILS.map(({ id }) => id)), fc.record({ brand: severity }));
    fc.assert(
      fc.property(fc.subarray([...BREAKS], { minLength: 1 }), policies, fc.boolean(), (breaks, severities, late) => {
        const brand = { ...BRAND, policy: { ...BRAND.policy, severities } };
        const start = factsWith(late ? { thread: LATE, brand } : { brand });
        const judgement = judge(
          breaks.reduce((facts, breakIt) => breakIt(facts), start),
          brand,
        );
        expect(judgement).toMatchObject({ verdict: 'block', outcome: 'blocked' });
      }),
    );
  });
});

describe('a judgement', () => {
  test('blocks when a rule throws, and says why', () => {
    const throwing = rule({
      id: 'sick',
      leadsTo: 'not-commentable',
      severity: 'note',
      check: () => {
        throw new Error('no such field');
      },
    });
    const judgement = judge(factsWith(), BRAND, [...GUARDRAILS, throwing]);
    expect(judgement).toMatchObject({ verdict: 'block', outcome: 'not-commentable' });
    expect(judgement.verdicts.at(-1)?.says).toBe('The rule sick could not be checked: no such field.');
  });

  test('leads to the worst outcome of the rules that block, and to none when none does', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ leadsTo: fc.constantFrom(...OUTCOMES), severity: fc.constantFrom<Severity>('note', 'hold', 'block') }),
        ),
        (planted) => {
          const judgement = judge(
            factsWith(),
            BRAND,
            planted.map((fields, at) => rule({ id: `planted-${at}`, ...fields })),
          );
          const blocking = planted.filter(({ severity: each }) => each === 'block').map(({ leadsTo }) => leadsTo);
          expect(judgement.outcome).toBe(OUTCOMES.find((outcome) => blocking.includes(outcome)) ?? null);
          const held = planted.some(({ severity: each }) => each === 'hold');
          expect(judgement.verdict).toBe(blocking.length > 0 ? 'block' : held ? 'hold' : 'pass');
        },
      ),
    );
  });

  test('follows the outcome that a finding names before the one of its rule', () => {
    const planted = rule({ check: () => ({ kept: false, says: 'Planted.', evidence: {}, leadsTo: 'refused' }) });
    expect(judge(factsWith(), BRAND, [planted]).outcome).toBe('refused');
  });

  test('is the same for the same facts, also after they went through JSON', () => {
    const facts = factsWith({ thread: { own: [ownComment()], ...LATE } });
    expect(judge(JSON.parse(JSON.stringify(facts)), BRAND)).toEqual(judge(facts, BRAND));
  });
});

describe('the digest of a release', () => {
  const held = withSeverity('first-in-thread', 'hold');
  const digest = (changes: Parameters<typeof factsWith>[0]) =>
    judge(factsWith({ thread: LATE, brand: held, ...changes }), held).releaseDigest;

  test('does not bind times and counts', () => {
    const later = digest({
      thread: { strangers: { count: 7, earliestAt: '2026-11-19T08:00:00Z' } },
      facts: { gatheredAt: '2026-11-21T11:00:00Z' },
    });
    expect(later).toBe(digest({}));
  });

  test('binds the bytes, the surface, and which rules were held', () => {
    const others = [
      digest({ proposal: { bytesHash: proposalOf(factsWith({ kind: 'instagram-media' })).bytesHash } }),
      digest({ surface: { surfaceId: '11_78' }, facts: { proposal: proposalOf(factsWith()) } }),
      digest({ thread: {} }),
    ];
    expect(new Set([digest({}), ...others]).size).toBe(4);
  });

  test('binds the evidence of the held rules and of no other', () => {
    const held = withSeverity('ad-state', 'hold');
    const of = (state: AdState, brand: Brand) => judge(factsWith({ snapshot: { state }, brand }), brand).releaseDigest;
    expect(of('archived', held)).not.toBe(of('deleted', held));
    expect(of('archived', BRAND)).toBe(of('deleted', BRAND));
  });
});
