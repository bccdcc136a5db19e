import type { OrderCriteria } from '../domain/order-criteria.ts';
import type { SurfaceRef } from '../domain/surface.ts';
import type { Attempt } from './attempts.ts';
import type { Standing } from './control.ts';
import type { Publication, RecordedComment } from './publications.ts';
import type { Owner } from './runs.ts';

/** An operator's order that comments be withdrawn, and how far that is. Times are ISO 8601, UTC. */
export interface WithdrawalOrder {
  readonly id: string;
  readonly criteria: OrderCriteria;
  /** Comments get the text of today where that can be, and are deleted where not. */
  readonly edit: boolean;
  readonly by: string;
  readonly why: string;
  readonly at: string;
  /** `null` while it stands. */
  readonly lifted: { readonly by: string; readonly why: string; readonly at: string } | null;
  /** When a retract came to its end last; `null` before that. */
  readonly carriedAt: string | null;
  /** Comments that were removed under it. */
  readonly removed: number;
  /** Comments that were edited under it, and that it covers no longer. */
  readonly edited: number;
  /** Comments that it covers and that stand. */
  readonly left: number;
  /** Of these, those that could not be removed. */
  readonly notRemoved: number;
  /** Attempts that it covers and of which nobody knows whether they left a comment. */
  readonly open: number;
}

/** A comment of ours that stands, and where. */
export interface StandingComment extends Omit<RecordedComment, 'removedAt' | 'surfaceId'> {
  readonly surface: SurfaceRef;
  /** The ad's campaign when it was written; `null` where no attempt tells. */
  readonly campaignName: string | null;
}

/** What an order would do; nothing of it is done. */
export interface WithdrawalPreview {
  /** Comments that stand and that it covers, oldest first. */
  readonly comments: readonly StandingComment[];
  /** Comments of which the ledger does not know enough to tell: no attempt explains them. An order leaves them alone. */
  readonly unexplained: readonly StandingComment[];
  /** Attempts that may still leave a comment. */
  readonly open: readonly Attempt[];
}

/** An attempt that an order covers and of which nobody knows whether it left a comment. */
export interface OpenUnderOrder {
  readonly surface: SurfaceRef;
  readonly attempt: Attempt;
  /** Who holds the surface's claim, and has to settle it while it lives. */
  readonly owner: Owner;
  readonly epoch: number;
}

/** One attempt; or so many at most, without those named. */
export type OpenAttemptsAsked = { readonly attemptId: string } | { readonly besides: readonly string[]; readonly limit: number };

/** A comment under an order that stands. */
export interface OrderedRemoval {
  readonly orderId: string;
  readonly by: string;
  readonly why: string;
  readonly surface: SurfaceRef;
  readonly commentId: string;
  /** The ad account for which it is removed; `null` for a comment of before that no attempt explains. */
  readonly accountId: string | null;
  /** What an edit needs to know; absent in histories of before. */
  readonly adId?: string | null;
  readonly marketId?: string | null;
  readonly campaignName?: string | null;
}

/** What became of one comment under an order. */
export interface WithdrawnComment extends Pick<Publication, 'commentId' | 'text'> {
  readonly surface: SurfaceRef;
  readonly accountId: string | null;
  readonly adId: string | null;
  readonly marketId: string | null;
  readonly removed: boolean;
  readonly edited: boolean;
  readonly says: string;
  readonly at: string;
}

/** The part of the ledger that withdraws comments (protocol i). */
export interface Withdrawals {
  /** What an order with these criteria would cover. */
  previewWithdrawal(criteria: OrderCriteria): Promise<WithdrawalPreview>;
  /** A standing order: nothing that it covers is published again. `edit` as in `WithdrawalOrder`. Returns like `pause`. */
  orderWithdrawal(order: {
    readonly criteria: OrderCriteria;
    readonly edit?: boolean;
    readonly by: string;
    readonly why: string;
  }): Promise<Standing>;
  /**
   * Lifts an order; what was withdrawn under it may be published again. Idempotent. Answers how many surfaces came free now;
   * `null` for what is no order at all.
   */
  liftWithdrawal(orderId: string, by: string, why: string): Promise<{ readonly released: number } | null>;
  /** `null` for what is no order at all. */
  withdrawalOrder(orderId: string): Promise<WithdrawalOrder | null>;
  /** The database's clock, ISO 8601: removals that were tried before it are tried again by whoever begins now. */
  beginRetract(orderId: string): Promise<string>;
  /** Comments under the order that stand and were not tried since then, oldest first; none once it is lifted. */
  removalsUnder(orderId: string, since: string, limit: number): Promise<readonly OrderedRemoval[]>;
  /**
   * Comments of the account under any standing order that nobody has tried yet, or that are due again, oldest first: found late, or left by a retract that
   * ended early. What is to be edited is its retract's alone until that has come to an end.
   */
  removalsOfAccount(accountId: string, limit: number): Promise<readonly OrderedRemoval[]>;
  /** Attempts under the order of which nobody knows whether they left a comment, in the order of their surfaces. */
  openUnder(orderId: string, which: OpenAttemptsAsked): Promise<readonly OpenUnderOrder[]>;
  /** Withdraws the surface, before anything on it is deleted. `false`: the order was lifted, so nothing is to be deleted. */
  withdraw(orderId: string, surface: SurfaceRef): Promise<boolean>;
  /** By which order the surface is withdrawn, in words; `null` when it is not. */
  withdrawalOn(surface: SurfaceRef): Promise<string | null>;
  /** What became of one comment under the order, where it was not edited; the newest word stays. */
  recordWithdrawal(
    orderId: string,
    surface: SurfaceRef,
    commentId: string,
    end: { readonly removed: boolean; readonly says: string },
  ): Promise<void>;
  /**
   * A removal came to no clear end: the account's sweep tries it again after the 1st, 2nd, … of these pauses, the last one
   * repeats. Answers how often it was tried.
   */
  postponeRemoval(
    removal: OrderedRemoval,
    said: { readonly pausesMs: readonly number[]; readonly says: string },
  ): Promise<number>;
  /** All that became of comments under the order, oldest first. */
  withdrawnUnder(orderId: string): Promise<readonly WithdrawnComment[]>;
  /** A retract came to its end. */
  retractEnded(orderId: string): Promise<void>;
}
