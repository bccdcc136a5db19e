import { describe, expect, test } from 'vitest';
import type { Brand } from '../../domain/brand.ts';
import type { AdSnapshot, AdState, Proposal, SurfaceFacts } from '../../domain/facts.ts';
import { sha256Hex } from '../../domain/hash.ts';
import { judge } from '../../domain/judge.ts';
import { decideMarket } from '../../domain/market.ts';
import type { Outcome } from '../../domain/outcome.ts';
import { GUARDRAIL_IDS, GUARDRAILS } from '../../domain/rules/index.ts';
import type { SurfaceKind } from '../../domain/surface.ts';
import { surfaceKey } from '../../domain/surface-key.ts';
import { BRAND, factsWith, ownComment, proposalOf, SNAPSHOT, surfaceOf } from './good.ts';

const LINK = proposalOf(factsWith()).link ?? '';
const KEY = surfaceKey(BRAND.id, surfaceOf());

/** A proposal whose text carries another link than the one that was built, consistently in text, bytes and field. */
function withLink(link: string): Partial<Proposal> {
  const text = proposalOf(factsWith()).text.replace(LINK, () => link);
  return { link, text, bytesHash: sha256Hex(text) };
}

function withText(text: string): Partial<Proposal> {
  return { text, bytesHash: sha256Hex(text) };
}

/** An ad that says something else than the proposal it got. */
function mismatch(snapshot: Partial<AdSnapshot>): SurfaceFacts {
  return factsWith({ snapshot, facts: { proposal: proposalOf(factsWith()) } });
}

/** What the ad set says of comments on one kind of surface. */
function limited(kind: SurfaceKind, setting: string, limits: boolean | null): AdSnapshot['commentLimits'] {
  return { ...SNAPSHOT.commentLimits, [kind]: { limited: limits, setting } };
}

/** The offer that ends on 31 December, at a moment. */
function offerAt(gatheredAt: string): SurfaceFacts {
  return factsWith({ snapshot: { campaign: { id: '301', name: 'DE_OFFER_2026-12' } }, facts: { gatheredAt } });
}

const APPROVAL = { approvedBy: 'Head of Brand', approvedAt: '2026-11-16T09:30:00Z', expiresAt: null, revokedAt: null };
const OTHER_AD = {
  ad: { platform: 'meta', accountId: 'act_2', adId: '900' },
  campaignId: '1',
  marketId: 'fr-FR',
  marketState: 'found',
} as const;

/**
 * Facts that break exactly one rule, each with the outcome it leads to. Because nothing else is broken, a rule that is
 * taken from the list turns its cases red.
 */
