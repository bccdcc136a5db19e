import type { Guardrail } from '../guardrail.ts';
import { agreeOnMarket } from '../market.ts';
import { broken, isProposal, kept } from './finding.ts';

export const marketAgrees: Guardrail = {
  id: 'market-agrees',
  protects: 'Targeting, landing page and identity speak for one market, so nobody reads a foreign offer.',
  hard: true,
  severity: 'block',
  leadsTo: 'blocked',
  check({ snapshot, reading, proposal }, brand) {
    const { marketId, evidence: sides, says } = agreeOnMarket(snapshot, reading.surface, brand);
    const evidence = { marketId, sides };
    if (marketId === null) return broken(says, evidence);
    if (isProposal(proposal) && (proposal.marketId !== marketId || proposal.locale !== marketId)) {
      return broken(`The ad speaks for ${marketId}, but the proposed text is for ${proposal.locale}.`, evidence);
    }
    return kept(says, evidence);
  },
};
