import { defaultFailureConverter, defaultPayloadConverter, ensureApplicationFailure, type Logger } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { durationMs, type Failed } from './retries.ts';

export type Payload = ReturnType<typeof defaultPayloadConverter.toPayload>;
export type Failure = ReturnType<typeof defaultFailureConverter.errorToFailure>;

/** One attempt of an activity, as a worker is given it. */
export interface AttemptInfo {
  readonly type: string;
  readonly args: readonly unknown[];
  readonly isLocal: boolean;
  readonly attempt: number;
  readonly workflowId: string;
  readonly runId: string;
  /** Milliseconds since the epoch. */
  readonly scheduledAt: number;
  readonly attemptScheduledAt: number;
}

export type AttemptEnd =
  | { readonly kind: 'completed'; readonly result: Payload }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly failed: Failed };

export type ActivityCode = (...args: readonly unknown[]) => Promise<unknown>;

const QUIET: Logger = {
  log: () => undefined,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Runs the real activity in the SDK's own activity context; only its naps are the driver's. */
export async function runAttempt(info: AttemptInfo, code: ActivityCode, nap: (ms: number) => Promise<void>): Promise<AttemptEnd> {
  const environment = new MockActivityEnvironment(
    {
      activityType: info.type,
      attempt: info.attempt,
      isLocal: info.isLocal,
      workflowExecution: { workflowId: info.workflowId, runId: info.runId },
      scheduledTimestampMs: info.scheduledAt,
      currentAttemptScheduledTimestampMs: info.attemptScheduledAt,
    },
    { logger: QUIET },
  );
  Object.assign(environment.context, { sleep: (ms: number) => nap(ms) });
  try {
    const result = await environment.run<unknown[], unknown, ActivityCode>(code, ...info.args);
    return { kind: 'completed', result: defaultPayloadConverter.toPayload(result) };
  } catch (error) {
    const failure = defaultFailureConverter.errorToFailure(ensureApplicationFailure(error), defaultPayloadConverter);
    const said = failure.applicationFailureInfo;
    return {
      kind: 'failed',
      failure,
      failed: {
        type: said?.type ?? null,
        nonRetryable: said?.nonRetryable ?? false,
        nextRetryDelayMs: durationMs(said?.nextRetryDelay),
      },
    };
  }
}
