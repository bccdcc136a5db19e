import type { SurfaceRef } from '../domain/surface.ts';
import type { Belonging } from './publications.ts';

/** What is known of one publish attempt; `result` is `null` until either record was written (protocol c). */
export interface Attempt {
  readonly attemptId: string;
  readonly surfaceId: string;
  readonly epoch: number;
  readonly n: number;
  readonly text: string;
  readonly bytesHash: string;
  readonly belongs: Belonging;
  /** The comment to which it gives another text; `null` for an attempt that writes a new one. */
  readonly edits: string | null;
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

/** Which comment of ours gets another text where it stands, and by which order (protocol i). */
export interface Edit {
  readonly orderId: string;
  readonly commentId: string;
}

/** What follows from a result, beside the attempt and its claim. */
export interface Recorded {
  readonly breakerId: string | null;
  readonly withdrawn: string | null;
}

/** The part of the ledger that knows what was sent and what came back (protocol c). */
export interface Attempts {
  /**
   * First record, by the activity, before it returns. Second record, by the workflow. Same call, idempotent (protocol c).
   * A refusal with `why` `policy` closes the attempt's identity in the same transaction; `breakerId` is the breaker that
   * stands for it then, `null` for every other result, and after a person lifted it. `withdrawn`: by which order the surface is
   * withdrawn, in words; `null` when it is not. A comment that lands under a standing order withdraws its surface. An edit that
   * took effect gives the comment its text and its copy.
   */
  recordResult(attemptId: string, result: AttemptResult, by: 'activity' | 'workflow' | 'settling' | 'person'): Promise<Recorded>;
  attemptsOn(surface: SurfaceRef): Promise<readonly Attempt[]>;
}
