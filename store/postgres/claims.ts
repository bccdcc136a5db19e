import { sql } from 'kysely';
import type { SurfaceRef } from '../../domain/surface.ts';
import type { ClaimAnswer } from '../claims.ts';
import type { Belonging } from '../publications.ts';
import type { Owner } from '../runs.ts';
import { STILL_OPEN, selectAttempts } from './attempt-rows.ts';
import { type Claim, lockClaim, ownerOf, sameOwner } from './claim-rows.ts';
import type { Db } from './connect.ts';
import { readGeneration } from './generation.ts';
import { ledgerBehind } from './ledger-behind.ts';
import { publicationsOn } from './publications.ts';
import { ensureSurface, surfaceRow } from './surface-rows.ts';
import { standingWithdrawal, withdrawalOf } from './withdrawals.ts';

/** How somebody became a claim's owner. */
type CameBy = 'claim' | 'takeover' | 'repair';

/** Takes the claim on a surface, or says who has it (protocol a). */
export async function claim(
  db: Db,
  { surface, owner, surfaceKey, belongs }: { surface: SurfaceRef; owner: Owner; surfaceKey: string; belongs?: Belonging },
): Promise<ClaimAnswer> {
  const row = surfaceRow(surface);
  return db.transaction().execute(async (transaction) => {
    await ensureSurface(transaction, surface);
    // First: open attempts settle also under a withdrawal order (protocol i). The gate lets nothing new through then.
    const unsettled = await ownUnsettled(transaction, row, owner);
    if (unsettled) return unsettled;
    const withdrawn = await standingWithdrawal(transaction, surface, belongs ?? null);
    if (withdrawn) return { kind: 'withdrawn', says: withdrawn };
    const fresh = await sql`
      insert into claims (surface, surface_key, cluster, namespace, workflow_id, epoch, state)
      values (${row}, ${surfaceKey}, ${owner.cluster}, ${owner.namespace}, ${owner.workflowId}, 1, 'claimed')
      on conflict do nothing returning surface`.execute(transaction);
    if (fresh.rows.length > 0) {
      await noteOwner(transaction, row, 1, owner, 'claim');
      return claimed(transaction, row, 1, 'claim');
    }
    const current = await lockClaim(transaction, row);
    if (!current) throw new Error(`The claim on ${row} vanished while it was being taken.`);
    if (current.state === 'released') {
      await giveTo(transaction, row, current, owner, 'claim');
      return claimed(transaction, row, current.epoch + 1, 'claim');
    }
    return answerFor(transaction, surface, current, owner);
  });
}

/** Takes a claim over by compare-and-swap on its epoch; the open attempts come with it (protocol g). */
export async function takeOver(
  db: Db,
  { surface, owner, expectedEpoch }: { surface: SurfaceRef; owner: Owner; expectedEpoch: number },
): Promise<ClaimAnswer> {
  const row = surfaceRow(surface);
  const answer = await db.transaction().execute(async (transaction): Promise<ClaimAnswer | null> => {
    const current = await lockClaim(transaction, row);
    if (!current) return null;
    const final = current.state === 'ours' || current.state === 'withdrawn';
    if (final || current.epoch !== expectedEpoch) return answerFor(transaction, surface, current, owner);
    await giveTo(transaction, row, current, owner, 'takeover');
    return claimed(transaction, row, current.epoch + 1, 'takeover');
  });
  if (!answer) throw await ledgerBehind(db, `the claim on ${row}`);
  return answer;
}

/** Gives a claim back that nothing stands or is open under. */
export async function releaseClaim(db: Db, surface: SurfaceRef, owner: Owner): Promise<void> {
  await sql`
    update claims set state = 'released', changed_at = clock_timestamp()
    where surface = ${surfaceRow(surface)} and state = 'claimed'
      and cluster = ${owner.cluster} and namespace = ${owner.namespace} and workflow_id = ${owner.workflowId}`.execute(db);
}

async function answerFor(db: Db, surface: SurfaceRef, current: Claim, asker: Owner): Promise<ClaimAnswer> {
  const mine = sameOwner(current.owner, asker);
  switch (current.state) {
    case 'ours': {
      const publication = (await publicationsOn(db, surface))[0];
      if (!publication) return { kind: 'damaged', says: damage(surface) };
      const putBy = await publisherOf(db, surfaceRow(surface), publication.commentId);
      return {
        kind: 'ours',
        mine: mine || (putBy !== null && sameOwner(putBy, asker)),
        owner: putBy ?? current.owner,
        publication,
      };
    }
    case 'withdrawn': {
      const says = await withdrawalOf(db, surfaceRow(surface));
      return {
        kind: 'withdrawn',
        says: says ?? 'An operator withdrew the comment on this surface; only they can allow another one.',
      };
    }
    default:
      if (mine) return kept(db, surfaceRow(surface), current.epoch);
      return { kind: 'held', owner: current.owner, epoch: current.epoch, state: current.state };
  }
}

