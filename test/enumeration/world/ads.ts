import type { Brand } from '../../../domain/brand.ts';
import type { Surface, SurfaceKind } from '../../../domain/surface.ts';
import { BRAND, SNAPSHOT } from '../../domain/good.ts';
import type { ScriptedAd } from './scripted-platform.ts';

/** The ads, surfaces and identities of one cell, which no other cell shares: cells run beside each other on one ledger. */
export interface Cast {
  readonly brand: Brand;
  readonly ads: readonly ScriptedAd[];
}

/** `surfaces`: of each ad by kind; ads of the same kind share the surface. */
export function castOf(cell: number, surfacesOfAds: readonly (readonly SurfaceKind[])[]): Cast {
  const page = `${cell}1`;
  const account = `${cell}2`;
  const accountId = `act_${cell}`;
  const brand: Brand = {
    ...BRAND,
    accounts: [{ platform: 'meta', accountId, name: 'Testmarke EU' }],
    identities: [
      { platform: 'meta', kind: 'facebook-page', identityId: page, name: 'Testmarke DE', marketId: 'de-DE', linkedPageId: null },
      {
        platform: 'meta',
        kind: 'instagram-account',
        identityId: account,
        name: 'testmarke_de',
        marketId: 'de-DE',
        linkedPageId: page,
      },
    ],
  };
  const surfaces: Readonly<Record<SurfaceKind, Surface>> = {
    'facebook-post': { ...surfaceOf('facebook-post', `${page}_77`), identityId: page },
    'instagram-media': { ...surfaceOf('instagram-media', `17${cell}`), identityId: account },
  };
  const ads = surfacesOfAds.map((kinds, index) => ({
    snapshot: {
      ...SNAPSHOT,
      ad: { platform: 'meta' as const, accountId, adId: `${cell}${index + 5}` },
      facebookPageId: page,
      instagramAccountId: account,
    },
    surfaces: kinds.map((kind) => surfaces[kind]),
  }));
  return { brand, ads };
}

function surfaceOf(kind: SurfaceKind, surfaceId: string): Surface {
  return { platform: 'meta', kind, surfaceId, identityId: null, permalink: null, dark: null };
}
