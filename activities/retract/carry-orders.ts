import { heartbeat } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { AccountRef } from '../../store/ledger.ts';
import { FAILURE } from '../contract.ts';
import type { Dependencies } from '../dependencies.ts';
import type { OrdersCarried } from './contract.ts';
import { withdrawComment } from './withdraw-comment.ts';

/** Comments of one account that one call removes at most; the next call goes on. */
const AT_ONCE = 50;

/**
 * Removes the account's comments that stand under a standing order and that no retract has tried: adopted after it had ended, or
 * left when it was terminated (protocol i 4). One that the platform still shows is left for the next call, which is harmless to
 * repeat; one that cannot be removed is noted and left to a person.
 */
export async function carryOrders(dependencies: Dependencies, { accountId }: AccountRef): Promise<OrdersCarried> {
  const removals = await dependencies.ledger.removalsOfAccount(accountId, AT_ONCE);
  const ends = { removed: 0, notRemoved: 0, left: 0 };
  for (const removal of removals) {
    heartbeat({ account: accountId, ...ends });
    try {
      const end = await withdrawComment(dependencies, removal);
      if (end.kind === 'removed') ends.removed += 1;
      if (end.kind === 'not-removed') ends.notRemoved += 1;
    } catch (error) {
      if (!(error instanceof ApplicationFailure) || error.type !== FAILURE.notYet) throw error;
      ends.left += 1;
    }
  }
  return ends;
}
