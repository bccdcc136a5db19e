import type { Wait } from './messages.ts';
import type { Run } from './run.ts';

// What a run waits for, in words. Each says what is missing, and who or what ends the wait.

export function throttledWait(run: Run, retryAfterMs: number, says: string): Wait {
  const until = new Date(Date.now() + retryAfterMs).toISOString();
  return { reason: 'throttled', key: run.input.ad.accountId, says, until, needsHuman: false };
}

export function credentialsWait(run: Run, says: string): Wait {
  return { reason: 'awaiting-credentials', key: run.input.ad.accountId, says, until: null, needsHuman: true };
}

/** A pause somebody set knows who will lift it; a breaker asks a person to look. */
export function pausedWait(key: string, says: string, by: 'pause' | 'breaker'): Wait {
  return { reason: 'paused', key, says, until: null, needsHuman: by === 'breaker' };
}
