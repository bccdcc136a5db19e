import type { Brand } from '../../../domain/brand.ts';
import { propose } from '../../../domain/propose.ts';
import type { Surface, SurfaceKind } from '../../../domain/surface.ts';
import { BRAND, SNAPSHOT } from '../../domain/good.ts';
import type { ScriptedAd } from './scripted-platform.ts';

/** The ads, surfaces and identities of one cell, which no other cell shares: cells run beside each other on one ledger. */
export interface Cast {
  readonly brand: Brand;
  readonly ads: readonly ScriptedAd[];
}

/** `surfaces`: of each ad by kind; ads of the same kind share the surface. */
export function castOf(
  cell: number,
  surfacesOfAds: readonly (readonly SurfaceKind[])[],
  policy: Partial<Brand['policy']> = {},
): Cast {
  const page = `${cell}1`;
  const account = `${cell}2`;
  const accountId = `act_${cell}`;
  const brand: Brand = {
    ...BRAND,
    policy: { ...BRAND.policy, ...policy },
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

/** The text that is to stand on a surface, by the rules alone. */
export function textFor({ brand, ads }: Cast, surface: Surface): string {
  const [ad] = ads;
  const proposal = ad ? propose(ad.snapshot, surface, brand) : { problem: 'the cast has no ad' };
  if (!('text' in proposal)) throw new Error(proposal.problem);
  return proposal.text;
}

/** Every surface once. */
export function surfacesOf({ ads }: Cast): readonly Surface[] {
  return [...new Map(ads.flatMap(({ surfaces }) => surfaces).map((each) => [each.surfaceId, each])).values()];
}

function surfaceOf(kind: SurfaceKind, surfaceId: string): Surface {
  return { platform: 'meta', kind, surfaceId, identityId: null, permalink: null, dark: null };
}
