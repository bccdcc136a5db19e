import type { Brand } from './brand.ts';
import type { AdSnapshot, SurfaceFacts } from './facts.ts';
import type { Outcome } from './outcome.ts';
import type { Severity, Verdict } from './verdict.ts';

/** What a rule found: whether it is kept, and the evidence in words and values. */
export interface Finding {
  readonly kept: boolean;
  /** One sentence for a person; says what was compared and what was found. */
  readonly says: string;
  /** Values that the finding rests on. Times and counts go under `volatile`, which a release does not bind. */
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly volatile?: Readonly<Record<string, unknown>>;
  /** The facts do not say: whatever the rule's severity, a person has to look. */
  readonly unclear?: boolean;
  /** When one rule can lead to different outcomes, the one this finding leads to. */
  readonly leadsTo?: Outcome;
}

/** A named rule: a pure function over recorded facts and the brand folder. */
export interface Guardrail {
  readonly id: string;
  /** What it protects, one sentence; printed in docs and by `explain`. */
  readonly protects: string;
  /** Hard rules (copy, market, identity, link) can be neither lowered nor waived. */
  readonly hard: boolean;
  readonly severity: Severity;
  /** For a soft rule: the mildest severity that a brand may choose; `note` when left out. */
  readonly mildest?: Severity;
  /** The outcome of the surface when a breach blocks. */
  readonly leadsTo: Outcome;
  /** Fields of the ad without which the rule cannot be checked; facts that an older release recorded may lack them. */
  readonly needs?: readonly (keyof AdSnapshot)[];
  readonly check: (facts: SurfaceFacts, brand: Brand) => Finding;
}

/** One rule's answer for one surface. */
export interface RuleVerdict {
  readonly rule: string;
  readonly verdict: Verdict;
  readonly says: string;
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly volatile?: Readonly<Record<string, unknown>>;
  readonly leadsTo: Outcome;
}

/** All rules' answers for one surface, and what follows. */
export interface Judgement {
  readonly verdicts: readonly RuleVerdict[];
  /** `block` if any rule blocks, else `hold` if any holds, else `pass`. */
  readonly verdict: 'pass' | 'hold' | 'block';
  /** The surface's outcome when blocked: the worst that a blocking rule leads to. */
  readonly outcome: Outcome | null;
  /** Binds bytes, surface and the held rules with their evidence, without times and counts (protocol b). */
  readonly releaseDigest: string;
}
