import { type RawBuilder, sql } from 'kysely';
import type { OrderCriteria } from '../../domain/order-criteria.ts';
import type { SurfaceRef } from '../../domain/surface.ts';
import type {
  OpenAttemptsAsked,
  OpenUnderOrder,
  OrderedRemoval,
  StandingComment,
  WithdrawalOrder,
  WithdrawalPreview,
  WithdrawnComment,
} from '../withdrawals.ts';
import { BELONGS, STILL_OPEN, selectAttempts } from './attempt-rows.ts';
import { ownerOf } from './claim-rows.ts';
import type { Db } from './connect.ts';
import { ledgerBehind } from './ledger-behind.ts';
import { A_COMMENT, AN_ATTEMPT, CRITERIA, CRITERIA_COLUMNS, covers, criteriaValues } from './order-criteria.ts';
import { surfaceRow } from './surface-rows.ts';
import { type Recorded, readTimes } from './times.ts';
import { attemptsUnder } from './withdrawals.ts';

const SURFACE = sql`json_build_object('platform', surfaces.platform, 'kind', surfaces.kind, 'surfaceId', surfaces.surface_id)`;
const LIFTED = sql`case when lifted_at is not null then json_build_object('by', lifted_by, 'why', lifted_why,
  'at', to_char(lifted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) end`;

/** Of the ad that a comment was written for, as the facts under its attempt say. */
const CAMPAIGN = sql`(select facts.facts -> 'snapshot' -> 'campaign' ->> 'name' from attempts join facts using (facts_id)
  where attempts.attempt_id = publications.attempt_id)`;

/** What an order with these criteria would cover: the predicate of all orders, over an order that was never given. */
export async function previewWithdrawal(db: Db, criteria: OrderCriteria): Promise<WithdrawalPreview> {
  const order = sql`(values (${criteriaValues(criteria)})) as withdrawal_orders (${CRITERIA_COLUMNS})`;
  const comments = (verdict: RawBuilder<unknown>) =>
    readTimes<StandingComment>(
      db,
      sql<Recorded<StandingComment>>`
        select (select ${SURFACE} from surfaces where surfaces.surface = publications.surface) as surface,
          comment_id as "commentId", attempt_id as "attemptId", text, published_at as "publishedAt", origin,
          case when identity_id is not null then ${BELONGS} end as belongs, ${CAMPAIGN} as "campaignName"
        from publications
        where removed_at is null and (select ${covers(A_COMMENT)} from ${order}) is ${verdict}
        order by published_at, comment_id`,
    );
  return {
    comments: await comments(sql`true`),
    unexplained: await comments(sql`null`),
    open: await selectAttempts(db, sql`${STILL_OPEN} and exists (select from ${order} where ${covers(AN_ATTEMPT)})`),
  };
}

export async function withdrawalOrder(db: Db, orderId: string): Promise<WithdrawalOrder | null> {
  return (await selectOrders(db, sql`order_id::text = ${orderId}`))[0] ?? null;
}

/** Orders with how far each is, oldest first. */
export function selectOrders(db: Db, where: RawBuilder<unknown>): Promise<readonly WithdrawalOrder[]> {
  const covered = sql`from publications where removed_at is null and ${covers(A_COMMENT)}`;
  return readTimes<WithdrawalOrder>(
    db,
    sql<Recorded<WithdrawalOrder>>`
      select order_id as id, ${CRITERIA} as criteria, edit, ordered_by as by, why, ordered_at as at, ${LIFTED} as lifted,
        carried_at as "carriedAt",
        (select count(*)::int from order_comments as tried where tried.order_id = withdrawal_orders.order_id and removed) as removed,
        (select count(*)::int from order_comments as tried where tried.order_id = withdrawal_orders.order_id and edited) as edited,
        (select count(*)::int ${covered}) as left,
        (select count(*)::int ${covered} and exists (select from order_comments as tried
          where (tried.order_id, tried.surface, tried.comment_id)
            = (withdrawal_orders.order_id, publications.surface, publications.comment_id))) as "notRemoved",
        (select count(*)::int from attempts where ${STILL_OPEN} and ${covers(AN_ATTEMPT)}) as open
      from withdrawal_orders where ${where} order by ordered_at`,
  );
}

export async function beginRetract(db: Db, orderId: string): Promise<string> {
  const found = await sql<{ now: Date }>`
    select clock_timestamp() as now from withdrawal_orders where order_id = ${orderId}`.execute(db);
  const row = found.rows[0];
  if (!row) throw await ledgerBehind(db, `the withdrawal order ${orderId}`);
  return row.now.toISOString();
}

export function removalsUnder(db: Db, orderId: string, since: string, limit: number): Promise<readonly OrderedRemoval[]> {
  const untried = sql`not ${triedSince(sql`${since}::timestamptz`)}`;
  return selectRemovals(db, sql`${UNDER_ORDERS} and withdrawal_orders.order_id = ${orderId} and ${untried}`, limit);
}

export function removalsOfAccount(db: Db, accountId: string, limit: number): Promise<readonly OrderedRemoval[]> {
  return selectRemovals(db, orderedRemovals(accountId), limit);
}

function triedSince(since: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`exists (select from order_comments as tried
    where (tried.order_id, tried.surface, tried.comment_id)
        = (withdrawal_orders.order_id, publications.surface, publications.comment_id)
      and tried.tried_at >= ${since})`;
}

