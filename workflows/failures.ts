import { RetryState } from '@temporalio/common';
import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/workflow';
import { FAILURE } from '../activities/failure-contract.ts';

export interface Refused {
  readonly kind: 'refused';
  readonly why: string;
}

/** A read that the platform may refuse for good: its no is an answer, not a defect. */
export async function unlessRefused<T>(read: Promise<T>): Promise<T | Refused> {
  try {
    return await read;
  } catch (error) {
    const failure = causeOf(error);
    if (failure?.type !== FAILURE.refused) throw error;
    return { kind: 'refused', why: failure.message };
  }
}

/** The application failure inside an activity failure, if that is what it is. */
export function causeOf(error: unknown): ApplicationFailure | null {
  if (error instanceof ApplicationFailure) return error;
  return error instanceof ActivityFailure && error.cause instanceof ApplicationFailure ? error.cause : null;
}

/** Its time may end while an attempt runs or between two of them; then the last attempt's own failure is the cause. */
export function ranOutOfTime(error: unknown): boolean {
  if (!(error instanceof ActivityFailure)) return false;
  return error.retryState === RetryState.TIMEOUT || error.cause instanceof TimeoutFailure;
}
