import { formatSurface, type SurfaceRef } from '../domain/surface.ts';
import type { Wait } from './messages.ts';

// What a run waits for, in words. Each says what is missing, and who or what ends the wait.

export function throttledWait(accountId: string, retryAfterMs: number, says: string): Wait {
  const until = new Date(Date.now() + retryAfterMs).toISOString();
  return { reason: 'throttled', key: accountId, says, until, needsHuman: false };
}

export function credentialsWait(accountId: string, says: string): Wait {
  return { reason: 'awaiting-credentials', key: accountId, says, until: null, needsHuman: true };
}

/** One account that cannot be listed keeps all runs of the brand: any post may be shared with its ads. */
export function unlistedWait(accountId: string, why: string): Wait {
  const says = `The ads of ${accountId} are not known, so any post may be shared with one of them. ${why} Assign the account to the system user, or take it out of brand.yaml; the run goes on by itself once the listing succeeds.`;
  return { reason: 'awaiting-credentials', key: accountId, says, until: null, needsHuman: true };
}

export function claimWait(surface: SurfaceRef, by: string): Wait {
  const says = `the run ${by} is commenting ${formatSurface(surface)}; this one goes on when that is done`;
  return { reason: 'awaiting-claim', key: surface.surfaceId, says, until: null, needsHuman: false };
}

/** A pause somebody set knows who will lift it; a breaker asks a person to look. */
export function pausedWait(key: string, says: string, by: 'pause' | 'breaker'): Wait {
  return { reason: 'paused', key, says, until: null, needsHuman: by === 'breaker' };
}

/** Whether both wait for the same thing; the ledger keeps one row for them. */
export function sameWait(one: Wait, other: Wait): boolean {
  return one.reason === other.reason && one.key === other.key;
}
