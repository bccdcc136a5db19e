import { condition } from '@temporalio/workflow';
import { showDetails } from './describe.ts';
import type { Wait } from './messages.ts';
import { notNow, untilAllowed } from './not-now.ts';
import { ledger } from './policies.ts';
import { note, type Place, type Run, waitsOf } from './run.ts';
import { publishSearchAttributes } from './search-attributes.ts';
import { sameWait } from './waits.ts';

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
      const shared = waitsOf(run).some((other) => sameWait(other, wait));
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
export function patiently<T>(run: Run, place: Place | null, read: () => Promise<T>): Promise<T> {
  return untilAllowed(run.input.ad.accountId, read, ({ wait, ms }) => waitForWake(run, place, wait, ms ?? selfWake(run)));
}

/** The wait that a failed read asks for. `null` for a failure that waiting does not mend. */
export function parkingFor(run: Run, error: unknown): { readonly wait: Wait; readonly ms: number } | null {
  const answer = notNow(run.input.ad.accountId, error);
  return answer && { wait: answer.wait, ms: answer.ms ?? selfWake(run) };
}

function beginWait(run: Run, place: Place | null, wait: Wait): void {
  if (place) note(place, { wait });
  else run.waits = [...run.waits, wait];
}

function endWait(run: Run, place: Place | null, wait: Wait): void {
  if (place) note(place, { wait: null });
  else run.waits = run.waits.filter((each) => each !== wait);
}
