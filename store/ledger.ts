import type { AdRef } from '../domain/ad.ts';
import type { CopyApproval } from '../domain/brand.ts';
import type { AdSnapshot, CopyApprovalFact, RunMode, SurfaceFacts, ThreadReading } from '../domain/facts.ts';
import type { Judgement } from '../domain/guardrail.ts';
import type { MetricRow, UtmTuple } from '../domain/metrics.ts';
import type { Outcome, WaitingReason } from '../domain/outcome.ts';
import type { SurfaceRef } from '../domain/surface.ts';
import type { KnownAds } from './known-ads.ts';
import type { NewIncident, Sweeping } from './sweeping.ts';
import type { Withdrawals } from './withdrawals.ts';

export type { AccountRef, AdSighting, SurveyedAccount, SurveyKind, SurveyLease, SurveyPace } from './known-ads.ts';
export type { ClaimWaiter, Due, DueLook, NewIncident, Orphan, SweepScope, Waiter } from './sweeping.ts';
export type { OpenUnderOrder, OrderedRemoval, WithdrawalOrder } from './withdrawals.ts';

/** Who holds a claim. Reset and restart keep the workflow id, so they keep the claim (protocol g). */
export interface Owner {
  readonly cluster: string;
  readonly namespace: string;
  readonly workflowId: string;
}

/** One execution of an ad's run. */
export interface RunRef {
  readonly workflowId: string;
  readonly runId: string;
}

export type ClaimState = 'claimed' | 'sending' | 'unsettled' | 'ours' | 'withdrawn' | 'released';

/** What is known of one publish attempt; `result` is `null` until either record was written (protocol c). */
export interface Attempt {
  readonly attemptId: string;
  readonly surfaceId: string;
  readonly epoch: number;
  readonly n: number;
  readonly text: string;
  readonly bytesHash: string;
  readonly belongs: Belonging;
  /** ISO 8601, the database's clock: when the gate let it pass. */
  readonly gateAt: string;
  /** Milliseconds since then when it was read, by the same clock: this machine's may be wrong. */
  readonly ageMs: number;
  readonly result: AttemptResult | null;
}

export type AttemptResult =
  | { readonly kind: 'accepted'; readonly commentId: string }
  | { readonly kind: 'refused'; readonly why: string; readonly code: string | null; readonly says: string }
  | { readonly kind: 'not-sent'; readonly says: string }
  | { readonly kind: 'unknown'; readonly says: string }
  /** Settled: the comment of an attempt with unknown result was found on the surface. */
  | { readonly kind: 'found'; readonly commentId: string; readonly says?: string }
  /** Settled: proven absent by three complete readings. */
  | { readonly kind: 'absent'; readonly says: string };

/** What follows from a result, beside the attempt and its claim. */
export interface Recorded {
  readonly breakerId: string | null;
  readonly withdrawn: string | null;
}

/**
 * Whom a comment speaks for and as, and by which ad it came about: what orders may name, and what later calls to the platform
 * need. Pattern and copy are `null` for a comment that was found and that no attempt of this ledger explains.
 */
export interface Belonging extends Omit<GateScope, 'patternId'> {
  readonly adId: string;
  readonly patternId: string | null;
  readonly copyHash: string | null;
  readonly copyVersion: number | null;
}

/** A comment of ours that stands on a surface. */
export interface Publication {
  readonly surfaceId: string;
  readonly commentId: string;
  readonly attemptId: string | null;
  readonly text: string;
  readonly publishedAt: string;
  /** How it became ours: answered by the platform, or found by settling or the look. */
  readonly origin: 'accepted' | 'adopted';
}

/** A comment of ours as the ledger keeps it, also after it was removed. */
export interface RecordedComment extends Publication {
  /** `null` for a comment of before that no attempt explains. */
  readonly belongs: Belonging | null;
  /** ISO 8601; `null` while it stands. */
  readonly removedAt: string | null;
  /** The claim's owner has decided that it goes (protocol j). */
  readonly goes: boolean;
}

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

/** Why the gate stayed shut. One word per condition of protocol b. */
export const NOT_SENT_REASONS = [
  'not-owner',
  'old-epoch',
  'old-generation',
  'unsettled-attempt',
  'too-many-attempts',
  'paused',
  'breaker',
  'withdrawal-order',
  'cancelled',
  'copy-not-approved',
  'facts-too-old',
  'brand-changed',
  'not-released',
  'other-market',
  'not-as-judged',
] as const;
export type NotSentReason = (typeof NOT_SENT_REASONS)[number];

