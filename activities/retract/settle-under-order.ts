import { type Dependencies, ownerOf } from '../dependencies.ts';
import { wakeWaiters } from '../runs.ts';
import { settleInStead } from '../settle-in-stead.ts';
import type { SettledUnderOrder, SettleUnderOrderInput } from './contract.ts';

/** Settles an attempt under an order whose owner is gone (protocol i 2). While the owner lives it is its to settle. */
export async function settleUnderOrder(
  dependencies: Dependencies,
  { run, orderId, attemptId }: SettleUnderOrderInput,
): Promise<SettledUnderOrder> {
  const { ledger } = dependencies;
  const [open] = await ledger.openUnder(orderId, { attemptId });
  if (!open) return { kind: 'settled-already' };
  const settled = await settleInStead(dependencies, { ...open, attemptId }, run.workflowId);
  if (settled.kind === 'taken') return { kind: 'owner-lives' };
  if (settled.kind !== 'absent') return settled;
  await ledger.releaseClaim(open.surface, ownerOf(dependencies, run));
  await wakeWaiters(dependencies, open.surface);
  return settled;
}
