import { RetryState } from '@temporalio/common';
import { ActivityFailure, ApplicationFailure, condition, TimeoutFailure } from '@temporalio/workflow';
import { FAILURE, type ThrottledDetails } from '../activities/failure-contract.ts';
import { showDetails } from './describe.ts';
import type { Wait } from './messages.ts';
import { ledger } from './policies.ts';
import { note, type Place, type Run, waitsOf } from './run.ts';
import { publishSearchAttributes } from './search-attributes.ts';
import { credentialsWait, throttledWait } from './waits.ts';

/** How a wait ended: what it waited for came, its time ran out, or it was not there any more when the wait was noted. */
export type WaitEnd = 'done' | 'timed-out' | 'not-needed';

/**
 * Parks the run or one of its surfaces: says why in the ledger, the search attributes and the details, and goes on when
 * `done` turns true or after `ms`.
 */
export async function waitUntil(run: Run, place: Place | null, wait: Wait, done: () => boolean, ms: number): Promise<WaitEnd> {
  beginWait(run, place, wait);
  showDetails(run);
  try {
    const { needed } = await ledger(`waits: ${wait.reason}`).park({
      run: run.ref,
      reason: wait.reason,
      key: wait.key,
      until: wait.until,
    });
    if (!needed) return 'not-needed';
    publishSearchAttributes(run);
    return (await condition(() => done() || run.continuing, ms, { summary: wait.says })) ? 'done' : 'timed-out';
  } finally {
    endWait(run, place, wait);
    showDetails(run);
    if (!run.cancelled) {
      // Two surfaces that wait for the same thing share one row.
      const shared = waitsOf(run).some((other) => other.reason === wait.reason && other.key === wait.key);
      if (!shared) await ledger(`goes on after ${wait.reason}`).unpark(run.ref, { reason: wait.reason, key: wait.key });
      publishSearchAttributes(run);
    }
  }
}

/**
 * Waits for a wake-up; wakes by itself after `ms`, so that a lost signal loses nothing. `since` counts the wake-ups
 * before what led to the wait: one that came in between ends it at once.
 */
export async function waitForWake(run: Run, place: Place | null, wait: Wait, ms: number, since = run.wakes): Promise<WaitEnd> {
  return waitUntil(run, place, wait, () => run.wakes > since, ms);
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
      const parking = parkingFor(run, error);
      if (!parking) throw error;
      await waitForWake(run, place, parking.wait, parking.ms);
    }
  }
}

/** The wait that a failed read asks for: the platform said when, or a token has to be mended. `null` for other failures. */
export function parkingFor(run: Run, error: unknown): { readonly wait: Wait; readonly ms: number } | null {
  const failure = causeOf(error);
  if (failure?.type === FAILURE.throttled) {
    const { retryAfterMs } = (failure.details?.[0] ?? { retryAfterMs: 60_000 }) as ThrottledDetails;
    return { wait: throttledWait(run, retryAfterMs, failure.message), ms: retryAfterMs };
  }
  if (failure?.type === FAILURE.credentials) return { wait: credentialsWait(run, failure.message), ms: selfWake(run) };
  return null;
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

function beginWait(run: Run, place: Place | null, wait: Wait): void {
  if (place) note(place, { wait });
  else run.waits = [...run.waits, wait];
}

function endWait(run: Run, place: Place | null, wait: Wait): void {
  if (place) note(place, { wait: null });
  else run.waits = run.waits.filter((each) => each !== wait);
}
