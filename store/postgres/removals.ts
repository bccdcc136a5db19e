import { sql } from 'kysely';
import type { SurfaceRef } from '../../domain/surface.ts';
import { moveClaim } from './attempts.ts';
import { lockClaim } from './claim-rows.ts';
import type { Db } from './connect.ts';
import { ledgerBehind } from './ledger-behind.ts';
import { surfaceRow } from './surface-rows.ts';

/** Notes that we removed a comment of ours; the row stays, and the claim follows what still stands (protocol i, j). */
export async function recordRemoval(
  db: Db,
  surface: SurfaceRef,
  commentId: string,
  { by, says }: { by: string; says: string },
): Promise<void> {
  const row = surfaceRow(surface);
  const known = await db.transaction().execute(async (transaction) => {
    const claim = await lockClaim(transaction, row);
    const removed = await sql`
      update publications set
        removed_at = coalesce(removed_at, clock_timestamp()),
        removed_by = coalesce(removed_by, ${by}),
        removed_says = coalesce(removed_says, ${says})
      where surface = ${row} and comment_id = ${commentId} returning comment_id`.execute(transaction);
    if (claim) await moveClaim(transaction, row, claim.state);
    return removed.rows.length > 0;
  });
  if (!known) throw await ledgerBehind(db, `the comment ${commentId} on ${row}`);
}
