import { sql } from 'kysely';
import type { GateAnswer, GateRequest } from '../gate.ts';
import type { Db } from './connect.ts';
import { GATE_CONDITIONS } from './gate-conditions.ts';
import { type GateState, type MissingRow, readGateState } from './gate-state.ts';
import { tripLedgerBehind } from './ledger-behind.ts';
import { surfaceRow } from './surface-rows.ts';

/**
 * The gate (protocol b). On `open` the attempt row is committed. An error of any kind, a lost answer to the commit
 * included, is thrown: whoever does not read `open` sends nothing.
 */
export async function gate(db: Db, request: GateRequest): Promise<GateAnswer> {
  const answer = await db.transaction().execute(async (transaction): Promise<GateAnswer | MissingRow> => {
    const state = await readGateState(transaction, request);
    if ('missing' in state) return state;
    return refusal(state, request) ?? (await open(transaction, state, request));
  });
  if (!('missing' in answer)) return answer;
  // Outside: the pause takes the control row exclusively, which the gate's own share would block.
  const pauseId = await tripLedgerBehind(db, answer.missing);
  return {
    kind: 'not-sent',
    reason: 'breaker',
    says: `The ledger does not have ${answer.missing}; it looks restored to an earlier time, so publishing is paused everywhere.`,
    key: pauseId,
    behind: true,
  };
}

function refusal(state: GateState, request: GateRequest): GateAnswer | null {
  for (const condition of GATE_CONDITIONS) {
    const says = condition.check(state, request);
    if (says !== null) return { kind: 'not-sent', reason: condition.reason, says, key: condition.key?.(state) ?? null };
  }
  return null;
}

async function open(db: Db, state: GateState, request: GateRequest): Promise<GateAnswer> {
  const { scope, surface, edits = null } = request;
  const written = await sql<{ attempt_id: string; gate_at: Date }>`
    with sending as (
      update claims set state = 'sending', changed_at = clock_timestamp() where surface = ${surfaceRow(surface)}
    )
    insert into attempts (surface, surface_id, epoch, n, workflow_id, run_id, facts_id, text, bytes_hash, copy_hash,
      copy_version, edits, edit_order, ad_id, brand_id, account_id, identity_id, market_id, pattern_id, send_by_ms)
    values (${surfaceRow(surface)}, ${surface.surfaceId}, ${request.epoch}, ${state.nextN},
      ${request.owner.workflowId}, ${request.runId}, ${request.factsId}, ${request.text}, ${request.bytesHash}, ${request.copyHash},
      ${request.copyVersion}, ${edits?.commentId ?? null}, ${edits?.orderId ?? null}, ${request.adId}, ${scope.brandId}, ${scope.accountId}, ${scope.identityId}, ${scope.marketId}, ${scope.patternId}, ${Math.ceil(request.sendByMs)})
    returning attempt_id, gate_at`.execute(db);
  const attempt = written.rows[0];
  if (!attempt) throw new Error('The attempt row was not written.');
  return { kind: 'open', attemptId: attempt.attempt_id, n: state.nextN, gateAt: attempt.gate_at.toISOString() };
}
