import type { AdRef } from '../domain/ad.ts';
import type { RunMode, UnusableSurface } from '../domain/facts.ts';
import type { Served } from '../domain/served.ts';
import type { Surface } from '../domain/surface.ts';
import type { Timing } from '../domain/timing.ts';
import type { RunRef } from '../store/ledger.ts';

export interface RunInput {
  readonly run: RunRef;
  readonly ad: AdRef;
  readonly mode: RunMode;
}

/** `startedFor`: what the client that started the run is set up for; absent where it did not say. */
export interface OpenRunInput extends RunInput {
  readonly startedFor?: Served;
}

export type Opened = {
  /** As whom the run stands in the ledger. One that was reset keeps it, though Temporal gave it another id; absent in histories of before. */
  readonly run?: RunRef;
} & (
  | {
      readonly kind: 'opened';
      readonly timing: Timing;
      /** Milliseconds until the accounts' ads must be surveyed before anything is judged; absent in histories of before. */
      readonly surveyDueInMs?: number;
      /** Ids of the accounts that a survey lists; absent in histories of before. */
      readonly accountIds?: readonly string[];
    }
  /** The brand folder does not know the account, or the run is for another worker; nothing is asked of the platform. */
  | { readonly kind: 'foreign-account'; readonly timing: Timing; readonly says: string }
);

export type Resolved =
  | {
      readonly kind: 'resolved';
      readonly adName: string;
      readonly marketId: string | null;
      readonly marketSays: string;
      readonly surfaces: readonly Surface[];
      readonly unusable: readonly UnusableSurface[];
    }
  | { readonly kind: 'later'; readonly why: string }
  | { readonly kind: 'not-found'; readonly why: string };

export interface Surveyed {
  /** Milliseconds until the next survey is due. */
  readonly dueInMs: number;
  /** All ads of an account are to be listed once more, beside the runs. */
  readonly wholeDue: boolean;
}
