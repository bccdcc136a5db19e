import { log, setHandler } from '@temporalio/workflow';
import type { WaitingReason } from '../domain/outcome.ts';
import {
  approveSignal,
  approveUpdate,
  type Decision,
  rejectSignal,
  rejectUpdate,
  restoredSignal,
  retryUpdate,
  stateQuery,
  wakeSignal,
} from './messages.ts';
import { type Place, type Run, viewOf, waitsOf } from './run.ts';

/** Waits that a retry cannot end, and what to do instead. */
const NOT_ENDED_BY_RETRY: Readonly<Partial<Record<WaitingReason, string>>> = {
  'awaiting-approval': 'it waits for a person: approve or reject it',
  'awaiting-surface': 'it waits for ids that the platform has not given yet, and looks for them by itself',
  settling: 'an earlier request has no known outcome; the time until it is settled cannot be shortened',
};

/** Registers what people and other runs may ask of a run. Must be called before the workflow's first await. */
export function answerMessages(run: Run): void {
  setHandler(stateQuery, () => viewOf(run), { description: 'How the run stands: stage, surfaces, verdicts, what it waits for' });

  const decide = (kind: 'approve' | 'reject') => (decision: Decision) => {
    for (const place of held(run)) place.decision = { kind, ...decision };
    return viewOf(run);
  };
  const somebodyMustWait = (decision: Decision) => {
    if (held(run).length === 0) throw new Error('nothing of this run waits for an approval');
    const problem = problemOf(decision);
    if (problem !== null) throw new Error(problem);
  };
  // Nobody can be refused a signal: one that names nobody is left out and said in the log.
  const heed = (kind: 'approve' | 'reject') => (decision: Decision) => {
    const problem = problemOf(decision);
    if (problem === null) decide(kind)(decision);
    else log.warn(`a signal "${kind}" was left out: ${problem}`);
  };
  setHandler(approveUpdate, decide('approve'), {
    validator: somebodyMustWait,
    description: 'Release the held comments: {by, why}',
  });
  setHandler(rejectUpdate, decide('reject'), { validator: somebodyMustWait, description: 'Reject the held comments: {by, why}' });
  setHandler(approveSignal, heed('approve'), { description: 'As the update, for batch jobs' });
  setHandler(rejectSignal, heed('reject'), { description: 'As the update, for batch jobs' });

  const wake = () => {
    run.wakes += 1;
  };
  const retry = () => {
    wake();
    return viewOf(run);
  };
  const mustWait = () => {
    const waits = waitsOf(run);
    if (waits.length === 0) throw new Error('the run does not wait; there is nothing to retry');
    if (waits.some((wait) => !(wait.reason in NOT_ENDED_BY_RETRY))) return;
    throw new Error(waits.map((wait) => NOT_ENDED_BY_RETRY[wait.reason]).join('; '));
  };
  setHandler(retryUpdate, retry, { validator: mustWait, description: 'Stop waiting and try again now' });
  setHandler(wakeSignal, wake, { description: 'What the run waits for may have changed' });
  const goOnElsewhere = () => {
    run.continuing = true;
  };
  setHandler(restoredSignal, goOnElsewhere, { description: 'The ledger was restored: meet it anew' });
}

function held(run: Run): Place[] {
  return run.places.filter((place) => place.state.wait?.reason === 'awaiting-approval');
}

/** What is wrong with a decision as it came in; anybody may have sent anything. */
function problemOf(decision: Partial<Decision> | null | undefined): string | null {
  const said = [decision?.by, decision?.why].every((word) => typeof word === 'string' && word.trim() !== '');
  return said ? null : 'say who decides and why: {"by": "…", "why": "…"}';
}
