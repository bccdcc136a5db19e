import { DEFAULT_THROTTLE_MS, FAILURE, type ThrottledDetails } from '../activities/failure-contract.ts';
import { causeOf } from './failures.ts';
import type { Wait } from './messages.ts';
import { credentialsWait, throttledWait } from './waits.ts';

/** What a step that failed has to wait for. `ms`: until the platform opens again; `null` where somebody has to mend a token. */
export interface NotNow {
  readonly wait: Wait;
  readonly ms: number | null;
}

/** The wait that a failed step asks for: the platform said when, or a token has to be mended. `null` for other failures. */
export function notNow(accountId: string, error: unknown): NotNow | null {
  const failure = causeOf(error);
  if (failure?.type === FAILURE.throttled) {
    const { retryAfterMs } = (failure.details?.[0] ?? { retryAfterMs: DEFAULT_THROTTLE_MS }) as ThrottledDetails;
    return { wait: throttledWait(accountId, retryAfterMs, failure.message), ms: retryAfterMs };
  }
  if (failure?.type === FAILURE.credentials) return { wait: credentialsWait(accountId, failure.message), ms: null };
  return null;
}

/** Repeats a step for as long as the platform only says "not now" or the token is dead; `waitOut` waits out each such answer. */
export async function untilAllowed<T>(
  accountId: string,
  step: () => Promise<T>,
  waitOut: (answer: NotNow) => Promise<unknown>,
): Promise<T> {
  for (;;) {
    try {
      return await step();
    } catch (error) {
      const answer = notNow(accountId, error);
      if (!answer) throw error;
      await waitOut(answer);
    }
  }
}
