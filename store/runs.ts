import type { AdRef } from '../domain/ad.ts';
import type { AdSnapshot, RunMode, SurfaceFacts } from '../domain/facts.ts';
import type { Judgement } from '../domain/guardrail.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { SurfaceRef } from '../domain/surface.ts';

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
  /** Temporal's id of the execution that ends: one that was reset ends under the id of before, and its word is the newer one. */
  readonly executionId: string;
  readonly outcome: Outcome;
  readonly says: string;
  readonly surfaces: readonly SurfaceEnd[];
}

/** What a person decided about a held run. */
export interface Release {
  readonly workflowId: string;
  readonly surfaceId: string;
  readonly releaseDigest: string;
  readonly by: string;
  readonly why: string;
}

/** The part of the ledger that knows the runs: what each resolved, judged and was released for, and how it ended. */
export interface Runs {
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

  recordRelease(release: Release): Promise<void>;
  recordRejection(run: RunRef, by: string, why: string): Promise<void>;
}
