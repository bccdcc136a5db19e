import { sql } from 'kysely';
import { StoreError } from '../errors.ts';
import type { Db } from './connect.ts';
import { takeControl, waitForSenders } from './in-flight.ts';
import { standBehind } from './ledger-behind.ts';

/** What follows from a restore that was noted. */
export interface Restored {
  /** From now on; what was claimed in an earlier one is claimed again, and looked at in full depth. */
  readonly generation: number;
  /** The breaker that keeps everything from being published until a person lifts it. */
  readonly pauseId: string;
}

/**
 * Notes that the database was restored to its state of `from` (protocol k): one transaction begins a new generation and closes
 * everything. Returns when nothing that passed the gate before can send any more.
 * @throws StoreError `invalid` for a time that is still to come
 */
export async function noteRestored(
  db: Db,
  { from, by, why }: { readonly from: string; readonly by: string; readonly why: string },
): Promise<Restored> {
  const restored = await db.transaction().execute(async (transaction) => {
    await takeControl(transaction);
    const begun = await sql<{ generation: number }>`
      update ledger set generation = generation + 1
      where ${from}::timestamptz <= clock_timestamp() returning generation`.execute(transaction);
    const row = begun.rows[0];
    if (!row) return null;
    await sql`
      insert into restores (generation, restored_from, restored_by, why)
      values (${row.generation}, ${from}, ${by}, ${why})`.execute(transaction);
    const { pauseId } = await standBehind(transaction, `restored to ${from}, as ${by} says: ${why}`);
    return { generation: row.generation, pauseId };
  });
  if (!restored) throw new StoreError('invalid', `${from} is still to come; say to which time the database was restored.`);
  await waitForSenders(db, sql`true`);
  return restored;
}
