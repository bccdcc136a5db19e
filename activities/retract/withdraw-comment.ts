import type { Dependencies } from '../dependencies.ts';
import { removeComment } from '../remove-comment.ts';
import type { WithdrawInput, Withdrawn } from './contract.ts';

/** Withdraws the surface, then removes the comment and reads back until it is gone; each step is recorded (protocol i 3). */
export async function withdrawComment(dependencies: Dependencies, removal: WithdrawInput): Promise<Withdrawn> {
  const { ledger } = dependencies;
  const { orderId, surface, commentId, by, why, notEdited } = removal;
  if (!(await ledger.withdraw(orderId, surface))) return { kind: 'lifted' };
  const removed = await removeComment(dependencies, { surface, commentId, by, says: why });
  const says = removed.kind === 'removed' ? 'deleted, and read back as gone' : removed.says;
  const end = { removed: removed.kind === 'removed', says: notEdited === undefined ? says : `${says}; not edited: ${notEdited}` };
  await ledger.recordWithdrawal(orderId, surface, commentId, end);
  return removed;
}
