import { formatAd } from '../ad.ts';
import type { Guardrail } from '../guardrail.ts';
import { decideMarket } from '../market.ts';
import { broken, isProposal, kept } from './finding.ts';

export const marketAgrees: Guardrail = {
  id: 'market-agrees',
  protects: 'Targeting, landing page, identity and all ads on the surface speak for one market, so nobody reads a foreign offer.',
  hard: true,
  severity: 'block',
  leadsTo: 'blocked',
  check({ snapshot, reading, otherAds, proposal }, brand) {
    const { marketId, evidence: sides, says } = decideMarket(snapshot, reading.surface, brand);
    const evidence = { marketId, sides };
    if (marketId === null) return broken(says, evidence);
    if (isProposal(proposal) && (proposal.marketId !== marketId || proposal.locale !== marketId)) {
      return broken(`The ad speaks for ${marketId}, but the proposed text is for ${proposal.locale}.`, evidence);
    }
    // Protocol f: two markets on one surface block both, whichever run comes first.
    // An ad that was only listed yet says nothing; one whose own run found no clear market may well speak for another one.
    const unclear = otherAds.filter((other) => other.marketState === 'unclear');
    if (unclear.length > 0) {
      const others = unclear.map(({ ad }) => formatAd(ad)).sort();
      const says = `This ad speaks for ${marketId}, but the same surface also serves ${others.join(', ')}, whose market is not clear.`;
      return broken(says, { ...evidence, others });
    }
    const foreign = otherAds.filter((other) => other.marketId !== null && other.marketId !== marketId);
    if (foreign.length > 0) {
      const others = foreign.map(({ ad, marketId: id }) => `${formatAd(ad)} (${id})`).sort();
      const named = others.join(', ');
      return broken(`This ad speaks for ${marketId}, but the same surface also serves ${named}.`, { ...evidence, others });
    }
    return kept(says, evidence);
  },
};
