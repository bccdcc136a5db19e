import type { NoProposal, Proposal } from '../facts.ts';
import type { Finding } from '../guardrail.ts';

type Evidence = Readonly<Record<string, unknown>>;

export function kept(says: string, evidence: Evidence = {}, volatile?: Evidence): Finding {
  return volatile ? { kept: true, says, evidence, volatile } : { kept: true, says, evidence };
}

export function broken(says: string, evidence: Evidence = {}, volatile?: Evidence): Finding {
  return volatile ? { kept: false, says, evidence, volatile } : { kept: false, says, evidence };
}

export function isProposal(proposal: Proposal | NoProposal): proposal is Proposal {
  return 'text' in proposal;
}
