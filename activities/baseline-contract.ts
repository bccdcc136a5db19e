import type { UtmTuple } from '../domain/metrics.ts';
import type { Surface } from '../domain/surface.ts';
import type { ThreadSummary } from './look-contract.ts';
import type { RunInput } from './run-contract.ts';

export interface BaselineInput extends RunInput {
  readonly surfaces: readonly {
    readonly surface: Surface;
    readonly thread: ThreadSummary | null;
    readonly utm: UtmTuple | null;
    readonly publishedAt: string;
  }[];
}

export type BaselineTaken =
  /** `days` of the lookback on which the ad delivered; 0 stands for explicit zeros. */
  { readonly kind: 'taken'; readonly days: number } | { readonly kind: 'kept' };
