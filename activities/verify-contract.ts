import type { SurfaceInput } from './claim-contract.ts';

export interface VerifyInput extends SurfaceInput {
  readonly commentId: string;
  readonly publishedAt: string;
  /** The text that it must have by now: it was edited. Absent: any that we ever gave it. */
  readonly mustRead?: string;
  /** Other comments of ours about which repair has done what it could; absent before any repair. */
  readonly dealtWith?: readonly string[];
}

export type Verified =
  | { readonly kind: 'visible'; readonly rank: number; readonly of: number; readonly permalink: string | null }
  | { readonly kind: 'hidden'; readonly says: string; readonly permalink: string | null }
  /** Another comment of ours is there, or may be (protocol j): repair decides which one stays, then that one is verified. */
  | { readonly kind: 'second-comment'; readonly says: string }
  /** It was removed under a withdrawal order meanwhile (protocol i). */
  | { readonly kind: 'withdrawn'; readonly says: string }
  | { readonly kind: 'unconfirmed'; readonly says: string };
