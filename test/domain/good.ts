import type { Brand, Copy } from '../../domain/brand.ts';
import { copyHash } from '../../domain/copy/hash.ts';
import type { AdSnapshot, OwnComment, Proposal, SurfaceFacts, SurfaceReading, ThreadReading } from '../../domain/facts.ts';
import { propose } from '../../domain/propose.ts';
import type { Surface, SurfaceKind } from '../../domain/surface.ts';

/** A brand with two markets, and facts under which every guardrail is kept. Tests break one thing and see who says so. */

const SLOTS = { days: 'text', price: 'money', until: 'date', link: 'link' } as const;

function copy(locale: string, capability: Copy['capability'], source: string): Copy {
  return {
    patternId: 'next-step',
    locale,
    version: 2,
    capability,
    source,
    hash: copyHash(source, SLOTS),
    place: `copy/${locale}.yaml:5:11`,
  };
}

export const BRAND: Brand = {
  id: 'testmarke',
  name: 'Testmarke',
  digest: 'd'.repeat(64),
  accounts: [{ platform: 'meta', accountId: 'act_1', name: 'Testmarke EU' }],
  identities: [
    { platform: 'meta', kind: 'facebook-page', identityId: '11', name: 'Testmarke DE', marketId: 'de-DE', linkedPageId: null },
    {
      platform: 'meta',
      kind: 'instagram-account',
      identityId: '12',
      name: 'testmarke_de',
      marketId: 'de-DE',
      linkedPageId: '11',
    },
    { platform: 'meta', kind: 'facebook-page', identityId: '21', name: 'Testmarke FR', marketId: 'fr-FR', linkedPageId: null },
    {
      platform: 'meta',
      kind: 'instagram-account',
      identityId: '22',
      name: 'testmarke_fr',
      marketId: 'fr-FR',
      linkedPageId: '21',
    },
  ],
  markets: [
    {
      id: 'de-DE',
      country: 'DE',
      language: 'de',
      currency: 'EUR',
      landing: [{ host: 'shop.example', pathPrefix: '/de/' }],
      values: {
        days: { type: 'text', text: '30' },
        price: { type: 'money', amount: '1299.50' },
        until: { type: 'date', day: '2026-12-31' },
      },
    },
    {
      id: 'fr-FR',
      country: 'FR',
      language: 'fr',
      currency: 'EUR',
      landing: [{ host: 'shop.example', pathPrefix: '/fr/' }],
      values: { days: { type: 'text', text: '30' } },
    },
  ],
  patterns: [
    { id: 'next-step', purpose: 'next-step', slots: SLOTS },
    { id: 'offer', purpose: 'what-the-offer-is', slots: SLOTS },
  ],
  patternChoice: {
    default: 'next-step',
    byCampaign: [
      { campaignName: '*_NONE_*', pattern: 'no-such-pattern' },
      { campaignName: '*_OFFER_*', pattern: 'offer' },
    ],
  },
  copy: [
    copy('de-DE', 'link', "Hier schreibt Testmarke, so wie's ist. {$days} Tage Rückgabe. {$link}"),
    copy('de-DE', 'no-link', 'Hier schreibt Testmarke. {$days} Tage Rückgabe.'),
    copy('fr-FR', 'link', "Ici Testmarke. {$days} jours pour l'essayer. {$link}"),
    copy('fr-FR', 'no-link', "Ici Testmarke. {$days} jours pour l'essayer."),
    { ...copy('de-DE', 'link', 'Hier schreibt Testmarke. Bis {$until} für {$price}. {$link}'), patternId: 'offer' },
  ],
  approvals: [],
  link: {
    parameters: [
      { name: 'utm_source', value: '{source}' },
      { name: 'utm_medium', value: 'paid' },
      { name: 'utm_campaign', value: 'first-comment-{market}' },
      { name: 'utm_content', value: 'fc_{pattern}_{version}' },
    ],
    keyParameter: 'fcid',
    sources: { 'facebook-post': 'facebook', 'instagram-media': 'instagram' },
  },
  policy: {
    commentPausedAds: { pipeline: true, backfill: false },
    multiCountry: 'skip',
    multiLanguage: 'skip',
    severities: {},
  },
  profiles: {
    sandbox: {
      name: 'sandbox',
      meta: {
        baseUrl: 'http://127.0.0.1:7070',
        graphVersion: 'v26.0',
        appId: '900100',
        appSecretEnv: 'A',
        systemUserTokenEnv: 'B',
        sendAdIdOnInstagram: true,
      },
      timingScale: 1,
    },
  },
};

