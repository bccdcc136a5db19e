import { ActivityFailure, defineSearchAttributeKey } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { LooksDone, WakingDone } from '../activities/sweep/contract.ts';
import { formatSurface } from '../domain/surface.ts';
import { DEFAULT_TIMING } from '../domain/timing.ts';
import { causeOf } from './failures.ts';
import type { SweepInput, SweepResult } from './messages.ts';
import { ledger, sweeping, sweepRemovals, sweepRepair } from './policies.ts';
import { beginTally, type SweepTally, tellOpenIncidents, tellSweep } from './sweep-tally.ts';

const NEEDS_HUMAN = defineSearchAttributeKey('FcNeedsHuman', 'BOOL');
/** Batches of looks in one sweep; what is due beyond them is the next one's. */
const MOST_BATCHES = 8;

/**
 * Sees to one account, on a schedule: looks at what was published before, settles attempts whose owner is gone, wakes who waits
 * for what is there. All that it knows and does is in the ledger, so that any sweep can end anywhere and the next one goes on.
 */
export async function sweep(input: SweepInput): Promise<SweepResult> {
  const { platform, accountId } = input;
  const step = { platform, accountId, workflowId: workflowInfo().workflowId };
  const begun = await ledger('what is due').beginSweep({ ...input, workflowId: step.workflowId });
  if (begun.kind === 'foreign') return show({ ...beginTally(), left: begun.says });
  const { due, verifyWindowMs = DEFAULT_TIMING.verifyWindowMs } = begun;
  const tally = beginTally();
  // By the ledger and not by what this sweep raises: one that ended before it had said so leaves that to the next.
  tally.stillOpen = tellOpenIncidents(due.openIncidents ?? []);
  const carry = async (what: string, count: number, act: () => Promise<unknown>): Promise<void> => {
    if (count === 0) return;
    try {
      await act();
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
      tally.failed.push(`${what}: ${causeOf(error)?.message ?? (error as Error).message}`);
    }
    show(tally);
  };
  const { isDead = false, probeIsDue = false } = due.token ?? {};
  let tokenIsDead = isDead;
  // A token in doubt is tried before anything else is; while it is dead that one call is the only one.
  if (probeIsDue) {
    await carry('waking', 1, async () => {
      const { probe } = await wake({ ...step, tokenIsDead }, tally);
      if (probe === 'usable' || probe === 'unusable') tokenIsDead = probe === 'unusable';
    });
  }
  if (tokenIsDead) {
    tally.awaitsToken = due.orphans + due.ordered + due.looks;
    if (!probeIsDue) tally.forPerson.push(`the token of ${accountId} does not work; it is tried again by itself`);
  } else {
    // What settling finds is looked at in the same sweep.
    await carry('orphaned attempts', due.orphans, async () => {
      tokenIsDead = await settleOrphans(step, tally);
    });
    if (tokenIsDead) tally.awaitsToken = due.ordered + due.looks;
    await carry('withdrawal orders', tokenIsDead ? 0 : due.ordered + tally.found, () => carryWithdrawals(step, tally));
    await carry('later looks', tokenIsDead ? 0 : due.looks + tally.found, () => carryLooks(step, verifyWindowMs, tally));
  }
  if (!probeIsDue) await carry('waking', due.waiters + due.unseen, () => wake({ ...step, tokenIsDead }, tally));
  const result = show(tally);
  const needsPerson = result.forPerson.length > 0 || result.stillOpen !== null;
  if (needsPerson) upsertSearchAttributes([{ key: NEEDS_HUMAN, value: true }]);
  await ledger(`swept: ${result.says}`).endSweep({ platform, accountId, says: result.says, needsPerson });
  return result;
}

type Step = Omit<SweepInput, 'startedFor'> & { readonly workflowId: string };

/** Answers whether the account's token turned out to be dead. */
async function settleOrphans(step: Step, tally: SweepTally): Promise<boolean> {
  const { sweepOrphans } = sweeping(step.platform, 'settle attempts whose owner is gone');
  const { found, absent, postponed, unprovable, tokenIsDead = false } = await sweepOrphans(step);
  tally.found += found;
  tally.absent += absent;
  tally.postponed += postponed;
  tally.forPerson.push(...unprovable);
  return tokenIsDead;
}

/** What was found under a standing order, or left by a retract that ended early (protocol i 4). */
async function carryWithdrawals(step: Step, tally: SweepTally): Promise<void> {
  const { carryOrders } = sweepRemovals(step.platform, 'remove what stands under withdrawal orders');
  const { removed, notRemoved, left } = await carryOrders({ platform: step.platform, accountId: step.accountId });
  tally.withdrawn += removed;
  tally.postponed += left;
  if (notRemoved > 0) tally.forPerson.push(`${notRemoved} comment(s) under a withdrawal order could not be removed`);
}

/** Looks; what they find too much of is repaired, and then looked at again. */
async function carryLooks(step: Step, verifyWindowMs: number, tally: SweepTally): Promise<void> {
  let dealtWith: readonly string[] = [];
  let repaired = false;
  for (let batch = 1; batch <= MOST_BATCHES; batch += 1) {
    const { sweepLooks } = sweeping(step.platform, `later looks, batch ${batch}`);
    const done = await sweepLooks({ ...step, dealtWith, repaired });
    tally.looks += done.looked;
    tally.postponed += done.postponed;
    tally.forPerson.push(...done.incidents);
    dealtWith = [...dealtWith, ...(await repairAll(step, verifyWindowMs, done, tally))];
    if (!done.more && done.toRepair.length === 0) return;
    repaired ||= done.toRepair.length > 0;
  }
}

/** Answers the comments about which nothing more is to be done. A surface that cannot be repaired now keeps no other from it. */
async function repairAll(
  step: Step,
  verifyWindowMs: number,
  { toRepair }: LooksDone,
  tally: SweepTally,
): Promise<readonly string[]> {
  const dealtWith: string[] = [];
  for (const surface of toRepair) {
    try {
      const { repair } = sweepRepair(step.platform, verifyWindowMs, `leave one comment of ours on ${formatSurface(surface)}`);
      const repaired = await repair({ surface, workflowId: step.workflowId });
      if (repaired.kind === 'held') {
        tally.postponed += 1;
        continue;
      }
      tally.removed += repaired.removed.length;
      if (repaired.removed.length > 0) tally.forPerson.push(`second comment on ${formatSurface(surface)} removed`);
      if (repaired.needsPerson !== null) tally.forPerson.push(`${formatSurface(surface)}: ${repaired.needsPerson}`);
      dealtWith.push(...repaired.dealtWith);
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
      tally.failed.push(`repair of ${formatSurface(surface)}: ${causeOf(error)?.message ?? (error as Error).message}`);
    }
  }
  return dealtWith;
}

async function wake(step: Step & { readonly tokenIsDead: boolean }, tally: SweepTally): Promise<WakingDone> {
  const { sweepWaiting } = sweeping(step.platform, 'wake who waits for what is there');
  const done = await sweepWaiting(step);
  const { woken, lost, probe, says } = done;
  tally.woken += woken;
  tally.lost += lost;
  if (probe === 'unusable') tally.forPerson.push(`the token of ${step.accountId} does not work: ${says}`);
  return done;
}

/** In the Temporal UI's current details, which cost no event. */
function show(tally: SweepTally): SweepResult {
  const result = tellSweep(tally);
  const open = result.stillOpen === null ? [] : [result.stillOpen];
  setCurrentDetails([result.says, ...result.forPerson, ...open, ...result.failed].map((line) => `- ${line}`).join('\n'));
  return result;
}
