import { type RawBuilder, sql } from 'kysely';
import type { ClaimState } from '../claims.ts';
import type { Owner } from '../runs.ts';
import type { Db } from './connect.ts';

export interface Claim {
  readonly owner: Owner;
  readonly epoch: number;
  readonly state: ClaimState;
}

export interface ClaimRow {
  readonly cluster: string;
  readonly namespace: string;
  readonly workflow_id: string;
  readonly epoch: number;
  readonly state: ClaimState;
}

/** Reads the claim on a surface and holds it until the transaction ends. */
export function lockClaim(db: Db, surface: string): Promise<Claim | null> {
  return selectClaim(db, surface, sql`for update`);
}

/** Reads the claim on a surface as it is now. */
export function readClaim(db: Db, surface: string): Promise<Claim | null> {
  return selectClaim(db, surface, sql``);
}

async function selectClaim(db: Db, surface: string, lock: RawBuilder<unknown>): Promise<Claim | null> {
  const found = await sql<ClaimRow>`
    select cluster, namespace, workflow_id, epoch, state from claims where surface = ${surface} ${lock}`.execute(db);
  const row = found.rows[0];
  return row ? claimOf(row) : null;
}

export function claimOf(row: ClaimRow): Claim {
  return { owner: ownerOf(row), epoch: row.epoch, state: row.state };
}

export function ownerOf(row: { cluster: string; namespace: string; workflow_id: string }): Owner {
  return { cluster: row.cluster, namespace: row.namespace, workflowId: row.workflow_id };
}

export function sameOwner(a: Owner, b: Owner): boolean {
  return a.cluster === b.cluster && a.namespace === b.namespace && a.workflowId === b.workflowId;
}

export async function setClaimState(db: Db, surface: string, state: ClaimState): Promise<void> {
  await sql`
    update claims set state = ${state}, changed_at = clock_timestamp()
    where surface = ${surface} and state <> ${state}`.execute(db);
}
