import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { AdRef, Platform } from '../domain/ad.ts';
import type { RunMode, UnusableSurface } from '../domain/facts.ts';
import type { Outcome, Stage, WaitingReason } from '../domain/outcome.ts';
import type { Served } from '../domain/served.ts';
import type { SurfaceRef } from '../domain/surface.ts';
import type { Verdict } from '../domain/verdict.ts';

export interface FirstCommentInput {
  readonly ad: AdRef;
  readonly mode: RunMode;
  /** What the client that starts the run is set up for; a worker of another brand or profile ends it. Absent: not said. */
  readonly startedFor?: Served;
  /** A comment of ours that gets the text of today, by an order (protocol i); the ad's other surfaces are left alone. */
  readonly edits?: { readonly orderId: string; readonly commentId: string; readonly surfaceId: string };
}

/** Which account a sweep sees to. */
export interface SweepInput {
  readonly platform: Platform;
  readonly accountId: string;
  /** Whose sweep it is; a worker of another brand or profile leaves it alone. Absent: not said. */
  readonly startedFor?: Served;
}

/** What a sweep did, in numbers and in words. */
export interface SweepResult {
  readonly says: string;
  /** What a person should look at, a sentence each. */
  readonly forPerson: readonly string[];
  /** Steps that failed; the next sweep tries again. */
  readonly failed: readonly string[];
  /** Incidents of the account that asked for a person as the sweep began, whoever raised them; `null` when none did. */
  readonly stillOpen: string | null;
  readonly looks: number;
  readonly removed: number;
  readonly settled: number;
  readonly woken: number;
  readonly lost: number;
  /** Left for a later sweep. */
  readonly postponed: number;
}

/** A person's word on a held run. Kept in the ledger. */
export interface Decision {
  readonly by: string;
  readonly why: string;
}

export interface Wait {
  readonly reason: WaitingReason;
  /** What it waits for: a surface, a Page, an account, a pause. */
  readonly key: string;
  /** One sentence: what is missing and who or what ends the wait. */
  readonly says: string;
  /** ISO 8601; `null` when nobody knows. */
  readonly until: string | null;
  /** Whether it ends only when a person has done something. */
  readonly needsHuman: boolean;
}

export interface SurfaceState {
  readonly surface: SurfaceRef;
  readonly stage: Stage;
  readonly outcome: Outcome | null;
  readonly says: string;
  readonly wait: Wait | null;
  /** The text of ours that stands there; where none does, the one that would be written. */
  readonly text: string | null;
  /** What stands reads otherwise than what would be written now. Results of before say nothing of it. */
  readonly olderText?: boolean;
  readonly link: string | null;
  readonly commentId: string | null;
  readonly permalink: string | null;
  readonly rank: { readonly rank: number; readonly of: number } | null;
  readonly rules: readonly { readonly rule: string; readonly verdict: Verdict; readonly says: string }[];
  /** The text that this execution gave to the comment in place of a former one; absent where it edited nothing. */
  readonly edited?: string;
  /** Whether this execution sent the comment (and did not find it there). */
  readonly publishedNow: boolean;
}

/** The whole view of a run: what the query `state` answers and what the run returns at its end. */
export interface RunState {
  readonly ad: AdRef;
  readonly adName: string | null;
  readonly marketId: string | null;
  readonly patternId: string | null;
  readonly stage: Stage;
  readonly wait: Wait | null;
  readonly surfaces: readonly SurfaceState[];
  /**
   * What the ad has besides and why nothing is written there; what it is shown on all the same is among the surfaces too.
   * Results of before say nothing of it.
   */
  readonly unusable?: readonly UnusableSurface[];
  readonly outcome: Outcome | null;
  readonly says: string;
}

export const stateQuery = defineQuery<RunState>('state');
export const approveUpdate = defineUpdate<RunState, [Decision]>('approve');
export const rejectUpdate = defineUpdate<RunState, [Decision]>('reject');
export const retryUpdate = defineUpdate<RunState>('retry');
/** The same decisions as signals: Temporal's batch jobs can signal, not update. */
export const approveSignal = defineSignal<[Decision]>('approve');
export const rejectSignal = defineSignal<[Decision]>('reject');
/** The ledger was restored: the run goes on in a new execution, which meets it as it is now (protocol k). */
export const restoredSignal = defineSignal('restored');
/** Something that the run waits for may have changed. */
export const wakeSignal = defineSignal('wake');
