import { sql } from 'kysely';
import { StoreError } from '../errors.ts';
import type { Db } from './connect.ts';

/** Who a pause that the ledger set by itself is signed with. */
const SELF = 'ledger';
const WHY = 'ledger-behind';

/**
 * A caller names a row that is not there: the database was restored to an earlier time, so nothing it says of
 * surfaces can be trusted. Trips the global pause once, and answers its id (protocol k).
 */
export async function tripLedgerBehind(db: Db, missing: string): Promise<string> {
  return db.transaction().execute(async (transaction) => {
    await sql`select 1 from control for update`.execute(transaction);
    const standing = await sql<{ pause_id: string }>`
      select pause_id from pauses where paused_by = ${SELF} and why like ${`${WHY}%`} and lifted_at is null`.execute(transaction);
    const already = standing.rows[0];
    if (already) return already.pause_id;
    const tripped = await sql<{ pause_id: string }>`
      insert into pauses (kind, scope, value, paused_by, why)
      values ('breaker', 'all', 'all', ${SELF}, ${`${WHY}: ${missing} is not in the ledger`})
      returning pause_id`.execute(transaction);
    await sql`
      insert into incidents (kind, surface_id, evidence, did)
      values ('ledger-behind', '', ${JSON.stringify({ missing })}, 'tripped the global pause')`.execute(transaction);
    return tripped.rows[0]?.pause_id ?? '';
  });
}

/** Trips the pause and answers the error to throw. */
export async function ledgerBehind(db: Db, missing: string): Promise<StoreError> {
  const pauseId = await tripLedgerBehind(db, missing);
  return new StoreError(
    'ledger-behind',
    `The ledger does not have ${missing}. It looks restored to an earlier time, so publishing is paused everywhere (pause ${pauseId}). ` +
      'Find out what is missing, then lift the pause with `first-comment resume`.',
    undefined,
    pauseId,
  );
}
