import type { AdRef } from '../domain/ad.ts';
import type { RunMode, ThreadReading, UnusableSurface } from '../domain/facts.ts';
import type { UtmTuple } from '../domain/metrics.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Served } from '../domain/served.ts';
import type { Standing } from '../domain/standing.ts';
import type { Surface, SurfaceRef } from '../domain/surface.ts';
import type { Timing } from '../domain/timing.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { AccountRef, AttemptResult, Edit, NotSentReason, RunEnd, RunRef, Waiting } from '../store/ledger.ts';
import type { Repaired, RepairInput } from './repair-contract.ts';
import type {
  ListOrderInput,
  OpenOrderInput,
  OrderListed,
  OrderOpened,
  OrderProgress,
  OrdersCarried,
  SettledUnderOrder,
  SettleUnderOrderInput,
  WithdrawInput,
  Withdrawn,
} from './retract/contract.ts';
import type {
  BeginSweepInput,
  EndSweepInput,
  LooksDone,
  LooksInput,
  OrphansDone,
  SweepBegun,
  SweepStep,
  WakingDone,
  WakingInput,
} from './sweep/contract.ts';

/** Types of failures that a workflow tells apart; every other failure is a defect or passes by itself. */
export const FAILURE = {
  /** `details[0]` is a `ThrottledDetails`. */
  throttled: 'Throttled',
  credentials: 'Credentials',
  refused: 'RefusedByPlatform',
  notYet: 'NotYet',
  /** The ledger lacks a row that the step names (protocol k). `details[0]` is a `BehindDetails`. */
  behind: 'LedgerBehind',
} as const;

export interface BehindDetails {
  /** The breaker that stands for it. */
  readonly pauseId: string | null;
}

export interface ThrottledDetails {
  readonly retryAfterMs: number;
}

/** `details[0]` of a survey that ran into a no: the account that it stands at. */
export interface SurveyFailureDetails extends Partial<ThrottledDetails> {
  readonly accountId: string;
}

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

export interface GatherInput extends RunInput {
  readonly surfaces: readonly Surface[];
  /** The comment of ours that is to be edited: it is part of the facts, also where newer ones have pushed it off the first page. */
  readonly edits?: { readonly commentId: string };
}

export type Gathered =
  | { readonly kind: 'gathered'; readonly surfaceId: string; readonly factsId: string }
  /** The facts could not be had for a reason that will not pass; the surface ends here. */
  | { readonly kind: 'ended'; readonly surfaceId: string; readonly outcome: Outcome; readonly says: string };

/** What the workflow needs to know of one judged surface; the whole of it is in the ledger. */
export interface Judged {
  readonly surface: Surface;
  readonly factsId: string;
  /** ISO 8601: the facts' age counts from it. */
  readonly gatheredAt: string;
  readonly verdict: 'pass' | 'hold' | 'block';
  readonly outcome: Outcome | null;
  readonly releaseDigest: string;
  readonly rules: readonly { readonly rule: string; readonly verdict: Verdict; readonly says: string }[];
  /** `null` when no comment could be proposed; a rule then blocks. */
  readonly proposal: ProposalView | null;
  /** Our comment that stands there by the facts; absent in histories of before. */
  readonly standing?: Standing | null;
}

export interface ProposalView {
  readonly text: string;
  readonly link: string | null;
  readonly marketId: string;
  readonly patternId: string;
  /** Both absent in histories of before. */
  readonly copyHash?: string;
  readonly copyVersion?: number;
  readonly surfaceKey: string;
  readonly identityId: string;
  readonly pageId: string;
  readonly utm: UtmTuple | null;
}

export interface JudgeInput {
  readonly surfaces: readonly { readonly surface: Surface; readonly factsId: string }[];
}

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

export interface LookInput extends SurfaceInput {
  readonly wholeThread: boolean;
  /** Of the claim under which the thread is read whole. */
  readonly generation?: number;
  /** The rows of an attempt may be lost, so the text that would be written now is a sign of ours, too. */
  readonly afterRestore?: boolean;
}

export type Looked =
  | { readonly kind: 'clear'; readonly thread: ThreadSummary }
  /** A comment of ours stands there already; it was adopted. */
  | {
      readonly kind: 'ours';
      readonly commentId: string;
      readonly text?: string;
      readonly publishedAt: string;
      readonly thread: ThreadSummary;
      /** By which order it is withdrawn, in words (protocol i 4); absent where none covers it. */
      readonly withdrawn?: string;
    }
  /** The brand wrote one by hand. */
  | { readonly kind: 'by-brand'; readonly commentId: string };

export type ThreadSummary = Pick<ThreadReading, 'strangers' | 'readAt' | 'complete'>;

export interface PublishInput extends SurfaceInput {
  readonly epoch: number;
  readonly generation: number;
  readonly releaseDigest: string;
}

export type Published =
  | {
      readonly kind: 'not-sent';
      readonly reason: NotSentReason;
      readonly says: string;
      readonly key: string | null;
      /** The ledger lacks a row that the request rests on (protocol k). */
      readonly behind?: true;
    }
  | {
      readonly kind: 'answered';
      readonly attemptId: string;
      readonly publishedAt: string;
      readonly result: AttemptResult;
      /** How a refusal lets the run go on. */
      readonly goOn: GoOn | null;
    };

