import { type RawBuilder, sql } from 'kysely';
import { type OrderCriteria, tellCriteria } from '../../domain/order-criteria.ts';
import type { SurfaceRef } from '../../domain/surface.ts';
import type { Standing } from '../control.ts';
import type { Belonging } from '../publications.ts';
import type { Db } from './connect.ts';
import { takeControl, waitForSenders } from './in-flight.ts';
import { A_COMMENT, AN_ATTEMPT, aNewAttempt, CRITERIA, CRITERIA_COLUMNS, covers, criteriaValues } from './order-criteria.ts';
import { surfaceRow } from './surface-rows.ts';

/** An order that covers something, in the words in which it is refused. */
export interface CoveringOrder {
  readonly id: string;
  readonly criteria: OrderCriteria;
  readonly by: string;
  readonly why: string;
}

/** A standing order: nothing that it covers is published again without an operator's word (protocol i). */
export async function orderWithdrawal(
  db: Db,
  { criteria, edit = false, by, why }: { criteria: OrderCriteria; edit?: boolean; by: string; why: string },
): Promise<Standing> {
  const id = await db.transaction().execute(async (transaction) => {
    await takeControl(transaction);
    const written = await sql<{ id: string }>`
      insert into withdrawal_orders (${CRITERIA_COLUMNS}, edit, ordered_by, why)
      values (${criteriaValues(criteria)}, ${edit}, ${by}, ${why}) returning order_id as id`.execute(transaction);
    const row = written.rows[0];
    if (!row) throw new Error('The order was not written.');
    return row.id;
  });
  return { id, inFlight: await waitForSenders(db, attemptsUnder(id)) };
}

/** Attempts that the order covers. */
export function attemptsUnder(orderId: string): RawBuilder<unknown> {
  return sql`exists (select from withdrawal_orders where order_id = ${orderId} and ${covers(AN_ATTEMPT)})`;
}

/** Withdraws the surface by the order, while it stands. The order's row is held, so that lifting it waits. */
export async function withdraw(db: Db, orderId: string, surface: SurfaceRef): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const standing = await sql`
      select from withdrawal_orders where order_id = ${orderId} and lifted_at is null for share`.execute(transaction);
    if (standing.rows.length === 0) return false;
    await setWithdrawn(transaction, surfaceRow(surface), orderId);
    return true;
  });
}

async function setWithdrawn(db: Db, surface: string, orderId: string): Promise<void> {
  await sql`
    update claims set state = 'withdrawn', withdrawn_by = ${orderId}, changed_at = clock_timestamp()
    where surface = ${surface} and state <> 'withdrawn'`.execute(db);
}

/**
 * Withdraws the surface when a standing order covers a comment of ours on it: so what is adopted late is heeded by whoever adopts
 * it (protocol i 4). The caller holds the claim.
 */
export async function heedOrders(db: Db, surface: string): Promise<boolean> {
  const order = await sql<{ order_id: string }>`
    select order_id from withdrawal_orders
    where lifted_at is null and ${coversStanding(surface)}
    order by ordered_at limit 1 for share`.execute(db);
  const orderId = order.rows[0]?.order_id;
  if (orderId === undefined) return false;
  await setWithdrawn(db, surface, orderId);
  return true;
}

function coversStanding(surface: string): RawBuilder<unknown> {
  return sql`exists (
    select from publications where publications.surface = ${surface} and removed_at is null and ${covers(A_COMMENT)})`;
}

/**
 * Why nothing may be published on the surface; `null` when no standing order says so. Where a comment of ours stands the order has
 * to cover that one, else what would be written now.
 */
export async function standingWithdrawal(db: Db, surface: SurfaceRef, belongs: Belonging | null): Promise<string | null> {
  const row = surfaceRow(surface);
  const found = await selectOrders(
    db,
    sql`lifted_at is null and case
      when exists (select from publications where publications.surface = ${row} and removed_at is null) then ${coversStanding(row)}
      else ${covers(aNewAttempt(surface, belongs))} end`,
  );
  return found[0] ? tellOrder(found[0]) : null;
}

/** By which order the surface was withdrawn; `null` when it was not. */
export async function withdrawalOf(db: Db, surface: string): Promise<string | null> {
  const found = await selectOrders(
    db,
    sql`order_id = (select withdrawn_by from claims where surface = ${surface} and state = 'withdrawn')`,
  );
  return found[0] ? tellOrder(found[0]) : null;
}

/** Standing orders that cover what would be sent, oldest first, as one value. */
export function ordersCovering(surface: SurfaceRef, belongs: Belonging): RawBuilder<unknown> {
  return sql`(select coalesce(json_agg(json_build_object('id', order_id, 'criteria', ${CRITERIA}, 'by', ordered_by, 'why', why)
      order by ordered_at), '[]'::json)
    from withdrawal_orders where lifted_at is null and ${covers(aNewAttempt(surface, belongs))})`;
}

/** The order's words, for whoever meets it. */
export function tellOrder({ id, criteria, by, why }: CoveringOrder): string {
  return `${by} ordered a withdrawal (${tellCriteria(criteria)}): ${why}. Order ${id}`;
}

async function selectOrders(db: Db, where: RawBuilder<unknown>): Promise<readonly CoveringOrder[]> {
  const found = await sql<CoveringOrder>`
    select order_id as id, ${CRITERIA} as criteria, ordered_by as by, why
    from withdrawal_orders where ${where} order by ordered_at limit 1`.execute(db);
  return found.rows;
}
