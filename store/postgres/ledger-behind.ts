import { sql } from 'kysely';
import { StoreError } from '../errors.ts';
import type { Db } from './connect.ts';
import { takeControl } from './in-flight.ts';

/** Who a pause that the ledger set by itself is signed with. */
const SELF = 'ledger';
const WHY = 'ledger-behind';

/**
 * A caller names a row that is not there: the database was restored to an earlier time, so nothing it says of
 * surfaces can be trusted. Trips the global pause once, and answers its id (protocol k).
 */
export async function tripLedgerBehind(db: Db, missing: string): Promise<string> {
  return db.transaction().execute(async (transaction) => {
    await takeControl(transaction);
    const { pauseId, isNew } = await standBehind(transaction, `${missing} is not in the ledger`);
    if (isNew) {
      await sql`
        insert into incidents (kind, surface_id, evidence, did)
        values ('ledger-behind', '', ${JSON.stringify({ missing })}, 'tripped the global pause')`.execute(transaction);
    }
    return pauseId;
  });
}

/** Sees to it that the breaker stands, on everything. The caller holds the control row. */
export async function standBehind(db: Db, why: string): Promise<{ readonly pauseId: string; readonly isNew: boolean }> {
  const standing = await sql<{ pause_id: string }>`
    select pause_id from pauses where paused_by = ${SELF} and why like ${`${WHY}%`} and lifted_at is null`.execute(db);
  const already = standing.rows[0];
  if (already) return { pauseId: already.pause_id, isNew: false };
  const tripped = await sql<{ pause_id: string }>`
    insert into pauses (kind, scope, value, paused_by, why)
    values ('breaker', 'all', 'all', ${SELF}, ${`${WHY}: ${why}`}) returning pause_id`.execute(db);
  const row = tripped.rows[0];
  if (!row) throw new Error('The breaker was not written.');
  return { pauseId: row.pause_id, isNew: true };
}

/** Trips the pause and answers the error to throw. */
export async function ledgerBehind(db: Db, missing: string): Promise<StoreError> {
  const pauseId = await tripLedgerBehind(db, missing);
  return new StoreError(
    'ledger-behind',
    `The ledger does not have ${missing}. It looks restored to an earlier time, so publishing is paused everywhere (pause ${pauseId}). ` +
      'Say so with `first-comment ledger restored`, enter anew what is missing, then lift the pause with `first-comment resume`.',
    undefined,
    pauseId,
  );
}
