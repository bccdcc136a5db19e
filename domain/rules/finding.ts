import type { NoProposal, Proposal } from '../facts.ts';
import type { Finding } from '../guardrail.ts';

type Evidence = Readonly<Record<string, unknown>>;

export function kept(says: string, evidence: Evidence = {}, volatile?: Evidence): Finding {
  return volatile ? { kept: true, says, evidence, volatile } : { kept: true, says, evidence };
}

export function broken(says: string, evidence: Evidence = {}, volatile?: Evidence): Finding {
  return volatile ? { kept: false, says, evidence, volatile } : { kept: false, says, evidence };
}

/** Facts that cannot be checked are for a person to decide (design: a hold, not a block). */
export function unclear(says: string, evidence: Evidence = {}, volatile?: Evidence): Finding {
  return { ...broken(says, evidence, volatile), unclear: true };
}

export function isProposal(proposal: Proposal | NoProposal): proposal is Proposal {
  return 'text' in proposal;
}

/** A reason as a sentence of its own. */
export function sentence(reason: string): string {
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
}
