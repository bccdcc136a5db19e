import { sql } from 'kysely';
import type { SurfaceRef } from '../../domain/surface.ts';
import type { Edit } from '../attempts.ts';
import type { EditClaimAnswer } from '../claims.ts';
import type { Belonging } from '../publications.ts';
import type { Owner } from '../runs.ts';
import { lockClaim, sameOwner } from './claim-rows.ts';
import { giveTo, kept, ownUnsettled } from './claims.ts';
import type { Db } from './connect.ts';
import { ledgerBehind } from './ledger-behind.ts';
import { surfaceRow } from './surface-rows.ts';
import { withdrawalOf } from './withdrawals.ts';

/** The claim for an edit (protocol i). What is open under it settles first, as ever. */
export async function claimToEdit(
  db: Db,
  { surface, owner, edit, text }: { surface: SurfaceRef; owner: Owner; edit: Edit; text: string },
): Promise<EditClaimAnswer> {
  const row = surfaceRow(surface);
  const answer = await db.transaction().execute(async (transaction): Promise<EditClaimAnswer | null> => {
    const current = await lockClaim(transaction, row);
    if (!current) return null;
    const unsettled = await ownUnsettled(transaction, row, owner);
    if (unsettled) return unsettled;
    const why = await whyNot(transaction, row, edit);
    if (why !== null) return { kind: 'withdrawn', says: why };
    const done = await doneAt(transaction, row, edit, text);
    if (done) return { kind: 'edited', at: done.toISOString() };
    if (current.state !== 'ours') return { kind: 'held', owner: current.owner, epoch: current.epoch, state: current.state };
    if (sameOwner(current.owner, owner)) return kept(transaction, row, current.epoch);
    await giveTo(transaction, row, current, owner, 'repair');
    return kept(transaction, row, current.epoch + 1);
  });
  if (!answer) throw await ledgerBehind(db, `the claim on ${row}`);
  return answer;
}

/** Why the comment is not to be edited; `null` when it is. */
async function whyNot(db: Db, row: string, { orderId, commentId }: Edit): Promise<string | null> {
  const lifted = await sql<{ lifted_by: string; lifted_why: string }>`
    select lifted_by, lifted_why from withdrawal_orders where order_id = ${orderId} and lifted_at is not null`.execute(db);
  const [lift] = lifted.rows;
  if (lift) return `${lift.lifted_by} lifted the order: ${lift.lifted_why}`;
  const withdrawn = await withdrawalOf(db, row);
  if (withdrawn !== null) return withdrawn;
  const standing = await sql`
    select from publications where surface = ${row} and comment_id = ${commentId}
      and removed_at is null and removing_since is null`.execute(db);
  return standing.rows.length > 0 ? null : `comment ${commentId} does not stand there any more`;
}

/** Since when the comment has this text by this order; `null` when it has not. */
async function doneAt(db: Db, row: string, { orderId, commentId }: Edit, text: string): Promise<Date | null> {
  const found = await sql<{ edited_at: Date }>`
    select edited_at from publications join attempts using (attempt_id)
    where publications.surface = ${row} and comment_id = ${commentId} and edit_order = ${orderId}
      and publications.text = ${text}`.execute(db);
  return found.rows[0]?.edited_at ?? null;
}

/** An edit that took effect. */
export interface LandedEdit {
  readonly attempt_id: string;
  readonly surface: string;
  readonly edits: string;
  readonly edit_order: string;
  readonly n: number;
  readonly text: string;
  readonly gate_at: Date;
  readonly belongs: Belonging;
}

/**
 * The comment has the attempt's text from now on, and its copy; the former text stays in the attempts. A word on an older edit that
 * comes late changes nothing. Later looks begin anew: what people see now is another text.
 */
export async function keepEdit(db: Db, edit: LandedEdit): Promise<void> {
  const { attempt_id: attemptId, surface, edits: commentId, edit_order: orderId, n, text, gate_at: at, belongs } = edit;
  const changed = await sql`
    update publications set attempt_id = ${attemptId}, text = ${text}, edited_at = ${at.toISOString()}::timestamptz,
      market_id = ${belongs.marketId}, pattern_id = ${belongs.patternId}, copy_hash = ${belongs.copyHash},
      copy_version = ${belongs.copyVersion}
    where surface = ${surface} and comment_id = ${commentId}
      and not exists (select from attempts as newer where newer.attempt_id = publications.attempt_id and newer.n > ${n})
    returning comment_id`.execute(db);
  if (changed.rows.length === 0) return;
  await sql`delete from planned_looks where surface = ${surface} and comment_id = ${commentId}`.execute(db);
  await sql`
    insert into order_comments (order_id, surface, comment_id, removed, edited, says)
    values (${orderId}, ${surface}, ${commentId}, false, true, 'edited: it has the text of today')
    on conflict (order_id, surface, comment_id) do update
      set removed = false, edited = true, says = excluded.says, tried_at = clock_timestamp()`.execute(db);
}
