import type { SurfaceRef } from '../domain/surface.ts';
import type { Edit } from './attempts.ts';
import type { Owner } from './runs.ts';

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
  /** The comment that gets this text; it must stand. Absent: a new comment is written, and none of ours may stand. */
  readonly edits?: Edit;
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

/** The part of the ledger that lets a request pass, or says why not (protocol b). */
export interface Gate {
  /** The gate: one transaction; on `open` the attempt row is committed (protocol b). Throws when the commit's outcome is unknown. */
  gate(request: GateRequest): Promise<GateAnswer>;
}