export interface GateRequest {
  readonly surface: SurfaceRef;
  readonly owner: Owner;
  readonly runId: string;
  readonly epoch: number;
  readonly generation: number;
  /** The facts under which the run was judged. */
  readonly factsId: string;
  readonly text: string;
  readonly bytesHash: string;
  readonly copyHash: string;
  readonly copyVersion: number;
  readonly adId: string;
  /** Digest of the brand folder that this worker has loaded now. */
  readonly brandDigest: string;
  /** Under what other ads' markets count (`marketDigest`); those that were decided under another one are unknown. */
  readonly marketDigest: string;
  readonly releaseDigest: string;
  /** What a pause, breaker or withdrawal order may name. */
  readonly scope: GateScope;
  readonly factsMaxAgeMs: number;
  readonly maxAttempts: number;
  /** How long after the gate bytes may still leave; who closes the gate waits for it (protocol b). */
  readonly sendByMs: number;
}

export interface GateScope {
  readonly brandId: string;
  readonly accountId: string;
  readonly identityId: string;
  readonly marketId: string;
  readonly patternId: string;
}

export type GateAnswer =
  | { readonly kind: 'open'; readonly attemptId: string; readonly n: number; readonly gateAt: string }
  | {
      readonly kind: 'not-sent';
      readonly reason: NotSentReason;
      readonly says: string;
      readonly key: string | null;
      /** The ledger lacks a row that the request rests on (protocol k). */
      readonly behind?: true;
    };

export interface RunStart {
  readonly run: RunRef;
  readonly ad: AdRef;
  readonly mode: RunMode;
  readonly brandDigest: string;
  /** Where it runs; a sweep only asks about runs that its own Temporal can know of. */
  readonly runsIn?: { readonly cluster: string; readonly namespace: string };
}

export interface SurfaceEnd {
  readonly surfaceId: string;
  readonly kind: SurfaceRef['kind'];
  readonly outcome: Outcome;
  readonly says: string;
}

export interface RunEnd {
  readonly run: RunRef;
  readonly outcome: Outcome;
  readonly says: string;
  readonly surfaces: readonly SurfaceEnd[];
}

export interface BaselineRecord {
  readonly run: RunRef;
  readonly ad: AdRef;
  readonly since: string;
  readonly until: string;
  readonly timeZone: string;
  readonly currency: string;
  /** Empty for an ad that has not delivered: the ledger then keeps explicit zeros. */
  readonly rows: readonly MetricRow[];
  readonly surfaces: readonly {
    readonly surfaceId: string;
    readonly thread: ThreadReading | null;
    readonly utm: UtmTuple | null;
  }[];
}

/** What a person decided about a held run. */
export interface Release {
  readonly workflowId: string;
  readonly surfaceId: string;
  readonly releaseDigest: string;
  readonly by: string;
  readonly why: string;
}

export interface Waiting {
  readonly run: RunRef;
  readonly reason: WaitingReason;
  /** What it waits for: a surface, a Page, an account, a pause. */
  readonly key: string;
  /** ISO 8601; `null` when nobody knows. */
  readonly until: string | null;
}

/** An operator's order that stands, and the attempts of its scope that passed the gate before and have no result yet. */
export interface Standing {
  readonly id: string;
  readonly inFlight: readonly Attempt[];
}

/** The ledger: what we intended, what was sent, what came back, who approved. Survives Temporal's retention. */
export interface Ledger extends KnownAds, Sweeping, Withdrawals {
  /** The ledger's generation; a restore bumps it (protocol k). */
  generation(): Promise<number>;

  /**
   * A step names a row that the ledger does not have: it was restored to an earlier time. Pauses publishing everywhere, once, and
   * answers the `StoreError` to throw (protocol k).
   */
  behind(missing: string): Promise<Error>;

  /** Idempotent by run. An earlier execution of the workflow that noted no end is over then, without an outcome. */
  runStarted(start: RunStart): Promise<void>;
  /** Idempotent by run. */
  runEnded(end: RunEnd): Promise<void>;

  /** What the run resolved last, and when; `null` before that. */
  readResolution(run: RunRef): Promise<{ readonly snapshot: AdSnapshot; readonly resolvedAt: string } | null>;

  /** Keeps the facts; answers their id. */
  recordFacts(run: RunRef, surfaceId: string, facts: SurfaceFacts, brandDigest: string): Promise<string>;
  readFacts(factsId: string): Promise<SurfaceFacts>;
  /** Idempotent by facts id. `brandDigest`: the brand folder that the judging worker had loaded. */
  recordJudgement(factsId: string, judgement: Judgement, brandDigest: string): Promise<void>;

  importApprovals(approvals: readonly CopyApproval[]): Promise<{ readonly added: number }>;
  /** Returns when every open attempt with this copy has a result or is past its `sendBy`. */
  revokeApproval(copyHash: string, by: string, why: string): Promise<Standing>;
  copyApproval(copyHash: string): Promise<CopyApprovalFact | null>;

  recordRelease(release: Release): Promise<void>;
  recordRejection(run: RunRef, by: string, why: string): Promise<void>;

