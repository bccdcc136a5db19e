import { formatAd } from '../ad.ts';
import type { AdEdge } from '../facts.ts';
import type { Guardrail } from '../guardrail.ts';
import { decideMarket } from '../market.ts';
import { broken, isProposal, kept } from './finding.ts';

/** Protocol f: two markets on one surface block both, whichever run comes first. */
export const knownAdsAgree: Guardrail = {
  id: 'known-ads-agree',
  protects: 'All ads that are known to show the surface speak for one market, so nobody reads a comment made for another one.',
  hard: true,
  severity: 'block',
  leadsTo: 'blocked',
  check({ snapshot, reading: { surface }, otherAds, proposal }, brand) {
    const marketId = isProposal(proposal) ? proposal.marketId : decideMarket(snapshot, surface, brand).marketId;
    const evidence = {
      marketId,
      otherAds: otherAds
        .map((other) => ({ ad: formatAd(other.ad), marketId: other.marketId, market: other.marketState }))
        .sort((a, b) => (a.ad < b.ad ? -1 : 1)),
    };
    if (otherAds.length === 0) return kept('No other ad is known to show this surface.', evidence);
    const speaks = marketId === null ? "This ad's market is not clear" : `This ad speaks for ${marketId}`;
    // Without a clear market it may well speak for another one: in doubt nothing is published.
    const unclear = otherAds.filter((other) => other.marketState !== 'found' || other.marketId === null);
    if (unclear.length > 0) {
      return broken(`${speaks}, but the same surface also serves ${listed(unclear)}, whose market is not clear.`, evidence);
    }
    const foreign = otherAds.filter((other) => other.marketId !== marketId);
    if (foreign.length > 0) return broken(`${speaks}, but the same surface also serves ${listed(foreign)}.`, evidence);
    return kept(`${otherAds.length} other ad(s) on this surface speak for ${marketId} too.`, evidence);
  },
};

function listed(ads: readonly AdEdge[]): string {
  const words = ads.map(({ ad, marketId }) => (marketId === null ? formatAd(ad) : `${formatAd(ad)} (${marketId})`));
  return words.sort().join(', ');
}