export type GoOn =
  | { readonly kind: 'throttled'; readonly retryAfterMs: number }
  | { readonly kind: 'credentials' }
  /** `key`: the breaker's id, as the gate names it; who lifts it wakes those who wait for it. The identity where only the second record trips it. */
  | { readonly kind: 'breaker'; readonly key: string }
  | { readonly kind: 'no' };

/** Absent `withdrawn`: no order covers what was published; histories of before say nothing at all. */
export interface Confirmed {
  readonly withdrawn?: string;
}

export interface ConfirmInput {
  readonly surface: Surface;
  readonly attemptId: string;
  readonly result: AttemptResult;
}

export interface SettleInput {
  readonly surface: SurfaceRef;
  readonly attemptId: string;
}

export type Settled =
  | {
      readonly kind: 'found';
      readonly commentId: string;
      readonly text?: string;
      readonly publishedAt: string;
      /** As in `Looked`. */
      readonly withdrawn?: string;
    }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unprovable'; readonly says: string };

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

export interface BaselineInput extends RunInput {
  readonly surfaces: readonly {
    readonly surface: Surface;
    readonly thread: ThreadSummary | null;
    readonly utm: UtmTuple | null;
    readonly publishedAt: string;
  }[];
}

export type BaselineTaken =
  /** `days` of the lookback on which the ad delivered; 0 stands for explicit zeros. */
  { readonly kind: 'taken'; readonly days: number } | { readonly kind: 'kept' };

/** Short steps on the ledger; they run as local activities beside the workflow. */
export interface LedgerActivities {
  openRun(input: OpenRunInput): Promise<Opened>;
  judgeFacts(input: JudgeInput): Promise<readonly Judged[]>;
  release(input: { run: RunRef; surfaceId: string; releaseDigest: string; by: string; why: string }): Promise<void>;
  reject(input: { run: RunRef; by: string; why: string }): Promise<void>;
  claim(input: SurfaceInput): Promise<Claimed>;
  claimToEdit(input: EditInput): Promise<ClaimedToEdit>;
  giveBack(input: { run: RunRef; surface: Surface }): Promise<void>;
  confirm(input: ConfirmInput): Promise<Confirmed | undefined>;
  closeGate(input: { run: RunRef; by: string }): Promise<void>;
  /** `needed` is false when what the run would wait for is not there any more. */
  park(waiting: Waiting): Promise<{ readonly needed: boolean }>;
  unpark(run: RunRef, what: Pick<Waiting, 'reason' | 'key'>): Promise<void>;
  closeRun(input: { end: RunEnd; surfaces: readonly Surface[] }): Promise<void>;
  openOrder(input: OpenOrderInput): Promise<OrderOpened>;
  listOrder(input: ListOrderInput): Promise<OrderListed>;
  endOrder(orderId: string): Promise<OrderProgress>;
  beginSweep(input: BeginSweepInput): Promise<SweepBegun>;
  endSweep(input: EndSweepInput): Promise<void>;
}

/** Steps that read from the platform. */
export interface ReadActivities {
  resolve(input: RunInput): Promise<Resolved>;
  /** As `resolve`, but retries by itself until the ids are there. */
  awaitSurface(input: RunInput): Promise<Resolved>;
  /** Makes the ads of all the brand's accounts known (protocol f). */
  survey(): Promise<Surveyed>;
  /** Lists all ads of accounts once more where that is due, while runs go on. */
  surveyBeside(): Promise<void>;
  gatherFacts(input: GatherInput): Promise<readonly Gathered[]>;
  look(input: LookInput): Promise<Looked>;
  settle(input: SettleInput): Promise<Settled>;
  /** As `settle`, of an attempt under an order whose run is gone. */
  settleUnderOrder(input: SettleUnderOrderInput): Promise<SettledUnderOrder>;
  verify(input: VerifyInput): Promise<Verified>;
  baseline(input: BaselineInput): Promise<BaselineTaken>;
  /** Later looks whose time has come. */
  sweepLooks(input: LooksInput): Promise<LooksDone>;
  /** Attempts of unknown outcome whose owner is gone. */
  sweepOrphans(input: SweepStep): Promise<OrphansDone>;
  /** Runs that wait for what is there, and those that are no more. */
  sweepWaiting(input: WakingInput): Promise<WakingDone>;
}

/** Steps that change something on the platform. */
export interface WriteActivities {
  publish(input: PublishInput): Promise<Published>;
  /** Idempotent. */
  removeComment(input: RemoveInput): Promise<Removed>;
  /** Withdraws the surface and removes the comment, if the order stands. Idempotent. */
  withdrawComment(removal: WithdrawInput): Promise<Withdrawn>;
  /** Removes what stands under orders in an account. Idempotent. */
  carryOrders(account: AccountRef): Promise<OrdersCarried>;
  /** Leaves one comment of ours on the surface (protocol j). Can be repeated at any point. */
  repair(input: RepairInput): Promise<Repaired>;
}
