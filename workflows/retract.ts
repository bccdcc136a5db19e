import { continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow';
import { FAILURE } from '../activities/failure-contract.ts';
import type { OrderListed } from '../activities/retract/contract.ts';
import { showRetract } from './describe-retract.ts';
import { causeOf } from './failures.ts';
import { wakeSignal } from './messages.ts';
import { ledger } from './policies.ts';
import { type RetractInput, type RetractState, retractStateQuery } from './retract-messages.ts';
import { beginRetraction, type Retraction, viewOfRetract } from './retract-state.ts';
import { removeAll, settleAll, waitForOwners } from './retract-steps.ts';

/**
 * Carries a withdrawal order out (protocol i): open attempts that it covers settle, every comment that it covers is withdrawn,
 * deleted and read back until it is gone, or gets the text of today where the order asks for that and it can be. It lists again until a pass finds nothing, so that what is found meanwhile goes too. All
 * that it did stands in the ledger: a retract that was killed, or is started again, goes on where the ledger says.
 */
export async function retract(input: RetractInput): Promise<RetractState> {
  const retraction = beginRetraction(input);
  setHandler(retractStateQuery, () => viewOfRetract(retraction), { description: 'How far the withdrawal is' });
  const wake = () => {
    retraction.wakes += 1;
  };
  setHandler(wakeSignal, wake, { description: 'What it waits for may have changed' });
  try {
    return await carryOrder(retraction, input);
  } catch (error) {
    const failure = causeOf(error);
    if (failure?.type !== FAILURE.behind) throw error;
    return end(retraction, 'lost', `${failure.message} Give the order anew once the ledger was said to be restored.`);
  }
}

async function carryOrder(retraction: Retraction, input: RetractInput): Promise<RetractState> {
  const opened = await ledger('read the order').openOrder({
    orderId: input.orderId,
    ...(input.startedFor ? { startedFor: input.startedFor } : {}),
  });
  if (opened.kind === 'foreign') return end(retraction, 'foreign', opened.says);
  retraction.timing = opened.timing;
  retraction.order = `${opened.covers}; ordered by ${opened.by}: ${opened.why}`;
  retraction.progress = opened.progress;
  const since = input.goesOn?.since ?? opened.since;

  for (;;) {
    showRetract(retraction);
    const besides = retraction.unsettled.map(({ attemptId }) => attemptId);
    const { listOrder } = ledger('what is left under the order');
    const listed = await listOrder({ run: retraction.ref, orderId: input.orderId, since, besides });
    retraction.progress = listed.progress;
    if (listed.lifted) return end(retraction, 'lifted', `${listed.lifted.by} lifted the order: ${listed.lifted.why}`);
    if (isDone(retraction, listed)) break;
    await carryOut(retraction, listed);
    if (workflowInfo().continueAsNewSuggested) {
      await continueAsNew<typeof retract>({ ...input, goesOn: { since, unsettled: retraction.unsettled } });
    }
  }
  retraction.progress = await ledger('the retract has come to its end').endOrder(input.orderId);
  return conclude(retraction);
}

function isDone({ unsettled }: Retraction, { removals, open }: OrderListed): boolean {
  return removals.length === 0 && open.every(({ attemptId }) => unsettled.some((each) => each.attemptId === attemptId));
}

/** One pass: what can be removed and settled now is; else it waits until something can be. */
async function carryOut(retraction: Retraction, listed: OrderListed): Promise<void> {
  const gone = listed.open.filter(
    ({ heldBy, attemptId }) => heldBy === null && !retraction.unsettled.some((each) => each.attemptId === attemptId),
  );
  await Promise.all([removeAll(retraction, listed.removals), settleAll(retraction, gone)]);
  if (listed.removals.length > 0 || gone.length > 0) return;
  await waitForOwners(
    retraction,
    listed.open.filter(({ heldBy }) => heldBy !== null),
  );
}

function conclude(retraction: Retraction): RetractState {
  const { left, removed, edited = 0 } = retraction.progress;
  const did = edited === 0 ? `${removed} comment(s) removed` : `${edited} comment(s) edited, ${removed} removed`;
  if (left > 0)
    return end(
      retraction,
      'not-removed',
      `${left} comment(s) that the order covers still stand; ${edited === 0 ? `${removed} removed` : did}`,
    );
  if (retraction.unsettled.length === 0) return end(retraction, 'withdrawn', `${did}, none left`);
  const open = retraction.unsettled.length;
  return end(retraction, 'unconfirmed', `${did}; whether ${open} attempt(s) left one could not be proven`);
}

function end(retraction: Retraction, outcome: NonNullable<RetractState['outcome']>, says: string): RetractState {
  retraction.outcome = outcome;
  retraction.says = says;
  showRetract(retraction);
  return viewOfRetract(retraction);
}
