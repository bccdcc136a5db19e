import { ActivityFailure, ApplicationFailure, condition } from '@temporalio/workflow';
import { FAILURE, type ThrottledDetails } from '../activities/contract.ts';
import { showDetails } from './describe.ts';
import type { Wait } from './messages.ts';
import { ledger } from './policies.ts';
import { note, type Place, type Run } from './run.ts';
import { publishSearchAttributes } from './search-attributes.ts';

/**
 * Parks the run or one of its surfaces: says why in the ledger, the search attributes and the details, and goes on when
 * `done` turns true or after `ms`. Answers whether `done` did.
 */
export async function waitUntil(run: Run, place: Place | null, wait: Wait, done: () => boolean, ms: number): Promise<boolean> {
  setWait(run, place, wait);
  showDetails(run);
  try {
    await ledger(`waits: ${wait.reason}`).park({ run: run.ref, reason: wait.reason, key: wait.key, until: wait.until });
    publishSearchAttributes(run);
    return await condition(done, ms, { summary: wait.says });
  } finally {
    setWait(run, place, null);
    showDetails(run);
    if (!run.cancelled) {
      await ledger(`goes on after ${wait.reason}`).unpark(run.ref, wait.key);
      publishSearchAttributes(run);
    }
  }
}

/**
 * Waits for a wake-up; wakes by itself after `ms`, so that a lost signal loses nothing. `since` counts the wake-ups
 * before what led to the wait: one that came in between ends it at once.
 */
export async function waitForWake(run: Run, place: Place | null, wait: Wait, ms: number, since = run.wakes): Promise<void> {
  await waitUntil(run, place, wait, () => run.wakes > since, ms);
}

/** The self-wake of a parked run: 15 min ± a quarter, so that a thousand parked runs do not wake at once. */
export function selfWake(run: Run): number {
  return Math.round(run.timing.selfWakeMs * (0.75 + Math.random() / 2));
}

/** Repeats a read for as long as the platform only says "not now" or the token is dead; each such answer parks. */
export async function patiently<T>(run: Run, place: Place | null, read: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await read();
    } catch (error) {
      const failure = causeOf(error);
      if (failure?.type === FAILURE.throttled) {
        const { retryAfterMs } = (failure.details?.[0] ?? { retryAfterMs: 60_000 }) as ThrottledDetails;
        await waitForWake(run, place, throttledWait(run, retryAfterMs, failure.message), retryAfterMs);
      } else if (failure?.type === FAILURE.credentials) {
        await waitForWake(run, place, credentialsWait(run, failure.message), selfWake(run));
      } else {
        throw error;
      }
    }
  }
}

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

export function throttledWait(run: Run, retryAfterMs: number, says: string): Wait {
  return { reason: 'throttled', key: run.input.ad.accountId, says, until: new Date(Date.now() + retryAfterMs).toISOString() };
}

export function credentialsWait(run: Run, says: string): Wait {
  return { reason: 'awaiting-credentials', key: run.input.ad.accountId, says, until: null };
}

/** The application failure inside an activity failure, if that is what it is. */
export function causeOf(error: unknown): ApplicationFailure | null {
  if (error instanceof ApplicationFailure) return error;
  return error instanceof ActivityFailure && error.cause instanceof ApplicationFailure ? error.cause : null;
}

function setWait(run: Run, place: Place | null, wait: Wait | null): void {
  if (place) note(place, { wait });
  else run.wait = wait;
}
