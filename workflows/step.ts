import type { Outcome } from '../domain/outcome.ts';
import type { Wait } from './messages.ts';
import { note, type Place } from './run.ts';

/** How a surface goes on after one try to publish. */
export type Step =
  | { readonly kind: 'end'; readonly outcome: Outcome; readonly says: string }
  /** Nothing was sent; wait as said, then validate what has grown old and try again. */
  | {
      readonly kind: 'wait';
      readonly wait: Wait;
      readonly ms: number;
      /** The ledger lacks what the run rests on: it goes on in a new execution, which meets the ledger anew (protocol k). */
      readonly behind?: true;
    }
  /** Nothing was sent, since what was judged no longer holds: validate again. */
  | { readonly kind: 'again'; readonly says: string };

export function withdrawn(): Step {
  return { kind: 'end', outcome: 'withdrawn', says: 'the run was cancelled before anything was sent' };
}

/** Our comment came to light under a standing order: the surface is withdrawn already, and whoever carries the order removes it. */
export function underOrder(place: Place, commentId: string, says: string): Step {
  note(place, { commentId });
  return { kind: 'end', outcome: 'withdrawn', says: `${says}. Comment ${commentId} is removed under it` };
}
