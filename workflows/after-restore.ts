import { allHandlersFinished, condition, continueAsNew } from '@temporalio/workflow';
import { type BehindDetails, FAILURE } from '../activities/failure-contract.ts';
import { causeOf } from './failures.ts';
import type { firstComment } from './first-comment.ts';
import { ledger } from './policies.ts';
import type { Run } from './run.ts';
import { selfWake, waitUntil } from './waiting.ts';
import { pausedWait } from './waits.ts';

/** A step named a row that the ledger does not have: the database was restored to an earlier time (protocol k). */
export function isBehind(error: unknown): boolean {
  return causeOf(error)?.type === FAILURE.behind;
}

/**
 * What this execution knows of the ledger is lost. It waits while the breaker stands, or until it is told that the restore was
 * noted, and goes on in a new execution, which meets the ledger as it is now. Only a cancelled run ends: it must publish nothing.
 */
export async function goOnAfterRestore(run: Run, error: unknown): Promise<void> {
  const failure = causeOf(error);
  const { pauseId } = (failure?.details?.[0] ?? { pauseId: null }) as BehindDetails;
  const wait = pausedWait(pauseId ?? 'all', failure?.message ?? 'the ledger was restored to an earlier time', 'breaker');
  while (!run.continuing && !run.cancelled) {
    const since = run.wakes;
    const end = await waitUntil(run, null, wait, () => run.cancelled || run.wakes > since, selfWake(run));
    if (end === 'not-needed') break;
  }
  if (!run.cancelled) {
    await condition(allHandlersFinished);
    await continueAsNew<typeof firstComment>(run.input);
  }
  const { ad, mode, startedFor } = run.input;
  await ledger('note that the run began').openRun({ run: run.ref, ad, mode, ...(startedFor ? { startedFor } : {}) });
  run.outcome = 'unconfirmed';
  run.says = 'the run was cancelled, and the ledger lacks what it had done: it was restored; start the run again to look';
}
