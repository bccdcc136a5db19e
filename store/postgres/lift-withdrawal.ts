import { sql } from 'kysely';
import { moveClaim } from './attempts.ts';
import { lockClaim } from './claim-rows.ts';
import type { Db } from './connect.ts';
import { A_COMMENT, covers } from './order-criteria.ts';

/**
 * Lifts an order; one that is lifted already stays as it was lifted first. Each surface in a transaction of its own, after the
 * order's: whoever withdraws a surface holds its claim and the order, so nobody must hold the order while waiting for a claim. What
 * a kill leaves undone, the same call does when it is repeated. `released`: surfaces that no order withdraws any more.
 */
export async function liftWithdrawal(
  db: Db,
  orderId: string,
  by: string,
  why: string,
): Promise<{ readonly released: number } | null> {
  const lifted = await sql`
    update withdrawal_orders set
      lifted_by = coalesce(lifted_by, ${by}),
      lifted_why = coalesce(lifted_why, ${why}),
      lifted_at = coalesce(lifted_at, clock_timestamp())
    where order_id::text = ${orderId} returning order_id`.execute(db);
  if (lifted.rows.length === 0) return null;
  const withdrawn = await sql<{ surface: string }>`
    select surface from claims where state = 'withdrawn' and withdrawn_by = ${orderId}::uuid order by surface`.execute(db);
  let released = 0;
  for (const { surface } of withdrawn.rows) if (await giveBack(db, orderId, surface)) released += 1;
  return { released };
}

/** The claim is locked first: only then does a statement see what was recorded for it until now. */
function giveBack(db: Db, orderId: string, surface: string): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    await lockClaim(transaction, surface);
    const heir = await alsoWithdrawnBy(transaction, surface);
    const given = await sql`
      update claims set
        state = case when ${heir}::uuid is null then 'released' else state end,
        withdrawn_by = ${heir}::uuid,
        changed_at = clock_timestamp()
      where surface = ${surface} and state = 'withdrawn' and withdrawn_by = ${orderId}::uuid returning surface`.execute(
      transaction,
    );
    if (heir !== null || given.rows.length === 0) return false;
    await moveClaim(transaction, surface, 'released');
    return true;
  });
}

/**
 * The oldest other order that withdraws the surface as well: it was carried out there, or covers a comment that stands or was
 * withdrawn. A claim names one order only, so what the others say is asked when that one goes.
 */
async function alsoWithdrawnBy(db: Db, surface: string): Promise<string | null> {
  const order = await sql<{ order_id: string }>`
    select order_id from withdrawal_orders
    where lifted_at is null and (
      exists (select from order_comments as tried
        where tried.order_id = withdrawal_orders.order_id and tried.surface = ${surface})
      or exists (select from publications where publications.surface = ${surface} and ${covers(A_COMMENT)}
        and (removed_at is null or exists (select from order_comments as tried
          where (tried.surface, tried.comment_id) = (publications.surface, publications.comment_id)))))
    order by ordered_at limit 1 for share`.execute(db);
  return order.rows[0]?.order_id ?? null;
}
