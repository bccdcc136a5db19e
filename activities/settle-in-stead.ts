import type { Orphan } from '../store/ledger.ts';
import { type Dependencies, ownerOf } from './dependencies.ts';
import { settle } from './settle.ts';
import type { Settled } from './settle-contract.ts';

/**
 * Settles an attempt whose owner is gone, as the attempt's own identity: takes the claim over by compare-and-swap, so that no late
 * owner acts beside it (protocol d, g). An owner that lives settles it by itself. `taken`: somebody else was faster.
 */
export async function settleInStead(
  dependencies: Dependencies,
  { attemptId, surface, owner, epoch }: Omit<Orphan, 'state' | 'tries'>,
  workflowId: string,
): Promise<Settled | { readonly kind: 'owner-lives' } | { readonly kind: 'taken' }> {
  const { ledger, runs, timing } = dependencies;
  const mine = owner.workflowId === workflowId;
  if (!mine && (await runs.isOpen(owner))) return { kind: 'owner-lives' };
  const self = ownerOf(dependencies, { workflowId });
  if (!mine && !(await ledger.takeForRepair({ surface, owner: self, expectedEpoch: epoch }))) return { kind: 'taken' };
  // Nobody verifies what is found and left standing: a look at once does.
  return settle(dependencies, { surface, attemptId }, [0, ...timing.looksMs]);
}
