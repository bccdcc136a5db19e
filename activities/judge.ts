import type { Brand } from '../domain/brand.ts';
import type { SurfaceFacts } from '../domain/facts.ts';
import { judge } from '../domain/judge.ts';
import { utmTupleOf } from '../domain/link.ts';
import { speakerFor } from '../domain/speaker.ts';
import { standingBy } from '../domain/standing.ts';
import type { Dependencies } from './dependencies.ts';
import { isProposal } from './gather.ts';
import type { Judged, JudgeInput, ProposalView } from './judge-contract.ts';

/** Judges recorded facts by every guardrail and keeps the verdicts. The same facts give the same verdicts, whenever. */
export async function judgeFacts({ ledger, brand }: Dependencies, { surfaces }: JudgeInput): Promise<readonly Judged[]> {
  return Promise.all(
    surfaces.map(async ({ surface, factsId }) => {
      const facts = await ledger.readFacts(factsId);
      const judgement = judge(facts, brand);
      await ledger.recordJudgement(factsId, judgement, brand.digest);
      return {
        surface,
        factsId,
        gatheredAt: facts.gatheredAt,
        verdict: judgement.verdict,
        outcome: judgement.outcome,
        releaseDigest: judgement.releaseDigest,
        rules: judgement.verdicts.map(({ rule, verdict, says }) => ({ rule, verdict, says })),
        proposal: proposalView(facts, brand),
        standing: standingBy(facts, brand),
      };
    }),
  );
}

function proposalView(facts: SurfaceFacts, brand: Brand): ProposalView | null {
  const { proposal } = facts;
  const speaking = speakerFor(facts.reading.surface, facts.snapshot, brand);
  if (!isProposal(proposal) || speaking.kind === 'nobody') return null;
  const { text, link, marketId, patternId, copyHash, copyVersion, surfaceKey } = proposal;
  return {
    text,
    link,
    marketId,
    patternId,
    copyHash,
    copyVersion,
    surfaceKey,
    ...speaking.speaker,
    utm: link ? utmTupleOf(link, brand.link.keyParameter) : null,
  };
}
