import { wayOf } from '../../domain/edit-in-place.ts';
import { tellCriteria } from '../../domain/order-criteria.ts';
import { sameServed, tellServed } from '../../domain/served.ts';
import type { OrderedRemoval, Owner, WithdrawalOrder } from '../../store/ledger.ts';
import { type Dependencies, ownerOf } from '../dependencies.ts';
import { askedOnce } from '../owners.ts';
import { settlesIn } from '../settle.ts';
import type { ListOrderInput, OpenOrderInput, OrderListed, OrderOpened, OrderProgress, Removal } from './contract.ts';

/** Comments that a retract asks for at once, and attempts. */
const BATCH = 50;

/** Begins to carry an order out; what was tried before and did not go is tried again. */
export async function openOrder(dependencies: Dependencies, { orderId, startedFor }: OpenOrderInput): Promise<OrderOpened> {
  const { ledger, brand, profile, timing } = dependencies;
  const serves = { brandId: brand.id, profile };
  if (startedFor && !sameServed(startedFor, serves)) {
    const says = `this worker serves ${tellServed(serves)}; the retract was started for ${tellServed(startedFor)}. Set FIRST_COMMENT_BRAND and FIRST_COMMENT_PROFILE alike for both`;
    return { kind: 'foreign', says };
  }
  const since = await ledger.beginRetract(orderId);
  const order = await orderOf(dependencies, orderId);
  const { criteria, by, why } = order;
  return { kind: 'opened', since, timing, covers: tellCriteria(criteria), by, why, progress: progressOf(order) };
}

/** What is left to do under the order: comments to remove, and attempts that must settle first (protocol i 2). */
export async function listOrder(
  dependencies: Dependencies,
  { run, orderId, since, besides = [] }: ListOrderInput,
): Promise<OrderListed> {
  const { ledger, runs, timing } = dependencies;
  const self = ownerOf(dependencies, run);
  const isOpen = askedOnce((owner) => runs.isOpen(owner));
  const lives = async (owner: Owner) => owner.workflowId !== self.workflowId && (await isOpen(owner));
  const open = await Promise.all(
    (await ledger.openUnder(orderId, { besides, limit: BATCH })).map(async (each) => ({
      surface: each.surface,
      attemptId: each.attempt.attemptId,
      accountId: each.attempt.belongs.accountId,
      settleInMs: settlesIn(each.attempt, timing),
      heldBy: (await lives(each.owner)) ? each.owner.workflowId : null,
    })),
  );
  // After the open attempts: what one of them turns out to have left in between is then among these.
  const ordered = await ledger.removalsUnder(orderId, since, BATCH);
  const order = await orderOf(dependencies, orderId);
  const removals = order.edit ? ordered.map((each) => withWay(dependencies, order, each)) : ordered;
  return { lifted: order.lifted, removals, open, progress: progressOf(order) };
}

function withWay({ brand }: Dependencies, { criteria }: WithdrawalOrder, removal: OrderedRemoval): Removal {
  const { surface, marketId = null, campaignName = null } = removal;
  const now = new Date().toISOString();
  return { ...removal, way: wayOf({ kind: surface.kind, marketId, campaignName }, criteria, brand, now) };
}

/** The retract came to its end. */
export async function endOrder(dependencies: Dependencies, orderId: string): Promise<OrderProgress> {
  await dependencies.ledger.retractEnded(orderId);
  return progressOf(await orderOf(dependencies, orderId));
}

async function orderOf({ ledger }: Dependencies, orderId: string): Promise<WithdrawalOrder> {
  const order = await ledger.withdrawalOrder(orderId);
  if (!order) throw await ledger.behind(`the withdrawal order ${orderId}`);
  return order;
}

function progressOf({ removed, edited, left, notRemoved, open }: WithdrawalOrder): OrderProgress {
  return { removed, edited, left, notRemoved, open };
}
