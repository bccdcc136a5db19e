import type { Brand } from './brand.ts';
import type { SurfaceFacts } from './facts.ts';
import type { Finding, Guardrail, Judgement, RuleVerdict } from './guardrail.ts';
import { canonicalJson, sha256Hex } from './hash.ts';
import { agreeOnMarket } from './market.ts';
import { worstOutcome } from './outcome.ts';
import { isProposal } from './rules/finding.ts';
import { GUARDRAILS } from './rules/index.ts';
import type { Severity, Verdict } from './verdict.ts';

const MILDEST_FIRST = ['note', 'hold', 'block'] as const satisfies readonly Severity[];

/** Judges one surface's facts by every guardrail. Fails closed: a rule that cannot be checked blocks. */
export function judge(facts: SurfaceFacts, brand: Brand, guardrails: readonly Guardrail[] = GUARDRAILS): Judgement {
  const marketId = isProposal(facts.proposal)
    ? facts.proposal.marketId
    : agreeOnMarket(facts.snapshot, facts.reading.surface, brand).marketId;
  const verdicts = guardrails.map((guardrail) => apply(guardrail, facts, brand, marketId));
  const blocking = verdicts.filter(({ verdict }) => verdict === 'block');
  const held = verdicts.filter(({ verdict }) => verdict === 'hold');
  return {
    verdicts,
    verdict: blocking.length > 0 ? 'block' : held.length > 0 ? 'hold' : 'pass',
    outcome: blocking.length > 0 ? worstOutcome(blocking.map(({ leadsTo }) => leadsTo)) : null,
    releaseDigest: releaseDigest(facts, held),
  };
}

/** The verdict that a breach of the rule yields in a market: the brand's choice for soft rules, never milder than the rule allows. */
export function severityOf(guardrail: Guardrail, brand: Brand, marketId: string | null): Severity {
  if (guardrail.hard) return guardrail.severity;
  const chosen = brand.policy.severities[guardrail.id];
  const severity = (marketId === null ? undefined : chosen?.markets?.[marketId]) ?? chosen?.brand ?? guardrail.severity;
  const mildest = guardrail.mildest ?? 'note';
  return MILDEST_FIRST.indexOf(severity) < MILDEST_FIRST.indexOf(mildest) ? mildest : severity;
}

function apply(guardrail: Guardrail, facts: SurfaceFacts, brand: Brand, marketId: string | null): RuleVerdict {
  const finding = check(guardrail, facts, brand);
  if (typeof finding === 'string') {
    const says = `The rule ${guardrail.id} could not be checked: ${finding}.`;
    return { rule: guardrail.id, verdict: 'block', says, evidence: {}, leadsTo: guardrail.leadsTo };
  }
  return {
    rule: guardrail.id,
    verdict: verdictOf(finding, guardrail, brand, marketId),
    says: finding.says,
    evidence: finding.evidence,
    ...(finding.volatile ? { volatile: finding.volatile } : {}),
    leadsTo: finding.leadsTo ?? guardrail.leadsTo,
  };
}

function verdictOf(finding: Finding, guardrail: Guardrail, brand: Brand, marketId: string | null): Verdict {
  if (finding.kept === true) return 'pass';
  return finding.unclear === true ? 'hold' : severityOf(guardrail, brand, marketId);
}

/** The rule's finding, or the reason why it has none. */
function check(guardrail: Guardrail, facts: SurfaceFacts, brand: Brand): Finding | string {
  const missing = (guardrail.needs ?? []).filter((field) => facts.snapshot[field] === undefined);
  if (missing.length > 0) {
    return `an older release recorded these facts, without ${missing.join(' and ')}; start the ad's run again`;
  }
  try {
    return guardrail.check(facts, brand);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What an operator's release binds (protocol b): the bytes, the surface, and the held rules with what they rest on. */
function releaseDigest({ proposal, reading }: SurfaceFacts, held: readonly RuleVerdict[]): string {
  return sha256Hex(
    canonicalJson({
      bytes: isProposal(proposal) ? proposal.bytesHash : null,
      surfaceId: reading.surface.surfaceId,
      held: held.map(({ rule, evidence }) => ({ rule, evidence })),
    }),
  );
}