/** Comments of the account under any standing order that nobody has tried, or that are to be tried again by now, as `from … where …`; one under several comes several times. */
export function orderedRemovals(accountId: string): RawBuilder<unknown> {
  const leftAlone = sql`exists (select from order_comments as tried
    where (tried.order_id, tried.surface, tried.comment_id)
        = (withdrawal_orders.order_id, publications.surface, publications.comment_id)
      and coalesce(tried.again_at > clock_timestamp(), true))`;
  return sql`${UNDER_ORDERS} and publications.account_id = ${accountId} and not ${leftAlone}
    and (not withdrawal_orders.edit or carried_at is not null
      or exists (select from claims where claims.surface = publications.surface and claims.state = 'withdrawn'))`;
}

const UNDER_ORDERS = sql`from withdrawal_orders
  join publications on removed_at is null and ${covers(A_COMMENT)}
  join surfaces on surfaces.surface = publications.surface
  where lifted_at is null`;

/** Of several orders that cover a comment the first one counts. */
async function selectRemovals(db: Db, removals: RawBuilder<unknown>, limit: number): Promise<readonly OrderedRemoval[]> {
  const found = await sql<OrderedRemoval>`
    select "orderId", by, why, surface, "commentId", "accountId", "adId", "marketId", "campaignName" from (
      select distinct on (publications.surface, comment_id) withdrawal_orders.order_id as "orderId", ordered_by as by, why,
        ${SURFACE} as surface, comment_id as "commentId", publications.account_id as "accountId",
        publications.ad_id as "adId", publications.market_id as "marketId", ${CAMPAIGN} as "campaignName", published_at
      ${removals}
      order by publications.surface, comment_id, ordered_at) as removals
    order by published_at, "commentId" limit ${limit}`.execute(db);
  return found.rows;
}

export async function openUnder(db: Db, orderId: string, which: OpenAttemptsAsked): Promise<readonly OpenUnderOrder[]> {
  const open = sql`${STILL_OPEN} and ${attemptsUnder(orderId)}`;
  const attempts =
    'attemptId' in which
      ? await selectAttempts(db, sql`${open} and attempt_id::text = ${which.attemptId}`)
      : await selectAttempts(db, sql`${open} and attempt_id::text <> all(${which.besides}::text[])`, which.limit);
  const held = await sql<{
    attempt_id: string;
    place: SurfaceRef;
    cluster: string;
    namespace: string;
    workflow_id: string;
    epoch: number;
  }>`
    select attempt_id, ${SURFACE} as place, claims.cluster, claims.namespace, claims.workflow_id, claims.epoch
    from attempts join claims using (surface) join surfaces using (surface)
    where attempt_id = any(${attempts.map(({ attemptId }) => attemptId)}::uuid[])`.execute(db);
  return attempts.flatMap((attempt) => {
    const row = held.rows.find(({ attempt_id }) => attempt_id === attempt.attemptId);
    return row ? [{ surface: row.place, attempt, owner: ownerOf(row), epoch: row.epoch }] : [];
  });
}

export async function recordWithdrawal(
  db: Db,
  orderId: string,
  surface: SurfaceRef,
  commentId: string,
  { removed, says }: { removed: boolean; says: string },
): Promise<void> {
  await sql`
    insert into order_comments (order_id, surface, comment_id, removed, says)
    values (${orderId}, ${surfaceRow(surface)}, ${commentId}, ${removed}, ${says})
    on conflict (order_id, surface, comment_id) do update
      set removed = excluded.removed, edited = false, says = excluded.says, tried_at = clock_timestamp(), again_at = null`.execute(
    db,
  );
}

export async function postponeRemoval(
  db: Db,
  { orderId, surface, commentId }: OrderedRemoval,
  { pausesMs, says }: { pausesMs: readonly number[]; says: string },
): Promise<number> {
  const pause = (tries: RawBuilder<unknown>) =>
    sql`clock_timestamp() + (${pausesMs.map(Math.round)}::bigint[])[least(${tries}, ${pausesMs.length})] * interval '1 millisecond'`;
  const tried = await sql<{ tries: number }>`
    insert into order_comments as tried (order_id, surface, comment_id, removed, says, again_at)
    values (${orderId}, ${surfaceRow(surface)}, ${commentId}, false, ${says}, ${pause(sql`1`)})
    on conflict (order_id, surface, comment_id) do update
      set says = excluded.says, tried_at = clock_timestamp(), tries = tried.tries + 1, again_at = ${pause(sql`tried.tries + 1`)}
    returning tries`.execute(db);
  return tried.rows[0]?.tries ?? 1;
}

export function withdrawnUnder(db: Db, orderId: string): Promise<readonly WithdrawnComment[]> {
  return readTimes<WithdrawnComment>(
    db,
    sql<Recorded<WithdrawnComment>>`
      select ${SURFACE} as surface, comment_id as "commentId", text, account_id as "accountId", ad_id as "adId",
        market_id as "marketId", removed, edited, says, tried_at as at
      from order_comments join publications using (surface, comment_id) join surfaces using (surface)
      where order_id = ${orderId} order by tried_at, comment_id`,
  );
}

export async function retractEnded(db: Db, orderId: string): Promise<void> {
  await sql`update withdrawal_orders set carried_at = clock_timestamp() where order_id = ${orderId}`.execute(db);
}
