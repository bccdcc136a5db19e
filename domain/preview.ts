import type { Brand, Copy, Identity, Market } from './brand.ts';
import { CAPABILITY_OF } from './capability.ts';
import { type ApprovalState, approvalOf } from './copy/approval.ts';
import type { AdSnapshot, NoProposal, Proposal } from './facts.ts';
import { propose } from './propose.ts';
import { SURFACE_KINDS, type Surface, type SurfaceKind } from './surface.ts';

/** The comment that a pattern gives in a market on one kind of surface, for an ad as the brand would like it. */
export interface PreviewedComment {
  readonly patternId: string;
  readonly marketId: string;
  readonly kind: SurfaceKind;
  /** Who speaks; `null` when no identity of the market can. */
  readonly speaker: Identity | null;
  /** What a run would propose; the key in its link is that of a surface that does not exist. */
  readonly proposal: Proposal | NoProposal;
  /** The text that it comes from; `null` when the folder has none. */
  readonly copy: Copy | null;
  readonly approval: ApprovalState;
}

/**
 * Every pattern in every market on every kind of surface, in the folder's order, made by the code that makes the real ones.
 * `now` in milliseconds since 1970 decides whether an approval still holds.
 */
export function previewComments(brand: Brand, now: number): readonly PreviewedComment[] {
  return brand.patterns.flatMap(({ id: patternId }) =>
    brand.markets.flatMap((market) => SURFACE_KINDS.map((kind) => previewOf({ brand, market, patternId, kind, now }))),
  );
}

interface Wanted {
  readonly brand: Brand;
  readonly market: Market;
  readonly patternId: string;
  readonly kind: SurfaceKind;
  readonly now: number;
}

function previewOf({ brand, market, patternId, kind, now }: Wanted): PreviewedComment {
  const speaker = speakerOf(brand, market, kind);
  const copy = brand.copy.find(
    (each) => each.patternId === patternId && each.locale === market.id && each.capability === CAPABILITY_OF[kind],
  );
  return {
    patternId,
    marketId: market.id,
    kind,
    speaker,
    proposal: speaker === null ? noSpeaker(market, kind) : proposeFor({ brand, market, patternId, kind, speaker }),
    copy: copy ?? null,
    approval: copy ? approvalOf(copy, brand.approvals, now) : { kind: 'none' },
  };
}

function speakerOf({ identities }: Brand, market: Market, kind: SurfaceKind): Identity | null {
  const wanted: Identity['kind'] = kind === 'facebook-post' ? 'facebook-page' : 'instagram-account';
  return identities.find((each) => each.kind === wanted && each.marketId === market.id) ?? null;
}

function noSpeaker({ id }: Market, kind: SurfaceKind): NoProposal {
  const who = kind === 'facebook-post' ? 'Facebook Page' : 'Instagram account';
  return { problem: `No ${who} speaks for ${id} in identities.yaml, so nothing is published there.` };
}

interface Spoken extends Omit<Wanted, 'now'> {
  readonly speaker: Identity;
}

function proposeFor({ brand, market, patternId, kind, speaker }: Spoken): Proposal | NoProposal {
  const surface: Surface = {
    platform: speaker.platform,
    kind,
    surfaceId: `preview-${kind}-${market.id}`,
    identityId: speaker.identityId,
    permalink: null,
    dark: null,
  };
  // The pattern is asked for, whatever the names of campaigns would choose.
  const asked: Brand = { ...brand, patternChoice: { default: patternId, byCampaign: [] } };
  return propose(adIn(market, brand, speaker), surface, asked);
}

/** An ad about which nothing is in doubt: one country, one language, the market's first landing page. */
function adIn(market: Market, { accounts }: Brand, { identityId, kind, linkedPageId, platform }: Identity): AdSnapshot {
  const [page] = market.landing;
  const unlimited = { limited: null, setting: null };
  return {
    ad: { platform, accountId: accounts[0]?.accountId ?? '', adId: '0' },
    name: 'preview',
    state: 'active',
    campaign: { id: '0', name: 'preview' },
    adSet: { id: '0', name: 'preview' },
    format: 'single',
    languages: null,
    specialCategories: [],
    commentLimits: { 'facebook-post': unlimited, 'instagram-media': unlimited },
    partnership: null,
    targeting: { countries: [market.country], countryGroups: [], locales: [market.id] },
    placements: null,
    landingUrls: page ? [{ url: `https://${page.host}${page.pathPrefix}`, foundIn: 'markets.yaml' }] : [],
    urlTags: null,
    facebookPageId: kind === 'facebook-page' ? identityId : linkedPageId,
    instagramAccountId: kind === 'instagram-account' ? identityId : null,
    pageBackedAccountId: null,
    timeZone: 'UTC',
    currency: market.currency,
  };
}
