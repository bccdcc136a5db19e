import type { Surface } from '../domain/surface.ts';
import type { Edit } from '../store/ledger.ts';
import type { ProposalView } from './judge-contract.ts';
import type { RunInput } from './run-contract.ts';

export interface SurfaceInput extends RunInput {
  readonly surface: Surface;
  readonly factsId: string;
  readonly proposal: ProposalView;
  /** The comment that gets the proposal's text, where the run edits one. */
  readonly edits?: Edit;
}

export interface EditInput extends SurfaceInput {
  readonly edits: Edit;
}

export type Claimed =
  | {
      readonly kind: 'claimed';
      readonly epoch: number;
      readonly generation: number;
      readonly open: OpenAttempt | null;
      /** Taken over from a run that is gone: the look then reads the whole thread (protocol e). */
      readonly takenOver: boolean;
      /** The ledger was restored since the thread was read whole: it is read whole again (protocol k). Absent in histories of before. */
      readonly afterRestore?: boolean;
    }
  | {
      readonly kind: 'ours';
      readonly mine: boolean;
      readonly by: string;
      readonly commentId: string;
      /** The text that stands; absent in histories of before. */
      readonly text?: string;
      readonly publishedAt: string;
    }
  | { readonly kind: 'held'; readonly by: string }
  | { readonly kind: 'withdrawn'; readonly says: string }
  /** Rows of the ledger contradict each other; a person must look. */
  | { readonly kind: 'damaged'; readonly says: string };

/** How the claim for an edit was answered. */
export type ClaimedToEdit =
  | Extract<Claimed, { kind: 'claimed' | 'held' | 'withdrawn' }>
  /** It has this text already, by this order; since `at`. */
  | { readonly kind: 'edited'; readonly at: string };

/** An attempt whose outcome is not known, and the moment from which it can be settled (protocol d). */
export interface OpenAttempt {
  readonly attemptId: string;
  readonly gateAt: string;
  /** Milliseconds until it can be settled, by the database's clock; 0 when it can be now. */
  readonly settleInMs: number;
}
