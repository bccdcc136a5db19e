import type { Identity } from '../brand.ts';
import type { Guardrail } from '../guardrail.ts';
import { agreeOnMarket } from '../market.ts';
import type { SurfaceKind } from '../surface.ts';
import { broken, isProposal, kept, unclear } from './finding.ts';

const SPEAKER: Readonly<Record<SurfaceKind, { readonly kind: Identity['kind']; readonly words: string }>> = {
  'facebook-post': { kind: 'facebook-page', words: 'Page' },
  'instagram-media': { kind: 'instagram-account', words: 'Instagram account' },
};

export const identityAgrees: Guardrail = {
  id: 'identity-agrees',
  protects: "The surface belongs to the Page or Instagram account of the ad's market, and that identity speaks.",
  hard: true,
  severity: 'block',
  leadsTo: 'blocked',
  check({ snapshot, reading: { surface }, proposal }, brand) {
    const speaker = SPEAKER[surface.kind];
    const named = surface.kind === 'facebook-post' ? snapshot.facebookPageId : snapshot.instagramAccountId;
    const id = surface.identityId ?? named;
    const marketId = isProposal(proposal) ? proposal.marketId : agreeOnMarket(snapshot, surface, brand).marketId;
    const evidence = { surfaceIdentity: surface.identityId, creativeIdentity: named, marketId };
    if (id === null) return broken(`Nothing tells which ${speaker.words} the surface belongs to.`, evidence);
    if (named !== null && named !== id) {
      return broken(`The ad names ${speaker.words} ${named}, but the surface belongs to ${id}.`, evidence);
    }
    const identity = brand.identities.find((each) => each.identityId === id && each.kind === speaker.kind);
    if (!identity) return broken(`${speaker.words} ${id} is not one of ${brand.name}'s identities.`, evidence);
    if (identity.marketId !== marketId) {
      const market = marketId ?? 'no clear market';
      return broken(`${speaker.words} ${identity.name} speaks for ${identity.marketId}, but the ad is for ${market}.`, evidence);
    }
    if (surface.identityId === null)
      return unclear(
        `The platform does not say which ${speaker.words} the surface belongs to; the ad names ${identity.name}.`,
        evidence,
      );
    return kept(`${speaker.words} ${identity.name} speaks for ${identity.marketId}.`, evidence);
  },
};