/** Nothing in the program leaves a claim like this: somebody changed rows by hand, and only they know what stands there. */
function damage(surface: SurfaceRef): string {
  const row = surfaceRow(surface);
  return `the claim on ${row} says that our comment stands there, and no comment is recorded; a row was changed by hand. Look at the thread, then put the row of "publications" back, or set the claim's state to "released" if nothing of ours is there`;
}

/**
 * The run that put the comment there. A sweep may hold the claim since, to mend what stood: the comment stays its ad's.
 * `null` where nothing tells.
 */
async function publisherOf(db: Db, row: string, commentId: string): Promise<Owner | null> {
  const found = await sql<{ cluster: string; namespace: string; workflow_id: string }>`
    select owner.cluster, owner.namespace, owner.workflow_id
    from publications as comment
    join surfaces using (surface)
    join claim_owners as owner on owner.surface = comment.surface
      and owner.workflow_id = 'first-comment/' || surfaces.platform || '/' || comment.account_id || '/' || comment.ad_id
    where comment.surface = ${row} and comment_id = ${commentId} order by owner.epoch desc limit 1`.execute(db);
  const [owner] = found.rows;
  return owner ? ownerOf(owner) : null;
}

/** The asker's own claim, when attempts are open under it. */
export async function ownUnsettled(db: Db, row: string, asker: Owner): Promise<Claimed | null> {
  const current = await lockClaim(db, row);
  if (!current || !sameOwner(current.owner, asker)) return null;
  const answer = await kept(db, row, current.epoch);
  return answer.attempts.length > 0 ? answer : null;
}

type Claimed = Extract<ClaimAnswer, { kind: 'claimed' }>;

async function claimed(db: Db, row: string, epoch: number, cameBy: Claimed['cameBy']): Promise<Claimed> {
  const attempts = await selectAttempts(db, sql`surface = ${row} and ${STILL_OPEN}`);
  const generation = await readGeneration(db);
  return { kind: 'claimed', epoch, generation, attempts, cameBy, afterRestore: generation > (await wholeLookIn(db, row)) };
}

/** In which generation the thread was read whole last; in the first one there is nothing that the ledger could have lost. */
async function wholeLookIn(db: Db, row: string): Promise<number> {
  const found = await sql<{ generation: number }>`
    select whole_look_generation as generation from claims where surface = ${row}`.execute(db);
  return found.rows[0]?.generation ?? 1;
}

/** The asker holds it already; what it took over it may not have looked through yet. */
export async function kept(db: Db, row: string, epoch: number): Promise<Claimed> {
  const owner = await sql<{ came_by: CameBy }>`
    select came_by from claim_owners where surface = ${row} and epoch = ${epoch}`.execute(db);
  return claimed(db, row, epoch, owner.rows[0]?.came_by === 'takeover' ? 'takeover' : 'kept');
}

/** A new owner begins a new epoch; what was open stays open, so `sending` and `unsettled` stay as they are. */
export async function giveTo(db: Db, row: string, current: Claim, owner: Owner, cameBy: CameBy): Promise<void> {
  await sql`
    update claims set
      cluster = ${owner.cluster}, namespace = ${owner.namespace}, workflow_id = ${owner.workflowId},
      epoch = epoch + 1,
      state = case when state = 'released' then 'claimed' else state end,
      changed_at = clock_timestamp()
    where surface = ${row}`.execute(db);
  await noteOwner(db, row, current.epoch + 1, owner, cameBy);
}

async function noteOwner(db: Db, row: string, epoch: number, owner: Owner, cameBy: CameBy): Promise<void> {
  await sql`
    insert into claim_owners (surface, epoch, cluster, namespace, workflow_id, came_by)
    values (${row}, ${epoch}, ${owner.cluster}, ${owner.namespace}, ${owner.workflowId}, ${cameBy})`.execute(db);
}

/** Whether the ledger was restored since the whole thread was read. */
export async function mayLackAttempts(db: Db, surface: SurfaceRef): Promise<boolean> {
  return (await readGeneration(db)) > (await wholeLookIn(db, surfaceRow(surface)));
}

/**
 * The whole thread was read under a claim of this generation; a later one needs it again (protocol k). A reading that began while
 * requests of the lost time could still land proves nothing of them, so it does not count.
 */
export async function noteWholeLook(db: Db, surface: SurfaceRef, generation: number, tookMs: number): Promise<void> {
  await sql`
    update claims set whole_look_generation = greatest(whole_look_generation, ${generation})
    where surface = ${surfaceRow(surface)}
      and coalesce((select max(settles_at) from restores) <= clock_timestamp() - ${tookMs} * interval '1 millisecond', true)`.execute(
    db,
  );
}
