import type { OrderedRemoval } from '../../store/ledger.ts';
import type { Dependencies } from '../dependencies.ts';
import { removeComment } from '../remove-comment.ts';
import type { Withdrawn } from './contract.ts';

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
