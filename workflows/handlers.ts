import { setHandler } from '@temporalio/workflow';
import {
  approveSignal,
  approveUpdate,
  type Decision,
  rejectSignal,
  rejectUpdate,
  retryUpdate,
  stateQuery,
  wakeSignal,
} from './messages.ts';
import { type Place, type Run, viewOf } from './run.ts';

/** Registers what people and other runs may ask of a run. Must be called before the workflow's first await. */
export function answerMessages(run: Run): void {
  setHandler(stateQuery, () => viewOf(run), { description: 'How the run stands: stage, surfaces, verdicts, what it waits for' });

  const decide = (kind: 'approve' | 'reject') => (decision: Decision) => {
    for (const place of held(run)) place.decision = { kind, ...decision };
    return viewOf(run);
  };
  const somebodyMustWait = (decision: Decision) => {
    if (held(run).length === 0) throw new Error('nothing of this run waits for an approval');
    named(decision);
  };
  setHandler(approveUpdate, decide('approve'), {
    validator: somebodyMustWait,
    description: 'Release the held comments: {by, why}',
  });
  setHandler(rejectUpdate, decide('reject'), { validator: somebodyMustWait, description: 'Reject the held comments: {by, why}' });
  setHandler(approveSignal, (decision) => void decide('approve')(decision), { description: 'As the update, for batch jobs' });
  setHandler(rejectSignal, (decision) => void decide('reject')(decision), { description: 'As the update, for batch jobs' });

  const wake = () => {
    run.wakes += 1;
  };
  const retry = () => {
    wake();
    return viewOf(run);
  };
  const mustWait = () => {
    if (viewOf(run).wait === null) throw new Error('the run does not wait; there is nothing to retry');
  };
  setHandler(retryUpdate, retry, { validator: mustWait, description: 'Stop waiting and try again now' });
  setHandler(wakeSignal, wake, { description: 'What the run waits for may have changed' });
}

function held(run: Run): Place[] {
  return run.places.filter((place) => place.state.wait?.reason === 'awaiting-approval');
}

function named(decision: Decision): void {
  if (!decision?.by?.trim() || !decision.why?.trim()) throw new Error('say who decides and why: {"by": "…", "why": "…"}');
}
