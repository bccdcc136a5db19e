import { sql } from 'kysely';
import type { SurfaceRef } from '../../domain/surface.ts';
import type { Owner } from '../runs.ts';
import type { Removals } from '../sweeping.ts';
import { type Claim, lockClaim, readClaim, sameOwner } from './claim-rows.ts';
import { giveTo } from './claims.ts';
import type { Db } from './connect.ts';
import { recordIncident } from './incidents.ts';
import { surfaceRow } from './surface-rows.ts';

export function claimOn(db: Db, surface: SurfaceRef): Promise<Claim | null> {
  return readClaim(db, surfaceRow(surface));
}

/** As `takeOver`, but for what stands or is open under the claim: nothing is published by whoever takes it so. */
export async function takeForRepair(
  db: Db,
  { surface, owner, expectedEpoch }: { surface: SurfaceRef; owner: Owner; expectedEpoch: number },
): Promise<boolean> {
  const row = surfaceRow(surface);
  return db.transaction().execute(async (transaction) => {
    const current = await lockClaim(transaction, row);
    if (current?.epoch !== expectedEpoch || current.state === 'released') return false;
    await giveTo(transaction, row, current, owner, 'repair');
    return true;
  });
}

/** The decision is kept before anything is deleted: who goes on after a crash, or after us, removes the same ones. */
export async function decideRemovals(db: Db, { surface, owner, stays, commentIds, incident }: Removals): Promise<boolean> {
  const row = surfaceRow(surface);
  return db.transaction().execute(async (transaction) => {
    const claim = await lockClaim(transaction, row);
    if (!claim || !sameOwner(claim.owner, owner)) return false;
    const decided = await sql`
      select from publications where surface = ${row} and comment_id = ${stays}
        and (removing_since is not null or removed_at is not null)`.execute(transaction);
    if (decided.rows.length > 0) return false;
    await recordIncident(transaction, incident);
    await sql`
      update publications set removing_since = coalesce(removing_since, clock_timestamp())
      where surface = ${row} and comment_id = any(${commentIds}::text[])`.execute(transaction);
    return true;
  });
}
