import { sql } from 'kysely';
import type { AttemptResult } from '../attempts.ts';
import type { Db } from './connect.ts';
import { takeControl } from './in-flight.ts';
import { recordIncident } from './incidents.ts';

/** Who a breaker that a spam verdict tripped is signed with. */
const SELF = 'publish';

/** A refusal that speaks against who published, not against what was published. */
export type SpamVerdict = Extract<AttemptResult, { readonly kind: 'refused' }>;

export function isSpamVerdict(result: AttemptResult): result is SpamVerdict {
  return result.kind === 'refused' && result.why === 'policy';
}

/** The breaker that a spam verdict tripped for the identity and that nobody has lifted yet. */
export async function standingBreaker(db: Db, identityId: string): Promise<string | null> {
  const found = await sql<{ pause_id: string }>`
    select pause_id from pauses
    where kind = 'breaker' and scope = 'identityId' and value = ${identityId} and paused_by = ${SELF} and lifted_at is null
    order by paused_at limit 1`.execute(db);
  return found.rows[0]?.pause_id ?? null;
}

/**
 * Closes the identity for everybody until a person opens it again, and reports it. The caller holds the attempt's claim;
 * the control row comes after it, in the order of the gate, so that the two cannot lock each other out.
 */
export async function tripBreaker(
  db: Db,
  attempt: { readonly attemptId: string; readonly surfaceId: string; readonly identityId: string },
  verdict: SpamVerdict,
): Promise<void> {
  await takeControl(db);
  const standing = await standingBreaker(db, attempt.identityId);
  if (standing === null) {
    await sql`
      insert into pauses (kind, scope, value, paused_by, why)
      values ('breaker', 'identityId', ${attempt.identityId}, ${SELF}, ${verdict.says})`.execute(db);
  }
  await recordIncident(db, {
    kind: 'spam-verdict',
    surfaceId: attempt.surfaceId,
    evidence: { attemptId: attempt.attemptId, identityId: attempt.identityId, code: verdict.code, says: verdict.says },
    did: standing === null ? 'tripped the breaker of the identity' : 'nothing: the breaker of the identity stands already',
  });
}
