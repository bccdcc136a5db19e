import type { SurfaceRef } from '../domain/surface.ts';

export interface SettleInput {
  readonly surface: SurfaceRef;
  readonly attemptId: string;
}

export type Settled =
  | {
      readonly kind: 'found';
      readonly commentId: string;
      readonly text?: string;
      readonly publishedAt: string;
      /** As in `Looked`. */
      readonly withdrawn?: string;
    }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unprovable'; readonly says: string };