export const SNAPSHOT: AdSnapshot = {
  ad: { platform: 'meta', accountId: 'act_1', adId: '101' },
  name: 'Leinen',
  state: 'active',
  campaign: { id: '301', name: 'DE_PROSPECTING_2026-11' },
  adSet: { id: '201', name: 'DE broad' },
  format: 'single',
  languages: null,
  specialCategories: [],
  commentLimits: {
    'facebook-post': { limited: null, setting: null },
    'instagram-media': { limited: null, setting: null },
  },
  partnership: null,
  targeting: { countries: ['DE'], countryGroups: [], locales: ['de-DE'] },
  placements: ['facebook/feed', 'facebook/story', 'instagram/stream'],
  landingUrls: [{ url: 'https://shop.example/de/leinen?color=blue#sizes', foundIn: 'link_data.link' }],
  urlTags: null,
  facebookPageId: '11',
  instagramAccountId: '12',
  pageBackedAccountId: null,
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
};

export function surfaceOf(kind: SurfaceKind = 'facebook-post'): Surface {
  return kind === 'facebook-post'
    ? { platform: 'meta', kind, surfaceId: '11_77', identityId: '11', permalink: null, dark: false }
    : { platform: 'meta', kind, surfaceId: '179001', identityId: '12', permalink: null, dark: null };
}

export function ownComment(fields: Partial<OwnComment> = {}): OwnComment {
  const createdAt = '2026-11-21T09:00:00Z';
  return { commentId: '11_77_1', text: 'Danke!', createdAt, hidden: false, applicationId: null, replies: 0, ...fields };
}

interface Changes {
  readonly kind?: SurfaceKind;
  readonly brand?: Brand;
  readonly snapshot?: Partial<AdSnapshot>;
  readonly surface?: Partial<Surface>;
  readonly reading?: Partial<SurfaceReading>;
  readonly thread?: Partial<ThreadReading>;
  /** Changes the proposal after it was made, as a forger or a defect would. */
  readonly proposal?: Partial<Proposal>;
  readonly facts?: Partial<SurfaceFacts>;
}

/** Facts in which all is well, but for the changes. The proposal is made from the changed snapshot and surface. */
export function factsWith({
  kind,
  brand = BRAND,
  snapshot,
  surface,
  reading,
  thread,
  proposal,
  facts,
}: Changes = {}): SurfaceFacts {
  const ad = { ...SNAPSHOT, ...snapshot };
  const on = { ...surfaceOf(kind), ...surface };
  const proposed = propose(ad, on, brand);
  return {
    gatheredAt: '2026-11-21T10:00:00Z',
    snapshot: ad,
    reading: { surface: on, commentsEnabled: true, identityPublished: true, ...reading },
    thread: { own: [], strangers: { count: 0, earliestAt: null }, complete: true, readAt: '2026-11-21T10:00:01Z', ...thread },
    otherAds: [],
    proposal: 'problem' in proposed ? proposed : { ...proposed, ...proposal },
    approval: { approvedBy: 'Head of Brand, Testmarke', approvedAt: '2026-11-16T09:30:00Z', expiresAt: null, revokedAt: null },
    knownCommentIds: [],
    attemptTexts: [],
    mode: 'pipeline',
    ...facts,
  };
}

/** The proposal that the good facts hold. */
export function proposalOf(facts: SurfaceFacts): Proposal {
  if ('problem' in facts.proposal) throw new Error(facts.proposal.problem);
  return facts.proposal;
}
