import { tsToMs } from '@temporalio/common/lib/time.js';
import type { Command } from './workflow-vm.ts';

type Policy = NonNullable<Command['scheduleActivity']>['retryPolicy'];
type Duration = NonNullable<NonNullable<Policy>['initialInterval']> | null | undefined;

/** What an activity failed with, as far as the server's retries ask. */
export interface Failed {
  readonly type: string | null;
  readonly nonRetryable: boolean;
  readonly nextRetryDelayMs: number | null;
}

/** How the server goes on after a failed attempt; `saidByActivity`: the delay is the activity's own word. */
export type Retry =
  | { readonly kind: 'again'; readonly delayMs: number; readonly saidByActivity: boolean }
  | { readonly kind: 'over'; readonly state: number };

/** `temporal.api.enums.v1.RetryState` */
export const RETRY_STATE = { nonRetryable: 2, timeout: 3, attemptsReached: 4, cancelled: 6 } as const;

const FIRST_MS = 1_000;
const COEFFICIENT = 2;
const LONGEST_TIMES_FIRST = 100;

/** The retry policy of an activity as the server applies it; `elapsedMs` since it was scheduled. */
export function retryAfter(
  policy: Policy,
  failed: Failed,
  { attempt, elapsedMs, scheduleToCloseMs }: { attempt: number; elapsedMs: number; scheduleToCloseMs: number | null },
): Retry {
  if (failed.nonRetryable) return { kind: 'over', state: RETRY_STATE.nonRetryable };
  if (failed.type !== null && policy?.nonRetryableErrorTypes?.includes(failed.type)) {
    return { kind: 'over', state: RETRY_STATE.nonRetryable };
  }
  const most = policy?.maximumAttempts ?? 0;
  if (most > 0 && attempt >= most) return { kind: 'over', state: RETRY_STATE.attemptsReached };
  const first = durationMs(policy?.initialInterval) ?? FIRST_MS;
  const longest = durationMs(policy?.maximumInterval) ?? first * LONGEST_TIMES_FIRST;
  const backoff = Math.min(longest, first * (policy?.backoffCoefficient || COEFFICIENT) ** (attempt - 1));
  const delayMs = failed.nextRetryDelayMs ?? backoff;
  if (scheduleToCloseMs !== null && elapsedMs + delayMs > scheduleToCloseMs) return { kind: 'over', state: RETRY_STATE.timeout };
  return { kind: 'again', delayMs, saidByActivity: failed.nextRetryDelayMs !== null };
}

/** `null` for a duration that is not set. */
export function durationMs(duration: Duration): number | null {
  if (duration === null || duration === undefined) return null;
  const ms = tsToMs(duration as Parameters<typeof tsToMs>[0]);
  return ms === 0 ? null : ms;
}
