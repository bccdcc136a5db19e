import type { Served } from '../../domain/served.ts';
import type { SurfaceRef } from '../../domain/surface.ts';
import type { AccountRef, Due } from '../../store/ledger.ts';

/** The account that is swept, and by whom: a sweep holds claims under its own workflow id. */
export interface SweepStep extends AccountRef {
  readonly workflowId: string;
}

/** `startedFor`: whose sweep it is; absent where nobody said. */
export interface BeginSweepInput extends SweepStep {
  readonly startedFor?: Served;
}

export type SweepBegun =
  /** `verifyWindowMs`: how long a removal is read back; older answers do not say it. */
  | { readonly kind: 'begun'; readonly due: Due; readonly verifyWindowMs?: number }
  /** The sweep is another worker's: nothing is asked of anybody. */
  | { readonly kind: 'foreign'; readonly says: string };

export interface LooksInput extends SweepStep {
  /** Comments about which repair has done what it could in this sweep; empty before it. */
  readonly dealtWith: readonly string[];
  /** Repair was tried in this sweep: what it could not mend is put off. */
  readonly repaired: boolean;
}

export interface LooksDone {
  readonly looked: number;
  /** Those that could not be carried out now; they stay due. */
  readonly postponed: number;
  /** Surfaces on which more of ours than one comment is there, or one that was withdrawn. */
  readonly toRepair: readonly SurfaceRef[];
  /** What a person should know, a sentence each. */
  readonly incidents: readonly string[];
  /** More looks may be due. */
  readonly more: boolean;
}

export interface OrphansDone {
  readonly found: number;
  readonly absent: number;
  readonly postponed: number;
  /** Of attempts about which a person must say what they see, a sentence each; said once. */
  readonly unprovable: readonly string[];
  /** The account's token turned out to be dead; absent where it did not, and in histories of before. */
  readonly tokenIsDead?: true;
}

export interface WakingInput extends SweepStep {
  /** The account's token was refused when it was used last; absent where an older sweep asks. */
  readonly tokenIsDead?: boolean;
}

export interface WakingDone {
  readonly woken: number;
  /** Runs that noted no end and that Temporal carries no more. */
  readonly lost: number;
  /** Whether a token was tried, and whether it works. */
  readonly probe: 'not-needed' | 'not-now' | 'usable' | 'unusable';
  readonly says: string | null;
}

export interface EndSweepInput extends AccountRef {
  readonly says: string;
  readonly needsPerson: boolean;
}
