import { setTimeout as sleep } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import type { Attempt } from '../attempts.ts';
import { selectAttempts } from './attempt-rows.ts';
import type { Db } from './connect.ts';

const POLL_MS = 50;

/**
 * Waits until every open attempt of the scope has a result or is past its `sendBy`, by the database's clock, so that
 * no byte leaves after this returned. Answers those that still have no result (protocol b). Call it after the order
 * is committed: no new attempt of the scope passes the gate then, so the wait ends.
 */
export async function waitForSenders(db: Db, scope: RawBuilder<unknown>): Promise<readonly Attempt[]> {
  const maySend = sql`${scope} and result_kind is null
    and gate_at + send_by_ms * interval '1 millisecond' > clock_timestamp()`;
  while (await anyAttempt(db, maySend)) await sleep(POLL_MS);
  return selectAttempts(db, sql`${scope} and result_kind is null`);
}

async function anyAttempt(db: Db, where: RawBuilder<unknown>): Promise<boolean> {
  const found = await sql<{ found: boolean }>`select exists (select from attempts where ${where}) as found`.execute(db);
  return found.rows[0]?.found ?? false;
}

/** Takes the control row exclusively: waits for every gate that is passing, and is seen by every gate after. */
export async function takeControl(transaction: Db): Promise<void> {
  await sql`select from control for update`.execute(transaction);
}