  /**
   * Takes the claim, or says who has it (protocol a). `belongs`: to whom the comment would belong. Left out, only orders that name
   * the surface or everything are heeded here; the gate heeds all of them.
   */
  claim(request: { surface: SurfaceRef; owner: Owner; surfaceKey: string; belongs?: Belonging }): Promise<ClaimAnswer>;
  /** Takes a claim over by compare-and-swap on its epoch, when its owner is gone (protocol g). */
  takeOver(request: { surface: SurfaceRef; owner: Owner; expectedEpoch: number }): Promise<ClaimAnswer>;
  /** Gives a claim back that nothing stands or is open under; others may take it. Any other claim is left as it is. */
  releaseClaim(surface: SurfaceRef, owner: Owner): Promise<void>;

  /** The gate: one transaction; on `open` the attempt row is committed (protocol b). Throws when the commit's outcome is unknown. */
  gate(request: GateRequest): Promise<GateAnswer>;
  /**
   * First record, by the activity, before it returns. Second record, by the workflow. Same call, idempotent (protocol c).
   * A refusal with `why` `policy` closes the attempt's identity in the same transaction; `breakerId` is the breaker that
   * stands for it then, `null` for every other result, and after a person lifted it. `withdrawn`: by which order the surface is
   * withdrawn, in words; `null` when it is not. A comment that lands under a standing order withdraws its surface.
   */
  recordResult(attemptId: string, result: AttemptResult, by: 'activity' | 'workflow' | 'settling' | 'person'): Promise<Recorded>;
  attemptsOn(surface: SurfaceRef): Promise<readonly Attempt[]>;
  /** Comments of ours that stand there, oldest first; those that were removed are left out. */
  publicationsOn(surface: SurfaceRef): Promise<readonly Publication[]>;
  /** One comment of ours, standing or removed; `null` for one that the ledger does not know as ours. */
  commentOn(surface: SurfaceRef, commentId: string): Promise<RecordedComment | null>;
  /** We removed a comment of ours, and it was read back as gone. Its row stays; said twice, the first stays. */
  recordRemoval(surface: SurfaceRef, commentId: string, removal: { by: string; says: string }): Promise<void>;
  /**
   * A comment of ours that was found without an answer (protocol d, e). `belongs`: to whom it belongs where no attempt made
   * on the surface has its text; else the attempt tells. `withdrawn` as in `recordResult`.
   */
  adopt(
    surface: SurfaceRef,
    owner: Owner,
    found: { commentId: string; text: string; createdAt: string },
    belongs: Omit<Belonging, 'patternId' | 'copyHash' | 'copyVersion'>,
  ): Promise<Pick<Recorded, 'withdrawn'>>;
  /** Whether the ledger was restored since the whole thread of the surface was read: rows of its attempts may be lost (protocol k). */
  mayLackAttempts(surface: SurfaceRef): Promise<boolean>;
  /** The whole thread of a surface was read, under a claim of this generation (protocol k). */
  noteWholeLook(surface: SurfaceRef, generation: number): Promise<void>;
  recordVisibility(
    surface: SurfaceRef,
    commentId: string,
    seen: { visible: boolean; says: string; rank: number | null; of: number | null },
  ): Promise<void>;

  /** Closes the gate for one workflow: no attempt of it starts after this returned (protocol h). Answers attempts still in flight. */
  closeGateFor(run: RunRef, by: string): Promise<readonly Attempt[]>;
  /** Returns when every open attempt in scope has a result or is past its `sendBy`. */
  pause(pause: {
    kind: 'pause' | 'breaker';
    scope: keyof GateScope | 'all';
    value: string;
    by: string;
    why: string;
  }): Promise<Standing>;
  resume(pauseId: string, by: string, why: string): Promise<void>;
  /** Whether the pause or breaker still stands; `false` for what is no pause at all. */
  pauseStands(pauseId: string): Promise<boolean>;

  park(waiting: Waiting): Promise<void>;
  /** Without `what`: everything the run waits for. */
  unpark(run: RunRef, what?: Pick<Waiting, 'reason' | 'key'>): Promise<void>;
  /** Workflow ids that wait for the given reason and key. */
  waitersFor(reason: WaitingReason, key: string): Promise<readonly string[]>;

  /** Whether the ad has a baseline already: it is frozen, so it is never taken twice. */
  hasBaseline(ad: AdRef): Promise<boolean>;
  recordBaseline(record: BaselineRecord): Promise<void>;
  /** Rows for the later looks at a comment, carried out by the account's sweep. Idempotent. */
  planLooks(surface: SurfaceRef, commentId: string, dueInMs: readonly number[]): Promise<void>;
  /** `isNew`: it was not raised before. */
  recordIncident(incident: NewIncident): Promise<{ readonly isNew: boolean }>;
}
