import { tellCriteria } from '../domain/order-criteria.ts';
import { sameServed, tellServed } from '../domain/served.ts';
import { speakerOf } from '../domain/speaker.ts';
import type { SurfaceRef } from '../domain/surface.ts';
import { surfaceKey } from '../domain/surface-key.ts';
import type { Owner } from '../store/ledger.ts';
import type { OpenUnderOrder, OrderedRemoval, WithdrawalOrder } from '../store/withdrawals.ts';
import type {
  ListOrderInput,
  OpenOrderInput,
  OrderListed,
  OrderOpened,
  OrderProgress,
  SettledUnderOrder,
  SettleUnderOrderInput,
  Withdrawn,
} from './contract.ts';
import { type Dependencies, ownerOf } from './dependencies.ts';
import { removeComment } from './remove-comment.ts';
import { settle, settlesIn } from './settle.ts';

/** Comments that a retract asks for at once. */
const BATCH = 50;

/** Begins to carry an order out; what was tried before and did not go is tried again. */
export async function openOrder(
  { ledger, brand, profile, timing }: Dependencies,
  { orderId, startedFor }: OpenOrderInput,
): Promise<OrderOpened> {
  const serves = { brandId: brand.id, profile };
  if (startedFor && !sameServed(startedFor, serves)) {
    const says = `this worker serves ${tellServed(serves)}; the retract was started for ${tellServed(startedFor)}. Set FIRST_COMMENT_BRAND and FIRST_COMMENT_PROFILE alike for both`;
    return { kind: 'foreign', says };
  }
  const since = await ledger.beginRetract(orderId);
  const order = await orderOf({ ledger }, orderId);
  const { criteria, by, why } = order;
  return { kind: 'opened', since, timing, covers: tellCriteria(criteria), by, why, progress: progressOf(order) };
}

/** What is left to do under the order: comments to remove, and attempts that must settle first (protocol i 2). */
export async function listOrder(dependencies: Dependencies, { run, orderId, since }: ListOrderInput): Promise<OrderListed> {
  const { ledger, timing } = dependencies;
  const self = ownerOf(dependencies, run);
  const lives = async (owner: Owner) => !isSame(owner, self) && (await dependencies.runs.isOpen(owner));
  const removals = await ledger.removalsUnder(orderId, since, BATCH);
  const open = await Promise.all(
    (await ledger.openUnder(orderId)).map(async (each) => ({
      surface: each.surface,
      attemptId: each.attempt.attemptId,
      accountId: each.attempt.belongs.accountId,
      settleInMs: settlesIn(each.attempt, timing),
      heldBy: (await lives(each.owner)) ? each.owner.workflowId : null,
    })),
  );
  const order = await orderOf(dependencies, orderId);
  return { lifted: order.lifted, removals, open, progress: progressOf(order) };
}

/** The retract came to its end. */
export async function endOrder({ ledger }: Dependencies, orderId: string): Promise<OrderProgress> {
  await ledger.retractEnded(orderId);
  return progressOf(await orderOf({ ledger }, orderId));
}

/**
 * Settles an attempt under an order whose owner is gone: takes the claim over, so that no late owner sends beside it, then reads
 * the thread as the attempt's own identity (protocol d, g, i 2). While the owner lives it is its to settle.
 */
export async function settleUnderOrder(
  dependencies: Dependencies,
  { run, orderId, attemptId }: SettleUnderOrderInput,
): Promise<SettledUnderOrder> {
  const { ledger, brand } = dependencies;
  const open = (await ledger.openUnder(orderId)).find((each) => each.attempt.attemptId === attemptId);
  if (!open) return { kind: 'settled-already' };
  const { surface, attempt } = open;
  const speaker = speakerOf(attempt.belongs.identityId, brand);
  if (!speaker) {
    const says = `the attempt was made as ${attempt.belongs.identityId}, which identities.yaml does not name; look at the thread and say what you found with "first-comment settle"`;
    return { kind: 'unprovable', says };
  }
  const self = ownerOf(dependencies, run);
  if (!(await takenOver(dependencies, open, self))) return { kind: 'owner-lives' };
  const { accountId, adId } = attempt.belongs;
  const ad = { platform: surface.platform, accountId, adId };
  const proposal = { ...speaker, surfaceKey: surfaceKey(brand.id, surface) };
  const settled = await settle(dependencies, { ad, surface, proposal, attemptId });
  if (settled.kind === 'absent') await giveBack(dependencies, surface, self);
  return settled;
}

/** Withdraws the surface, then removes the comment and reads back until it is gone; each step is recorded (protocol i 3). */
export async function withdrawComment(dependencies: Dependencies, removal: OrderedRemoval): Promise<Withdrawn> {
  const { ledger } = dependencies;
  const { orderId, surface, commentId, by, why } = removal;
  if (!(await ledger.withdraw(orderId, surface))) return { kind: 'lifted' };
  const removed = await removeComment(dependencies, { surface, commentId, by, says: why });
  const end =
    removed.kind === 'removed'
      ? { removed: true, says: 'deleted, and read back as gone' }
      : { removed: false, says: removed.says };
  await ledger.recordWithdrawal(orderId, surface, commentId, end);
  return removed;
}

async function takenOver(dependencies: Dependencies, { surface, owner, epoch }: OpenUnderOrder, self: Owner): Promise<boolean> {
  if (isSame(owner, self)) return true;
  if (await dependencies.runs.isOpen(owner)) return false;
  const answer = await dependencies.ledger.takeOver({ surface, owner: self, expectedEpoch: epoch });
  // A withdrawn surface has no owner that could send: there is nothing to take over.
  return answer.kind === 'claimed' || answer.kind === 'withdrawn';
}

/** Those who wait for the surface find the order, and end. */
async function giveBack({ ledger, runs }: Dependencies, surface: SurfaceRef, self: Owner): Promise<void> {
  await ledger.releaseClaim(surface, self);
  const waiters = await ledger.waitersFor('awaiting-claim', surface.surfaceId);
  await Promise.all(waiters.map((workflowId) => runs.wake(workflowId)));
}

function isSame(one: Owner, other: Owner): boolean {
  return one.cluster === other.cluster && one.namespace === other.namespace && one.workflowId === other.workflowId;
}

async function orderOf({ ledger }: Pick<Dependencies, 'ledger'>, orderId: string): Promise<WithdrawalOrder> {
  const order = await ledger.withdrawalOrder(orderId);
  if (!order) throw await ledger.behind(`the withdrawal order ${orderId}`);
  return order;
}

function progressOf({ removed, left, notRemoved, open }: WithdrawalOrder): OrderProgress {
  return { removed, left, notRemoved, open };
}
