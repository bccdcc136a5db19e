import type { Way } from '../../domain/edit-in-place.ts';
import type { Served } from '../../domain/served.ts';
import type { SurfaceRef } from '../../domain/surface.ts';
import type { Timing } from '../../domain/timing.ts';
import type { OrderedRemoval, RunRef, WithdrawalOrder } from '../../store/ledger.ts';
import type { Removed } from '../remove-contract.ts';
import type { Settled } from '../settle-contract.ts';

export interface OpenOrderInput {
  readonly orderId: string;
  /** What the command that started the retract is set up for. */
  readonly startedFor?: Served;
}

/** How far a withdrawal order is; counts of comments, and of attempts that are `open`. Histories of before know no `edited`. */
export type OrderProgress = Pick<WithdrawalOrder, 'removed' | 'left' | 'notRemoved' | 'open'> & { readonly edited?: number };

/** A comment that goes, and how. */
export interface Removal extends OrderedRemoval {
  /** Absent where the order asks for no edits: it is deleted. */
  readonly way?: Way;
}

export interface WithdrawInput extends OrderedRemoval {
  /** Why it is deleted, though the order asks for an edit. */
  readonly notEdited?: string;
}

export type OrderOpened =
  | {
      readonly kind: 'opened';
      /** ISO 8601, the database's clock: what was tried before is tried again. */
      readonly since: string;
      readonly timing: Timing;
      /** The order's criteria, for people. */
      readonly covers: string;
      readonly by: string;
      readonly why: string;
      readonly progress: OrderProgress;
    }
  /** The retract is for another worker. */
  | { readonly kind: 'foreign'; readonly says: string };

export interface ListOrderInput {
  /** The retract: claims that it holds itself are nobody else's to settle. */
  readonly run: RunRef;
  readonly orderId: string;
  /** As `openOrder` answered it. */
  readonly since: string;
  /** Ids of attempts that could not be settled: they are a person's now, and are not listed again. Absent in histories of before. */
  readonly besides?: readonly string[];
}

export interface OrderListed {
  /** Who lifted the order meanwhile; then nothing is to be removed. */
  readonly lifted: WithdrawalOrder['lifted'];
  readonly removals: readonly Removal[];
  readonly open: readonly {
    readonly surface: SurfaceRef;
    readonly attemptId: string;
    readonly accountId: string;
    /** Milliseconds until it can be settled, by the database's clock. */
    readonly settleInMs: number;
    /** The run that lives and settles it; `null` when it is gone. */
    readonly heldBy: string | null;
  }[];
  readonly progress: OrderProgress;
}

export interface SettleUnderOrderInput {
  /** The retract, which takes the claim over. */
  readonly run: RunRef;
  readonly orderId: string;
  readonly attemptId: string;
}

export type SettledUnderOrder =
  | Settled
  /** Its owner lives, and settles it. */
  | { readonly kind: 'owner-lives' }
  | { readonly kind: 'settled-already' };

export type Withdrawn =
  | Removed
  /** The order was lifted before anything was deleted. */
  | { readonly kind: 'lifted' };

/** Comments under standing orders that one call removed, could not remove, and left for the next call. */
export interface OrdersCarried {
  readonly removed: number;
  readonly notRemoved: number;
  readonly left: number;
}
