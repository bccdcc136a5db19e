import { cancellationSignal, heartbeat } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { AccountRef, OrderedRemoval } from '../../store/ledger.ts';
import type { Dependencies } from '../dependencies.ts';
import { FAILURE } from '../failure-contract.ts';
import { MOST_TRIES } from '../sweep/most-tries.ts';
import { accountsTokenWorks } from '../sweep/probe.ts';
import type { OrdersCarried } from './contract.ts';
import { withdrawComment } from './withdraw-comment.ts';

/** Comments of one account that one call removes at most; the next call goes on. */
const AT_ONCE = 50;

/**
 * Removes the account's comments that stand under a standing order and that no retract has tried: adopted after it had ended, or
 * left when it was terminated (protocol i 4). One that comes to no clear end is tried again after a growing pause, which is
 * harmless, and keeps no other from going; one that cannot be removed is noted and left to a person.
 * @throws ApplicationFailure when the account can do nothing now: throttled, or its token is dead
 */
export async function carryOrders(dependencies: Dependencies, account: AccountRef): Promise<OrdersCarried> {
  const { accountId } = account;
  const removals = await dependencies.ledger.removalsOfAccount(accountId, AT_ONCE);
  const ends = { removed: 0, notRemoved: 0, left: 0 };
  for (const removal of removals) {
    heartbeat({ account: accountId, ...ends });
    try {
      const end = await withdrawComment(dependencies, removal);
      if (end.kind === 'removed') ends.removed += 1;
      if (end.kind === 'not-removed') ends.notRemoved += 1;
    } catch (error) {
      if (!(error instanceof ApplicationFailure) || cancellationSignal().aborted) throw error;
      const ofOnePage = error.type === FAILURE.credentials && (await accountsTokenWorks(dependencies, account));
      if (error.nonRetryable && !ofOnePage) throw error;
      if (await leaveForLater(dependencies, removal, error.message)) ends.left += 1;
      else ends.notRemoved += 1;
    }
  }
  return ends;
}

/** `false`: it was tried often enough, and is a person's now. */
async function leaveForLater({ ledger, timing }: Dependencies, removal: OrderedRemoval, says: string): Promise<boolean> {
  const tries = await ledger.postponeRemoval(removal, { pausesMs: timing.sweepPausesMs, says });
  if (tries < MOST_TRIES) return true;
  await ledger.recordWithdrawal(removal.orderId, removal.surface, removal.commentId, { removed: false, says });
  return false;
}
