import type { Brand } from '../domain/brand.ts';
import type { AdSnapshot } from '../domain/facts.ts';
import { decideMarket } from '../domain/market.ts';
import { marketDigest } from '../domain/market-digest.ts';
import { kindsWithThread } from '../domain/placements.ts';
import type { NamedSurface, Surface, SurfaceRef } from '../domain/surface.ts';
import type { AdSighting } from '../store/ledger.ts';

/**
 * What the ledger keeps of an ad that was seen: an edge, with the market that the ad speaks for there, to each surface that
 * its creative names and on which it delivers. A post that nobody sees through this ad says nothing about the post's readers.
 */
export function sightingOf(snapshot: AdSnapshot, named: readonly NamedSurface[], complete: boolean, brand: Brand): AdSighting {
  const delivers = kindsWithThread(snapshot.placements);
  return {
    ad: snapshot.ad,
    name: snapshot.name,
    campaignId: snapshot.campaign.id,
    state: snapshot.state,
    marketId: decideMarket(snapshot, null, brand).marketId,
    marketDigest: marketDigest(brand),
    edges: named
      .filter((each) => delivers.includes(each.named.kind))
      .map((each) => ({
        named: each.named,
        surfaceId: each.surface?.surfaceId ?? null,
        marketId: decideMarket(snapshot, each.surface ?? unseen(each.named), brand).marketId,
      })),
    complete,
  };
}

/** A surface that nobody asked for yet: whose it is, the creative tells. */
function unseen(named: SurfaceRef): Surface {
  return { ...named, identityId: null, permalink: null, dark: null };
}
