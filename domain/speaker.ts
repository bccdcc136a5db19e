import type { Brand, Identity } from './brand.ts';
import type { AdSnapshot } from './facts.ts';
import type { Outcome } from './outcome.ts';
import { formatSurface, type Surface } from './surface.ts';

/** Who would speak on a surface, and the Page whose token that takes. */
export interface Speaker {
  readonly identityId: string;
  readonly pageId: string;
}

/** The Page through which an identity of the brand speaks; `null` for one that the brand folder does not name (any more). */
export function speakerOf(identityId: string, brand: Brand): Speaker | null {
  const identity = brand.identities.find((each) => each.identityId === identityId);
  const pageId = identity?.kind === 'facebook-page' ? identityId : identity?.linkedPageId;
  return pageId ? { identityId, pageId } : null;
}

export type Speaking =
  | { readonly kind: 'ours'; readonly speaker: Speaker }
  /** Nobody of the brand speaks here, with the surface's outcome and the reason. */
  | { readonly kind: 'nobody'; readonly outcome: Outcome; readonly says: string };

/**
 * The brand's identity that owns the surface; where the platform does not name an owner, the one that the creative names,
 * but for a partnership ad: its creative names the brand also where the partner owns the surface.
 * Otherwise why nobody speaks: the comment would be somebody else's. A partner's post and a stand-in account are states in
 * which nothing can be done; an identity that nobody knows is a mistake of somebody's, so it is blocked.
 */
export function speakerFor(surface: Surface, snapshot: AdSnapshot, brand: Brand): Speaking {
  const kind: Identity['kind'] = surface.kind === 'facebook-post' ? 'facebook-page' : 'instagram-account';
  const named = kind === 'facebook-page' ? snapshot.facebookPageId : snapshot.instagramAccountId;
  const ownerId = surface.identityId ?? named;
  if (kind === 'instagram-account' && ownerId !== null && ownerId === snapshot.pageBackedAccountId) {
    const says = `${formatSurface(surface)} belongs to ${ownerId}, the account that stands in for Page ${snapshot.facebookPageId} on Instagram (Page-backed); nobody can speak as it. Connect a real Instagram account to the Page`;
    return { kind: 'nobody', outcome: 'not-commentable', says };
  }
  if (snapshot.partnership && surface.identityId === null) {
    const partners = snapshot.partnership.partnerIds.join(', ') || 'not named';
    const says = `nothing tells who owns ${formatSurface(surface)} of a partnership ad (partner: ${partners}); third-party objects are out of scope`;
    return { kind: 'nobody', outcome: 'not-commentable', says };
  }
  const identity = brand.identities.find((each) => each.kind === kind && each.identityId === ownerId);
  const speaker = identity ? speakerOf(identity.identityId, brand) : null;
  if (speaker) return { kind: 'ours', speaker };
  const owner = ownerId ?? 'nobody known';
  if (!identity && snapshot.partnership) {
    const says = `${formatSurface(surface)} belongs to ${owner}, the author of a partnership ad; third-party objects are out of scope`;
    return { kind: 'nobody', outcome: 'not-commentable', says };
  }
  const known = brand.identities.map(({ identityId }) => identityId).join(', ');
  const says = `${formatSurface(surface)} belongs to ${owner}, which is none of the brand's identities (${known}); add it to identities.yaml if it is the brand's`;
  return { kind: 'nobody', outcome: 'blocked', says };
}
