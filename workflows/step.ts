import type { Outcome } from '../domain/outcome.ts';
import type { Wait } from './messages.ts';

/** How a surface goes on after one try to publish. */
export type Step =
  | { readonly kind: 'end'; readonly outcome: Outcome; readonly says: string }
  /** Nothing was sent; wait as said, then validate what has grown old and try again. */
  | { readonly kind: 'wait'; readonly wait: Wait; readonly ms: number }
  /** Nothing was sent, since what was judged no longer holds: validate again. */
  | { readonly kind: 'again'; readonly says: string };

export function withdrawn(): Step {
  return { kind: 'end', outcome: 'withdrawn', says: 'the run was cancelled before anything was sent' };
}
