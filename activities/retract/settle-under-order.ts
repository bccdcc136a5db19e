import { type Dependencies, ownerOf } from '../dependencies.ts';
import { wakeWaiters } from '../runs.ts';
import { settle } from '../settle.ts';
import type { SettledUnderOrder, SettleUnderOrderInput } from './contract.ts';

/**
 * Settles an attempt under an order whose owner is gone: takes the claim over, so that no late owner acts beside it, then settles
 * as the attempt's own identity (protocol d, g, i 2). While the owner lives it is its to settle.
 */
export async function settleUnderOrder(
  dependencies: Dependencies,
  { run, orderId, attemptId }: SettleUnderOrderInput,
): Promise<SettledUnderOrder> {
  const { ledger, runs, timing } = dependencies;
  const [open] = await ledger.openUnder(orderId, { attemptId });
  if (!open) return { kind: 'settled-already' };
  const { surface, owner, epoch } = open;
  const self = ownerOf(dependencies, run);
  if (owner.workflowId !== self.workflowId) {
    if (await runs.isOpen(owner)) return { kind: 'owner-lives' };
    if (!(await ledger.takeForRepair({ surface, owner: self, expectedEpoch: epoch }))) return { kind: 'owner-lives' };
  }
  // Nobody verifies what is found and left standing, should the order be lifted: a look at once does.
  const settled = await settle(dependencies, { surface, attemptId }, [0, ...timing.looksMs]);
  if (settled.kind !== 'absent') return settled;
  await ledger.releaseClaim(surface, self);
  await wakeWaiters(dependencies, surface);
  return settled;
}