const BROKEN: readonly (readonly [rule: string, what: string, facts: SurfaceFacts, outcome: Outcome | null, says: RegExp])[] = [
  ['copy-approved', 'a text that nobody approved', factsWith({ facts: { approval: null } }), 'blocked', /not been approved/],
  [
    'copy-approved',
    'an approval that was revoked',
    factsWith({ facts: { approval: { ...APPROVAL, revokedAt: '2026-11-20T00:00:00Z' } } }),
    'blocked',
    /revoked/,
  ],
  [
    'copy-approved',
    'an approval that has expired',
    factsWith({ facts: { approval: { ...APPROVAL, expiresAt: '2026-11-21T09:59:59Z' } } }),
    'blocked',
    /expired/,
  ],
  [
    'copy-approved',
    'an approval that ends at this very moment',
    factsWith({ facts: { approval: { ...APPROVAL, expiresAt: '2026-11-21T10:00:00Z' } } }),
    'blocked',
    /expired/,
  ],
  [
    'copy-approved',
    'an approval whose end cannot be read',
    factsWith({ facts: { approval: { ...APPROVAL, expiresAt: 'soon' } } }),
    'blocked',
    /expired/,
  ],
  [
    'copy-approved',
    'bytes that differ from the text',
    factsWith({ proposal: { bytesHash: sha256Hex('other') } }),
    'blocked',
    /differs from the bytes/,
  ],
  [
    'copy-approved',
    'a text that the brand folder no longer holds',
    factsWith({ proposal: { copyHash: sha256Hex('old') } }),
    'blocked',
    /not what the brand folder says/,
  ],
  [
    'offer-not-over',
    'an offer whose last day has just ended',
    offerAt('2026-12-31T23:00:00Z'),
    'blocked',
    /last day that has ended everywhere in DE: until 2026-12-31/,
  ],
  ['offer-not-over', 'an offer that ended long ago', offerAt('2028-02-29T12:00:00Z'), 'blocked', /until 2026-12-31/],
  ['offer-not-over', 'an offer of which nobody knows the time', offerAt('soon'), 'blocked', /not known when/],
  [
    'known-ads-agree',
    'another ad of another market on the same surface',
    factsWith({ facts: { otherAds: [OTHER_AD] } }),
    'blocked',
    /also serves meta\/act_2\/900 \(fr-FR\)/,
  ],
  [
    'known-ads-agree',
    'another ad on the same surface of which nobody knows the market yet',
    factsWith({ facts: { otherAds: [{ ...OTHER_AD, marketId: null, marketState: 'unknown' }] } }),
    'blocked',
    /also serves meta\/act_2\/900, whose market is not clear/,
  ],
  [
    'known-ads-agree',
    'one ad of another market among several of the same',
    factsWith({
      facts: { otherAds: [{ ...OTHER_AD, ad: { ...OTHER_AD.ad, adId: '899' }, marketId: 'de-DE' }, OTHER_AD] },
    }),
    'blocked',
    /speaks for de-DE, but the same surface also serves meta\/act_2\/900 \(fr-FR\)/,
  ],
  [
    'known-ads-agree',
    'another ad on the same surface whose own market is not clear',
    factsWith({ facts: { otherAds: [{ ...OTHER_AD, marketId: null, marketState: 'unclear' }] } }),
    'blocked',
    /also serves meta\/act_2\/900, whose market is not clear/,
  ],
  [
    'market-agrees',
    'a proposed text of another language',
    factsWith({ proposal: { locale: 'fr-FR', copyHash: BRAND.copy[2]?.hash ?? '' } }),
    'blocked',
    /de-DE, but the proposed text is for fr-FR/,
  ],
  [
    'market-agrees',
    'a targeted country of another market',
    mismatch({ targeting: { ...SNAPSHOT.targeting, countries: ['FR'] } }),
    'blocked',
    /country \(FR\) fits fr-FR/,
  ],
  [
    'one-country',
    'several targeted countries',
    mismatch({ targeting: { ...SNAPSHOT.targeting, countries: ['DE', 'AT'] } }),
    'blocked',
    /several countries \(AT, DE\)/,
  ],
  [
    'one-country',
    'a group of countries',
    mismatch({ targeting: { ...SNAPSHOT.targeting, countryGroups: ['europe'] } }),
    'blocked',
    /country group europe/,
  ],
  [
    'market-agrees',
    'no targeted country',
    mismatch({ targeting: { ...SNAPSHOT.targeting, countries: [] } }),
    'blocked',
    /names no country/,
  ],
  [
    'market-agrees',
    'a targeted language of another market',
    mismatch({ targeting: { ...SNAPSHOT.targeting, locales: ['fr-FR'] } }),
    'blocked',
    /language \(fr-FR\) fits fr-FR/,
  ],
  [
    'one-language',
    'words in one language for an ad set that targets two',
    mismatch({
      languages: { tags: ['de-DE'], default: 'de-DE' },
      targeting: { ...SNAPSHOT.targeting, locales: ['de-DE', 'fr-FR'] },
    }),
    'blocked',
    /speaks de-DE, but the ad set targets de-DE, fr-FR/,
  ],
  [
    'one-language',
    'several targeted languages',
    mismatch({ targeting: { ...SNAPSHOT.targeting, locales: ['de-DE', 'fr-FR'] } }),
    'blocked',
    /several languages/,
  ],
  [
    'market-agrees',
    'a landing page on a foreign host',
    mismatch({ landingUrls: [{ url: 'https://outlet.example/de/', foundIn: 'x' }] }),
    'blocked',
    /fits no market/,
  ],
  [
    'market-agrees',
    'a second landing page in another market',
    mismatch({ landingUrls: [...SNAPSHOT.landingUrls, { url: 'https://shop.example/fr/', foundIn: 'x' }] }),
    'blocked',
    /fits no market/,
  ],
  ['market-agrees', 'no landing page', mismatch({ landingUrls: [] }), 'blocked', /names no landing page/],
  [
    'identity-agrees',
    'a surface of another Page than the ad names',
    factsWith({ snapshot: { facebookPageId: '999' } }),
    'blocked',
    /names Page 999, but the surface belongs to 11/,
  ],
  [
    'identity-agrees',
    'an Instagram account of another than the ad names',
    factsWith({ kind: 'instagram-media', snapshot: { instagramAccountId: '99' } }),
    'blocked',
    /names Instagram account 99/,
  ],
  [
    'identity-agrees',
    'a surface owned by an identity of another kind',
    factsWith({ kind: 'instagram-media', surface: { identityId: '11' }, snapshot: { instagramAccountId: null } }),
    'blocked',
    /Instagram account 11 is not one of/,
  ],
  [
    'link-allowed',
    'a link over plain http',
    factsWith({ proposal: withLink(LINK.replace('https:', 'http:')) }),
    'blocked',
    /not a plain https/,
  ],
  [
    'link-allowed',
    'a link to a foreign host',
    factsWith({ proposal: withLink(LINK.replace('shop.example', 'outlet.example')) }),
    'blocked',
    /which is not a landing page of de-DE/,
  ],
  [
    'link-allowed',
    'a link to a host that only begins like ours',
    factsWith({ proposal: withLink(LINK.replace('shop.example', 'shop.example.evil.example')) }),
    'blocked',
    /not a landing page/,
  ],
  [
    'link-allowed',
    'a link to the pages of another market',
    factsWith({ proposal: withLink(LINK.replace('/de/', '/fr/')) }),
    'blocked',
    /not a landing page/,
  ],
  [
    'link-allowed',
    'a path that climbs out of its market',
    factsWith({ proposal: withLink(LINK.replace('/de/', '/de/../fr/')) }),
    'blocked',
    /not a landing page/,
  ],
  [
    'link-allowed',
    'a path that only begins like the market',
    factsWith({ proposal: withLink(LINK.replace('/de/', '/deluxe/')) }),
    'blocked',
    /not a landing page/,
  ],
  [
    'link-allowed',
    'a link text without any link',
    factsWith({ proposal: { link: null, ...withText('Hier schreibt Testmarke.') } }),
    'blocked',
    /needs a link but has none/,
  ],
  [
    'link-allowed',
    'another port',
    factsWith({ proposal: withLink(LINK.replace('shop.example', 'shop.example:8443')) }),
    'blocked',
    /not a landing page/,
  ],
  [
    'link-allowed',
    'a user name in the link',
    factsWith({ proposal: withLink(LINK.replace('https://', 'https://shop.example@')) }),
    'blocked',
    /not a plain https/,
  ],
  [
    'link-allowed',
    'a second link in the text',
    factsWith({ proposal: withText(`${proposalOf(factsWith()).text} www.other.example`) }),
    'blocked',
    /exactly the one link/,
  ],
  [
    'link-allowed',
    'a text without the link that was built',
    factsWith({ proposal: withText('Hier schreibt Testmarke.') }),
    'blocked',
    /exactly the one link/,
  ],
  [
    'link-allowed',
    'an address in a no-link text',
    factsWith({ kind: 'instagram-media', proposal: withText('Mehr auf https://shop.example/de/') }),
    'blocked',
    /no-link text names/,
  ],
  [
    'link-allowed',
    'an address without a scheme in a no-link text',
    factsWith({ kind: 'instagram-media', proposal: withText('Mehr auf shop.example/de/ und im Laden.') }),
    'blocked',
    /no-link text names the address shop\.example\/de\//,
  ],
  [
    'utm-complete',
    'a parameter that is missing',
    factsWith({ proposal: withLink(LINK.replace('utm_medium=paid&', '')) }),
    'blocked',
    /lacks the parameter utm_medium/,
  ],
  [
    'utm-complete',
    'a parameter with another value',
    factsWith({ proposal: withLink(LINK.replace('utm_source=facebook', 'utm_source=instagram')) }),
    'blocked',
    /utm_source=instagram where facebook belongs/,
  ],
  [
    'utm-complete',
    'an upper-case value',
    factsWith({ proposal: withLink(LINK.replace('utm_medium=paid', 'utm_medium=Paid')) }),
    'blocked',
    /utm_medium=Paid where paid belongs/,
  ],
  [
    'utm-complete',
    'a parameter that is there twice',
    factsWith({ proposal: withLink(`${LINK.replace('#sizes', '')}&utm_medium=paid`) }),
    'blocked',
    /more than once/,
  ],
  [
    'utm-complete',
    'the key of another surface',
    factsWith({ proposal: withLink(LINK.replace(KEY, 'abcdefghjkmn')) }),
    'blocked',
    /fcid=abcdefghjkmn/,
  ],
  [
    'utm-complete',
    'a macro in the link',
    factsWith({ proposal: withLink(LINK.replace('color=blue', 'ad={{ad.id}}')) }),
    'blocked',
    /macro/,
  ],
  [
    'one-language',
    'an ad that speaks several languages on one post',
    mismatch({ languages: { tags: ['de-DE', 'fr-FR'], default: 'de-DE' } }),
    'blocked',
    /several languages on one post \(de-DE, fr-FR\)/,
  ],
  [
    'one-language',
    'an ad that is translated from a language that nobody names',
    mismatch({ languages: { tags: ['de'], default: null } }),
    'blocked',
    /several languages on one post \(de\)/,
  ],
  [
    'special-category',
    'an ad of a special category',
    factsWith({ snapshot: { specialCategories: ['credit', 'housing'] } }),
    'blocked',
    /special category: credit, housing/,
  ],
  ['ad-state', 'an archived ad', factsWith({ snapshot: { state: 'archived' } }), 'not-commentable', /archived/],
  ['ad-state', 'a deleted ad', factsWith({ snapshot: { state: 'deleted' } }), 'not-commentable', /deleted/],
  ['ad-state', 'a disapproved ad', factsWith({ snapshot: { state: 'disapproved' } }), 'not-commentable', /disapproved/],
  ['ad-state', 'an ad in process', factsWith({ snapshot: { state: 'in-process' } }), 'not-commentable', /processing/],
  [
    'ad-state',
    'a paused ad in a backfill',
    factsWith({ snapshot: { state: 'campaign-paused' }, facts: { mode: 'backfill' } }),
    'not-commentable',
    /policy for a backfill leaves/,
  ],
  ['commentable', 'comments that are off', factsWith({ reading: { commentsEnabled: false } }), 'not-commentable', /switched off/],
  [
    'commentable',
    'an ad set that limits who may comment',
    factsWith({ snapshot: { commentLimits: limited('facebook-post', 'TAGGED', true) } }),
    'not-commentable',
    /limits who may comment here \(TAGGED\)/,
  ],
  [
    'commentable',
    'an identity that is not published',
    factsWith({ reading: { identityPublished: false } }),
    'not-commentable',
    /not published/,
  ],
  [
    'ours-not-there',
    'a comment that the brand wrote by hand',
    factsWith({ thread: { own: [ownComment()] } }),
    'covered-by-brand',
    /by hand/,
  ],
  [
    'ours-not-there',
    "another app's copy of our text",
    factsWith({ thread: { own: [ownComment({ text: `x ${LINK}`, applicationId: '5' })] } }),
    'covered-by-brand',
    /by hand/,
  ],
  [
    'first-in-thread',
    'strangers before us',
    factsWith({ thread: { strangers: { count: 3, earliestAt: '2026-11-20T08:00:00Z' } } }),
    null,
    /before us/,
  ],
];

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
  ['identity-agrees', 'a surface whose owner only the creative names', factsWith({ surface: { identityId: null } })],
  ['ours-not-there', 'a thread that could not be read whole', factsWith({ thread: { complete: false } })],
];

