import { sql } from 'kysely';
import type { CopyApproval } from '../../domain/brand.ts';
import type { CopyApprovalFact } from '../../domain/facts.ts';
import type { Standing } from '../control.ts';
import { StoreError } from '../errors.ts';
import type { Db } from './connect.ts';
import { takeControl, waitForSenders } from './in-flight.ts';

/** Keeps approvals that the ledger does not have yet. An approval that was revoked does not come back by importing it again. */
export async function importApprovals(db: Db, approvals: readonly CopyApproval[]): Promise<{ readonly added: number }> {
  if (approvals.length === 0) return { added: 0 };
  const added = await sql`
    insert into copy_approvals (copy_hash, pattern_id, locale, version, capability, approved_by, approved_at, expires_at)
    select hash, "patternId", locale, version, capability, "approvedBy", "approvedAt", "expiresAt"
    from json_to_recordset(${JSON.stringify(approvals)}::json) as approval(
      hash text, "patternId" text, locale text, version integer, capability text,
      "approvedBy" text, "approvedAt" timestamptz, "expiresAt" timestamptz)
    on conflict do nothing returning approval_id`.execute(db);
  return { added: added.rows.length };
}

/**
 * Takes the approval of a copy back. Returns when every open attempt with this copy has a result or is past its `sendBy`.
 * @throws StoreError `invalid` when the ledger has no approval of this copy.
 */
export async function revokeApproval(db: Db, copyHash: string, by: string, why: string): Promise<Standing> {
  const id = await db.transaction().execute(async (transaction) => {
    await takeControl(transaction);
    const revoked = await sql<{ id: string }>`
      insert into copy_revocations (copy_hash, revoked_by, why)
      select ${copyHash}, ${by}, ${why} where exists (select from copy_approvals where copy_hash = ${copyHash})
      returning revocation_id as id`.execute(transaction);
    const row = revoked.rows[0];
    if (!row) {
      throw new StoreError(
        'invalid',
        `The ledger has no approval of the copy ${copyHash}. \`first-comment copy list\` prints them.`,
      );
    }
    return row.id;
  });
  return { id, inFlight: await waitForSenders(db, sql`copy_hash = ${copyHash}`) };
}

/**
 * The approval that counts for this copy: one that stands before a revoked one, then the one that lasts longest.
 * A revocation takes back what was imported before it, by the database's clock, whatever date the approval bears.
 */
export async function copyApproval(db: Db, copyHash: string): Promise<CopyApprovalFact | null> {
  const found = await sql<{ approved_by: string; approved_at: Date; expires_at: Date | null; revoked_at: Date | null }>`
    select approved_by, approved_at, expires_at, revoked_at
    from copy_approvals cross join lateral (
      select min(revoked_at) as revoked_at from copy_revocations
      where copy_revocations.copy_hash = copy_approvals.copy_hash and revoked_at >= imported_at) as revocation
    where copy_hash = ${copyHash}
    order by (revoked_at is not null), expires_at desc nulls first, imported_at desc limit 1`.execute(db);
  const row = found.rows[0];
  return row
    ? {
        approvedBy: row.approved_by,
        approvedAt: row.approved_at.toISOString(),
        expiresAt: row.expires_at?.toISOString() ?? null,
        revokedAt: row.revoked_at?.toISOString() ?? null,
      }
    : null;
}
