import type { SurfaceRef } from '../domain/surface.ts';

export interface RemoveInput {
  readonly surface: SurfaceRef;
  /** One that the ledger knows as ours. */
  readonly commentId: string;
  /** A person's name, or the step of ours that decided it. */
  readonly by: string;
  /** Why, in one sentence. */
  readonly says: string;
}

export type Removed =
  /** It was read back as gone. */
  | { readonly kind: 'removed' }
  /** Waiting would not mend it: refused, or still to be read after all the time that a change may take to show. */
  | { readonly kind: 'not-removed'; readonly says: string };
