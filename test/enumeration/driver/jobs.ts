import { defaultPayloadConverter } from '@temporalio/common';
import { msToTs } from '@temporalio/common/lib/time.js';
import type { AttemptEnd, Failure } from './activity-attempt.ts';
import type { ExecutionId, Job } from './workflow-vm.ts';

// What a server tells a workflow, in the SDK's own form.

/** What an activity is known by in its results. */
export interface Asked {
  readonly seq: number;
  readonly type: string;
  readonly isLocal: boolean;
}

const START_TO_CLOSE = 1;
const IN_PROGRESS = 1;

export function begin({ workflowId, runId, type }: ExecutionId, input: unknown, at: number): Job {
  return {
    initializeWorkflow: {
      workflowType: type,
      workflowId,
      arguments: [defaultPayloadConverter.toPayload(input)],
      headers: {},
      attempt: 1,
      firstExecutionRunId: runId,
      startTime: msToTs(at),
    },
  };
}

export function activityEnd(asked: Asked, end: AttemptEnd, retryState: number = IN_PROGRESS): Job {
  const { seq, isLocal } = asked;
  if (end.kind === 'completed') return { resolveActivity: { seq, isLocal, result: { completed: { result: end.result } } } };
  return { resolveActivity: { seq, isLocal, result: { failed: { failure: ofActivity(asked, end.failure, retryState) } } } };
}

export function activityCancelled(asked: Asked): Job {
  const failure = ofActivity(asked, { message: 'Activity cancelled', canceledFailureInfo: {} }, IN_PROGRESS);
  return { resolveActivity: { seq: asked.seq, isLocal: asked.isLocal, result: { cancelled: { failure } } } };
}

/** The server heard nothing of an attempt in its time. */
export function timedOut(type: string): AttemptEnd {
  const failure = { message: `${type} timed out`, timeoutFailureInfo: { timeoutType: START_TO_CLOSE } };
  return { kind: 'failed', failure, failed: { type: null, nonRetryable: false, nextRetryDelayMs: null } };
}

export function timerFired(seq: number): Job {
  return { fireTimer: { seq } };
}

export function signal(signalName: string, args: readonly unknown[]): Job {
  const input = args.map((arg) => defaultPayloadConverter.toPayload(arg));
  return { signalWorkflow: { signalName, input, identity: 'driver', headers: {} } };
}

export function cancel(): Job {
  return { cancelWorkflow: { reason: 'cancelled by the driver' } };
}

function ofActivity({ seq, type }: Asked, cause: Failure, retryState: number): Failure {
  return {
    message: 'Activity task failed',
    cause,
    activityFailureInfo: { activityId: String(seq), activityType: { name: type }, retryState },
  };
}