test.each(UNCLEAR)('%s alone leaves %s to a person', (rule, _, facts) => {
  const judgement = judge(facts, BRAND);
  expect(judgement.verdicts.filter(({ verdict }) => verdict !== 'pass')).toMatchObject([{ rule, verdict: 'hold' }]);
  expect(judgement).toMatchObject({ verdict: 'hold', outcome: null });
});

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

test('an ad whose market is not clear gets no proposal and is blocked', () => {
  const landingUrls = [{ url: 'https://outlet.example/de/', foundIn: 'x' }];
  const judgement = judge(factsWith({ snapshot: { ...SNAPSHOT, landingUrls } }), BRAND);
  expect(judgement).toMatchObject({ verdict: 'block', outcome: 'blocked' });
  const market = judgement.verdicts.find(({ rule }) => rule === 'market-agrees');
  expect(market?.says).toMatch(/targeted country \(DE\) fits de-DE.*landing page \(outlet\.example\/de\/\) fits no market/);
});

describe('a rule that is broken together with another one', () => {
  function saysOf(rule: string, facts: SurfaceFacts, brand: Brand = BRAND): string | undefined {
    return judge(facts, brand).verdicts.find((each) => each.rule === rule && each.verdict === 'block')?.says;
  }

  test('identity-agrees sees an identity of another market', () => {
    const identityId = '21';
    const facts = factsWith({
      surface: { identityId },
      snapshot: { facebookPageId: identityId },
      facts: { proposal: proposalOf(factsWith()) },
    });
    expect(saysOf('identity-agrees', facts)).toMatch(/Testmarke FR speaks for fr-FR, but the ad is for de-DE/);
  });

  test('identity-agrees sees an Instagram account that the brand knows only as a Page', () => {
    const facts = factsWith({ kind: 'instagram-media', surface: { identityId: '11' }, snapshot: { instagramAccountId: null } });
    expect(saysOf('identity-agrees', facts)).toMatch(/not one of Testmarke's identities/);
  });

  test('identity-agrees sees a surface of which nobody knows whose it is', () => {
    const proposal = proposalOf(factsWith());
    const facts = factsWith({ surface: { identityId: null }, snapshot: { facebookPageId: null }, facts: { proposal } });
    expect(saysOf('identity-agrees', facts)).toMatch(/Nothing tells which Page/);
    expect(saysOf('market-agrees', facts)).toMatch(/nothing tells which Page/);
  });

  test('copy-approved sees a text that the brand folder holds in another language only', () => {
    expect(saysOf('copy-approved', factsWith({ proposal: { locale: 'fr-FR' } }))).toMatch(/not what the brand folder says/);
  });

  test('link-allowed sees a link that a no-link text must not have', () => {
    const proposal = { link: LINK, ...withText(`Mehr hier: ${LINK}`) };
    expect(saysOf('link-allowed', factsWith({ kind: 'instagram-media', proposal }))).toMatch(/must not have a link/);
  });

  test.each([
    ['a value that is not literal', 'utm_medium', 'Paid', /Paid is not a literal/],
    ['a template without utm_medium', 'medium', 'paid', /lacks one of utm_source, utm_medium/],
  ])('utm-complete sees %s, also when the link follows the template', (_, name, value, says) => {
    const parameters = BRAND.link.parameters.map((each) => (each.name === 'utm_medium' ? { name, value } : each));
    const brand = { ...BRAND, link: { ...BRAND.link, parameters } };
    const link = LINK.replace('utm_medium=paid', `${name}=${value}`);
    expect(saysOf('utm-complete', factsWith({ proposal: withLink(link) }), brand)).toMatch(says);
  });
});
