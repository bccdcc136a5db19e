import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { PlatformError } from '../platforms/platform.ts';
import { FAILURE, type ThrottledDetails } from './contract.ts';

const DEFAULT_THROTTLE_MS = 60_000;
/** About a quarter of a minute with the reads' retry policy. */
const SCHEMA_TRIES = 5;

/** Runs a read and turns a platform's error into the failure that the workflow knows how to go on from. */
export async function translated<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof PlatformError ? failureOf(error) : error;
  }
}

function failureOf(error: PlatformError): ApplicationFailure {
  switch (error.kind) {
    case 'throttled':
      return expected(FAILURE.throttled, error, {
        retryAfterMs: error.retryAfterMs ?? DEFAULT_THROTTLE_MS,
      } satisfies ThrottledDetails);
    case 'auth':
      return expected(FAILURE.credentials, error);
    case 'permission':
    case 'invalid':
    case 'policy':
    case 'not-found':
      return expected(FAILURE.refused, error);
    // An answer that does not fit its schema may be a proxy's page now and right in a moment; what stays so is a no.
    case 'schema':
      if (activityInfo().attempt >= SCHEMA_TRIES) return expected(FAILURE.refused, error);
      return ApplicationFailure.create({ type: error.kind, message: error.message, nonRetryable: false });
    case 'transient':
    case 'unknown-outcome':
      return ApplicationFailure.create({ type: error.kind, message: error.message, nonRetryable: false });
  }
}

function expected(type: string, error: PlatformError, details?: ThrottledDetails): ApplicationFailure {
  return ApplicationFailure.create({
    type,
    message: error.message,
    nonRetryable: true,
    details: details ? [details] : [],
    category: ApplicationFailureCategory.BENIGN,
  });
}

/** Not there yet: the activity's own retry looks again after `delayMs`, without an event in the history. */
export function notYet(message: string, delayMs: number): ApplicationFailure {
  return ApplicationFailure.create({
    type: FAILURE.notYet,
    message,
    nonRetryable: false,
    nextRetryDelay: delayMs,
    category: ApplicationFailureCategory.BENIGN,
  });
}

/** What cannot be unless the program is wrong: the run fails at once instead of trying for ever. */
export function defect(message: string): ApplicationFailure {
  return ApplicationFailure.create({ type: 'Defect', message, nonRetryable: true });
}
