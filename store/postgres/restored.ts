import { sql } from 'kysely';
import { StoreError } from '../errors.ts';
import type { Db } from './connect.ts';
import { takeControl, waitForSenders } from './in-flight.ts';
import { BEHIND, standBehind } from './ledger-behind.ts';

/** What a person says of a restore. */
export interface NotedRestore {
  /** To which time the database was restored, ISO 8601. */
  readonly from: string;
  readonly by: string;
  readonly why: string;
  /** How long what was sent in the lost time may take to land and to be listed, in milliseconds: `restoreSettlesAfterMs`. */
  readonly settlesAfterMs: number;
}

/** What follows from a restore that was noted. */
export interface Restored {
  /** From now on; what was claimed in an earlier one is claimed again, and looked at in full depth. */
  readonly generation: number;
  /** The breaker that keeps everything from being published until a person lifts it. */
  readonly pauseId: string;
  /** Before this moment, ISO 8601, nobody can lift it: what was sent in the lost time may still land. */
  readonly opensAt: string;
}

/**
 * Notes that the database was restored to its state of `from` (protocol k): one transaction begins a new generation and closes
 * everything. Returns when nothing that passed the gate before can send any more, as far as the ledger still knows of it. Of what it
 * lost nobody knows; so everything stays closed for `settlesAfterMs`, after which all of that has landed or never will.
 * @throws StoreError `invalid` for a time that is still to come
 */
export async function noteRestored(db: Db, { from, by, why, settlesAfterMs }: NotedRestore): Promise<Restored> {
  const restored = await db.transaction().execute(async (transaction) => {
    await takeControl(transaction);
    const begun = await sql<{ generation: number }>`
      update ledger set generation = generation + 1
      where ${from}::timestamptz <= clock_timestamp() returning generation`.execute(transaction);
    const row = begun.rows[0];
    if (!row) return null;
    // First the breaker: the restore has to be noted after it, or the breaker would ask for another one.
    const { pauseId } = await standBehind(transaction, `restored to ${from}, as ${by} says: ${why}`);
    const noted = await sql<{ settles_at: Date }>`
      insert into restores (generation, restored_from, restored_by, why, settles_at)
      values (${row.generation}, ${from}, ${by}, ${why}, clock_timestamp() + ${settlesAfterMs} * interval '1 millisecond')
      returning settles_at`.execute(transaction);
    const settlesAt = noted.rows[0]?.settles_at;
    if (!settlesAt) throw new Error('The restore was not written.');
    return { generation: row.generation, pauseId, opensAt: settlesAt.toISOString() };
  });
  if (!restored) throw new StoreError('invalid', `${from} is still to come; say to which time the database was restored.`);
  await waitForSenders(db, sql`true`);
  return restored;
}

/**
 * Why the breaker that closes a restored ledger cannot be lifted yet; `null` for every other pause, and when it can. A request of
 * the lost time has no row that would keep the gate shut until it is settled; this does instead. The caller holds the control row.
 */
export async function whyStillClosed(db: Db, pauseId: string): Promise<string | null> {
  const found = await sql<{ noted: boolean; settles_at: Date | null; settled: boolean }>`
    select
      coalesce((select max(noted_at) from restores) >= paused_at, false) as noted,
      (select max(settles_at) from restores) as settles_at,
      coalesce((select max(settles_at) from restores) <= clock_timestamp(), false) as settled
    from pauses where pause_id::text = ${pauseId} and lifted_at is null and ${BEHIND}`.execute(db);
  const breaker = found.rows[0];
  if (!breaker) return null;
  if (!breaker.noted) {
    return `Pause ${pauseId} stands because rows of the ledger are missing, and nobody has said to which time it was restored. Say so first with \`first-comment ledger restored --from TIME --by NAME --why REASON\`; without that, comments of the lost time would not be looked for.`;
  }
  if (breaker.settled) return null;
  return `Pause ${pauseId} cannot be lifted yet: until ${breaker.settles_at?.toISOString()} the platform may still act on requests of the lost time, which the ledger knows nothing of. Give the command again then.`;
}
