import { activityInfo, sleep } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { PlatformError } from '../platforms/platform.ts';
import { DEFAULT_THROTTLE_MS, FAILURE, type ThrottledDetails } from './failure-contract.ts';

/** About a quarter of a minute with the reads' retry policy. */
const SCHEMA_TRIES = 5;
/** How often the last of these tries reads again by itself, and after how long. */
const LAST_READS = 2;
const LAST_READS_APART_MS = 1_000;

/** Runs a read and turns a platform's error into the failure that the workflow knows how to go on from. */
export async function translated<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await steadily(read);
  } catch (error) {
    throw error instanceof PlatformError ? failureOf(error) : error;
  }
}

/**
 * Runs a read. An answer that does not fit may be a proxy's page now and right in a moment, so it is asked for again: by
 * the activity's own retries, then some times in a row, as the retries of a poll count what went well too.
 * @throws PlatformError for every other error, and of kind `schema` only when it stays so
 */
export async function steadily<T>(read: () => Promise<T>): Promise<T> {
  for (let again = 0; ; again += 1) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof PlatformError) || error.kind !== 'schema') throw error;
      if (activityInfo().attempt < SCHEMA_TRIES) throw retried(error);
      if (again >= LAST_READS) throw error;
    }
    await sleep(LAST_READS_APART_MS);
  }
}

/** The failure that the workflow knows how to go on from; `more` stands in its details. */
export function failureOf(error: PlatformError, more: Readonly<Record<string, unknown>> | null = null): ApplicationFailure {
  switch (error.kind) {
    case 'throttled':
      return expected(FAILURE.throttled, error, {
        ...more,
        retryAfterMs: error.retryAfterMs ?? DEFAULT_THROTTLE_MS,
      } satisfies ThrottledDetails);
    case 'auth':
      return expected(FAILURE.credentials, error, more);
    case 'permission':
    case 'invalid':
    case 'policy':
    case 'not-found':
    case 'schema':
      return expected(FAILURE.refused, error, more);
    case 'transient':
    case 'unknown-outcome':
      return retried(error);
  }
}

function retried(error: PlatformError): ApplicationFailure {
  return ApplicationFailure.create({ type: error.kind, message: error.message, nonRetryable: false });
}

function expected(type: string, error: PlatformError, details: unknown): ApplicationFailure {
  return ApplicationFailure.create({
    type,
    message: error.message,
    nonRetryable: true,
    details: details === null ? [] : [details],
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
