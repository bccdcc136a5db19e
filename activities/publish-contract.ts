import type { Surface } from '../domain/surface.ts';
import type { AttemptResult, GateAnswer } from '../store/ledger.ts';
import type { SurfaceInput } from './claim-contract.ts';

export interface PublishInput extends SurfaceInput {
  readonly epoch: number;
  readonly generation: number;
  readonly releaseDigest: string;
}

export type Published =
  | Extract<GateAnswer, { kind: 'not-sent' }>
  | {
      readonly kind: 'answered';
      readonly attemptId: string;
      readonly publishedAt: string;
      readonly result: AttemptResult;
      /** How a refusal lets the run go on. */
      readonly goOn: GoOn | null;
    };

export type GoOn =
  | { readonly kind: 'throttled'; readonly retryAfterMs: number }
  | { readonly kind: 'credentials' }
  /** `key`: the breaker's id, as the gate names it; who lifts it wakes those who wait for it. The identity where only the second record trips it. */
  | { readonly kind: 'breaker'; readonly key: string }
  | { readonly kind: 'no' };

/** Absent `withdrawn`: no order covers what was published; histories of before say nothing at all. */
export interface Confirmed {
  readonly withdrawn?: string;
}

export interface ConfirmInput {
  readonly surface: Surface;
  readonly attemptId: string;
  readonly result: AttemptResult;
}
