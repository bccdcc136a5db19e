import { sql } from 'kysely';
import type { SurfaceFacts } from '../../domain/facts.ts';
import type { Judgement } from '../../domain/guardrail.ts';
import type { RunRef } from '../runs.ts';
import type { Db } from './connect.ts';
import { ledgerBehind } from './ledger-behind.ts';

/** Keeps what the guardrails will judge, letter by letter; answers its id. */
export async function recordFacts(
  db: Db,
  run: RunRef,
  surfaceId: string,
  facts: SurfaceFacts,
  brandDigest: string,
): Promise<string> {
  const written = await sql<{ facts_id: string }>`
    insert into facts (workflow_id, run_id, surface_id, facts, proposal, brand_digest, gathered_at)
    values (${run.workflowId}, ${run.runId}, ${surfaceId}, ${JSON.stringify(facts)}, ${JSON.stringify(facts.proposal)},
      ${brandDigest}, ${facts.gatheredAt})
    returning facts_id`.execute(db);
  const row = written.rows[0];
  if (!row) throw new Error('The facts were not written.');
  return row.facts_id;
}

export async function readFacts(db: Db, factsId: string): Promise<SurfaceFacts> {
  const found = await sql<{ facts: SurfaceFacts }>`select facts from facts where facts_id = ${factsId}`.execute(db);
  const row = found.rows[0];
  if (!row) throw await ledgerBehind(db, `the facts ${factsId}`);
  return row.facts;
}

/** Keeps what the guardrails said of the facts. Said twice, the first stays: facts are judged once. */
export async function recordJudgement(db: Db, factsId: string, judgement: Judgement, brandDigest: string): Promise<void> {
  const { verdict, outcome, releaseDigest } = judgement;
  await sql`
    insert into judgements (facts_id, verdict, outcome, release_digest, verdicts, brand_digest)
    values (${factsId}, ${verdict}, ${outcome}, ${releaseDigest}, ${JSON.stringify(judgement.verdicts)}, ${brandDigest})
    on conflict do nothing`.execute(db);
}
