import { sql } from 'kysely';
import type { SurfaceRef } from '../../domain/surface.ts';
import type { Recorded } from '../attempts.ts';
import { StoreError } from '../errors.ts';
import type { Belonging } from '../publications.ts';
import type { Owner } from '../runs.ts';
import { BELONGS } from './attempt-rows.ts';
import { moveClaim } from './attempts.ts';
import { lockClaim, sameOwner } from './claim-rows.ts';
import type { Db } from './connect.ts';
import { ledgerBehind } from './ledger-behind.ts';
import { insertPublication } from './publications.ts';
import { surfaceRow } from './surface-rows.ts';
import { withdrawalOf } from './withdrawals.ts';

/**
 * Keeps a comment of ours that was found without an answer (protocol d, e). An open attempt is not settled by it:
 * that is `recordResult` with `found`, said of that attempt; until then the claim stays `sending` or `unsettled`.
 * @throws StoreError `invalid` when somebody else holds the claim by now.
 */
export async function adopt(
  db: Db,
  surface: SurfaceRef,
  owner: Owner,
  found: { commentId: string; text: string; createdAt: string },
  belongs: Omit<Belonging, 'patternId' | 'copyHash' | 'copyVersion'>,
): Promise<Pick<Recorded, 'withdrawn'>> {
  const row = surfaceRow(surface);
  const adopted = await db.transaction().execute(async (transaction) => {
    const claim = await lockClaim(transaction, row);
    if (!claim) return null;
    if (!sameOwner(claim.owner, owner)) {
      throw new StoreError(
        'invalid',
        `The claim on ${row} is held by ${claim.owner.workflowId}; only it adopts a comment there.`,
      );
    }
    const attempts = await sql<{ attempt_id: string; belongs: Belonging }>`
      select attempt_id, ${BELONGS} as belongs from attempts where surface = ${row} and text = ${found.text} order by n desc limit 1`.execute(
      transaction,
    );
    const [attempt] = attempts.rows;
    const publication = {
      surfaceId: surface.surfaceId,
      commentId: found.commentId,
      attemptId: attempt?.attempt_id ?? null,
      text: found.text,
      publishedAt: found.createdAt,
      origin: 'adopted',
    } as const;
    const unexplained = { ...belongs, patternId: null, copyHash: null, copyVersion: null };
    await insertPublication(transaction, row, publication, attempt?.belongs ?? unexplained);
    await moveClaim(transaction, row, claim.state);
    return { withdrawn: await withdrawalOf(transaction, row) };
  });
  if (!adopted) throw await ledgerBehind(db, `the claim on ${row}`);
  return adopted;
}
