import type { Attempts } from './attempts.ts';
import type { Baselines } from './baselines.ts';
import type { Claims } from './claims.ts';
import type { Control } from './control.ts';
import type { Gate } from './gate.ts';
import type { KnownAds } from './known-ads.ts';
import type { Publications } from './publications.ts';
import type { Runs } from './runs.ts';
import type { NewIncident, Sweeping } from './sweeping.ts';
import type { Waits } from './waits.ts';
import type { Withdrawals } from './withdrawals.ts';

export type { Attempt, AttemptResult, Edit, Recorded } from './attempts.ts';
export type { BaselineRecord } from './baselines.ts';
export type { ClaimAnswer, ClaimState, EditClaimAnswer } from './claims.ts';
export type { Standing } from './control.ts';
export type { GateAnswer, GateRequest, GateScope, NotSentReason } from './gate.ts';
export type { AccountRef, AdSighting, SurveyedAccount, SurveyKind, SurveyLease, SurveyPace } from './known-ads.ts';
export type { Belonging, Publication, RecordedComment } from './publications.ts';
export type { Owner, Release, RunEnd, RunRef, RunStart, SurfaceEnd } from './runs.ts';
export type { ClaimWaiter, Due, DueLook, NewIncident, Orphan, SweepScope, Waiter } from './sweeping.ts';
export type { Waiting } from './waits.ts';
export type { OpenUnderOrder, OrderedRemoval, WithdrawalOrder } from './withdrawals.ts';

/** The ledger: what we intended, what was sent, what came back, who approved. Survives Temporal's retention. */
export interface Ledger
  extends Runs,
    Waits,
    Baselines,
    Claims,
    Gate,
    Attempts,
    Publications,
    Control,
    KnownAds,
    Sweeping,
    Withdrawals {
  /** The ledger's generation; a restore bumps it (protocol k). */
  generation(): Promise<number>;

  /**
   * A step names a row that the ledger does not have: it was restored to an earlier time. Pauses publishing everywhere, once, and
   * answers the `StoreError` to throw (protocol k).
   */
  behind(missing: string): Promise<Error>;

  /** `isNew`: it was not raised before. */
  recordIncident(incident: NewIncident): Promise<{ readonly isNew: boolean }>;
}
