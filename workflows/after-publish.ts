import type { Claimed, SurfaceInput } from '../activities/claim-contract.ts';
import type { GoOn, Published } from '../activities/publish-contract.ts';
import { formatSurface } from '../domain/surface.ts';
import { ledger } from './policies.ts';
import { note, type Place, type Run } from './run.ts';
import { showText } from './standing.ts';
import type { Step } from './step.ts';
import { verifySurface } from './verify-surface.ts';
import { selfWake } from './waiting.ts';
import { claimWait, credentialsWait, pausedWait, throttledWait } from './waits.ts';

/** Our comment stands there, somebody withdrew it, or another run is at it. */
export async function afterForeignClaim(
  run: Run,
  place: Place,
  input: SurfaceInput,
  claimed: Exclude<Claimed, { kind: 'claimed' }>,
): Promise<Step> {
  switch (claimed.kind) {
    case 'ours':
      showText(place, claimed.text);
      if (claimed.mine) return verifySurface(run, place, input, claimed.commentId, claimed.publishedAt);
      note(place, { commentId: claimed.commentId });
      place.publishedAt = claimed.publishedAt;
      return { kind: 'end', outcome: 'covered', says: `the run ${claimed.by} put our comment there (${claimed.commentId})` };
    case 'withdrawn':
      return { kind: 'end', outcome: 'withdrawn', says: claimed.says };
    case 'damaged':
      return { kind: 'end', outcome: 'unconfirmed', says: claimed.says };
    case 'held':
      return { kind: 'wait', wait: claimWait(place.surface, claimed.by), ms: selfWake(run) };
  }
}

/** The gate stayed shut, or its time ran out: nothing left. */
export async function afterNotSent(run: Run, place: Place, answer: Extract<Published, { kind: 'not-sent' }>): Promise<Step> {
  // A claim is never held while a run waits for a person, a pause or another claim (protocol a).
  await ledger(`give back ${formatSurface(place.surface)}`).giveBack({ run: run.ref, surface: place.surface });
  switch (answer.reason) {
    case 'paused':
      return { kind: 'wait', wait: pausedWait(answer.key ?? 'all', answer.says, 'pause'), ms: selfWake(run) };
    case 'breaker':
      return {
        kind: 'wait',
        wait: pausedWait(answer.key ?? 'all', answer.says, 'breaker'),
        ms: selfWake(run),
        ...(answer.behind ? { behind: true } : {}),
      };
    case 'cancelled':
    case 'withdrawal-order':
      return { kind: 'end', outcome: 'withdrawn', says: answer.says };
    case 'copy-not-approved':
      return { kind: 'end', outcome: 'blocked', says: answer.says };
    case 'too-many-attempts':
      return { kind: 'end', outcome: 'refused', says: answer.says };
    case 'not-owner':
    case 'old-epoch':
    case 'old-generation':
    case 'unsettled-attempt':
    case 'facts-too-old':
    case 'brand-changed':
    case 'not-released':
    case 'other-market':
    case 'not-as-judged':
      return { kind: 'again', says: answer.says };
  }
}

/** The platform said no, or no byte left. */
export async function afterRefusal(
  run: Run,
  place: Place,
  result: { readonly kind: string; readonly says?: string },
  goOn: GoOn | null,
): Promise<Step> {
  const says = result.says ?? 'the platform refused';
  await ledger(`give back ${formatSurface(place.surface)}`).giveBack({ run: run.ref, surface: place.surface });
  switch (goOn?.kind) {
    case 'throttled':
      return { kind: 'wait', wait: throttledWait(run.input.ad.accountId, goOn.retryAfterMs, says), ms: goOn.retryAfterMs };
    case 'credentials':
      return { kind: 'wait', wait: credentialsWait(run.input.ad.accountId, says), ms: selfWake(run) };
    case 'breaker':
      return { kind: 'wait', wait: pausedWait(goOn.key, says, 'breaker'), ms: selfWake(run) };
    default:
      return result.kind === 'not-sent' ? { kind: 'again', says } : { kind: 'end', outcome: 'refused', says };
  }
}
