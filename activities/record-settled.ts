import type { Dependencies } from './dependencies.ts';
import type { Settled, SettleInput } from './settle-contract.ts';

/** The comment of the attempt is there. `looksMs`: when it is looked at again. */
export async function recordFound(
  { ledger }: Dependencies,
  { surface, attemptId }: SettleInput,
  comment: { readonly commentId: string; readonly text: string; readonly publishedAt: string },
  looksMs: readonly number[],
): Promise<Settled> {
  const { commentId } = comment;
  const { withdrawn } = await ledger.recordResult(attemptId, { kind: 'found', commentId }, 'settling');
  await ledger.planLooks(surface, commentId, looksMs);
  return { kind: 'found', ...comment, ...(withdrawn === null ? {} : { withdrawn }) };
}

/** The attempt is proven to have had no effect. `says`: how. */
export async function recordAbsent({ ledger }: Dependencies, attemptId: string, says: string): Promise<Settled> {
  await ledger.recordResult(attemptId, { kind: 'absent', says }, 'settling');
  return { kind: 'absent' };
}
