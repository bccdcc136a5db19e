import type { Brand, Identity } from './brand.ts';
import type { AdSnapshot } from './facts.ts';
import type { Surface } from './surface.ts';

/** Who would speak on a surface, and the Page whose token that takes. */
export interface Speaker {
  readonly identityId: string;
  readonly pageId: string;
}

/**
 * The brand's identity that owns the surface; where the platform does not name an owner, the one that the creative names.
 * `null` when that is none of the brand's: the comment would be somebody else's.
 */
export function speakerFor(surface: Surface, snapshot: AdSnapshot, brand: Brand): Speaker | null {
  const kind: Identity['kind'] = surface.kind === 'facebook-post' ? 'facebook-page' : 'instagram-account';
  const named = kind === 'facebook-page' ? snapshot.facebookPageId : snapshot.instagramAccountId;
  const ownerId = surface.identityId ?? named;
  const identity = brand.identities.find((each) => each.kind === kind && each.identityId === ownerId);
  if (!identity) return null;
  const pageId = kind === 'facebook-page' ? identity.identityId : identity.linkedPageId;
  return pageId === null ? null : { identityId: identity.identityId, pageId };
}
