import { sameServed, tellServed } from '../../domain/served.ts';
import type { Dependencies } from '../dependencies.ts';
import type { BeginSweepInput, EndSweepInput, SweepBegun } from './contract.ts';
import { scopeOf } from './scope.ts';

/** What is due for the account; nothing else is asked when nothing is. */
export async function beginSweep(dependencies: Dependencies, input: BeginSweepInput): Promise<SweepBegun> {
  const { ledger, brand, profile } = dependencies;
  const serves = { brandId: brand.id, profile };
  if (input.startedFor && !sameServed(input.startedFor, serves)) {
    const says = `this worker serves ${tellServed(serves)}; the sweep is for ${tellServed(input.startedFor)}`;
    return { kind: 'foreign', says };
  }
  if (!brand.accounts.some(({ platform, accountId }) => platform === input.platform && accountId === input.accountId)) {
    return { kind: 'foreign', says: `account ${input.accountId} is none of ${brand.name}'s; delete its sweep's schedule` };
  }
  return { kind: 'begun', due: await ledger.dueForSweep(scopeOf(dependencies, input)) };
}

export async function endSweep({ ledger }: Dependencies, { platform, accountId, ...said }: EndSweepInput): Promise<void> {
  await ledger.recordSweep({ platform, accountId }, said);
}
