import type { SurfaceRef } from '../domain/surface.ts';
import type { Attempt, Edit } from './attempts.ts';
import type { Belonging, Publication } from './publications.ts';
import type { Owner } from './runs.ts';

export type ClaimState = 'claimed' | 'sending' | 'unsettled' | 'ours' | 'withdrawn' | 'released';

export type ClaimAnswer =
  | {
      /** We hold it. */
      readonly kind: 'claimed';
      readonly epoch: number;
      readonly generation: number;
      /** Those that must settle before anything is sent: without a result, or with an unknown one. */
      readonly attempts: readonly Attempt[];
      /**
       * How we came to it: a claim that nobody held, one whose owner was gone, or our own of before. One that was taken over
       * stays `takeover` for its whole epoch, so that a run which begins anew still knows that it inherited.
       */
      readonly cameBy: 'claim' | 'takeover' | 'kept';
      /** The ledger was restored, and the thread was not read whole since: what was written in the lost time is not known. */
      readonly afterRestore: boolean;
    }
  /** Our comment stands. `owner`: who put it there; `mine` when that is this ad's run, whoever has held the claim since. */
  | { readonly kind: 'ours'; readonly mine: boolean; readonly owner: Owner; readonly publication: Publication }
  /** Another run holds it. */
  | { readonly kind: 'held'; readonly owner: Owner; readonly epoch: number; readonly state: ClaimState }
  /** An operator withdrew it; nobody publishes here without their word. */
  | { readonly kind: 'withdrawn'; readonly says: string }
  /** Its rows contradict each other: somebody changed them by hand, and must look. */
  | { readonly kind: 'damaged'; readonly says: string };

export type EditClaimAnswer =
  | Extract<ClaimAnswer, { kind: 'claimed' | 'held' }>
  /** The comment has this text already, by the same order. `at`: since when. */
  | { readonly kind: 'edited'; readonly at: string }
  /** Nothing is to be edited: the order was lifted, the surface was withdrawn, or the comment is gone. */
  | { readonly kind: 'withdrawn'; readonly says: string };

/** The part of the ledger that says which run may write on a surface (protocol a). */
export interface Claims {
  /**
   * Takes the claim, or says who has it (protocol a). `belongs`: to whom the comment would belong. Left out, only orders that name
   * the surface or everything are heeded here; the gate heeds all of them.
   */
  claim(request: { surface: SurfaceRef; owner: Owner; surfaceKey: string; belongs?: Belonging }): Promise<ClaimAnswer>;
  /**
   * The claim for an edit of a comment that stands: whoever holds a surface on which nothing is under way gives it up, and its
   * gate then refuses. `text`: what the comment is to say.
   */
  claimToEdit(request: { surface: SurfaceRef; owner: Owner; edit: Edit; text: string }): Promise<EditClaimAnswer>;
  /** Takes a claim over by compare-and-swap on its epoch, when its owner is gone (protocol g). */
  takeOver(request: { surface: SurfaceRef; owner: Owner; expectedEpoch: number }): Promise<ClaimAnswer>;
  /** Gives a claim back that nothing stands or is open under; others may take it. Any other claim is left as it is. */
  releaseClaim(surface: SurfaceRef, owner: Owner): Promise<void>;

  /** Whether the ledger was restored since the whole thread of the surface was read: rows of its attempts may be lost (protocol k). */
  mayLackAttempts(surface: SurfaceRef): Promise<boolean>;
  /**
   * The whole thread of a surface was read in the last `tookMs` milliseconds, under a claim of this generation (protocol k). Counts
   * only if all that was sent before a restore had settled when the reading began.
   */
  noteWholeLook(surface: SurfaceRef, generation: number, tookMs: number): Promise<void>;
}
