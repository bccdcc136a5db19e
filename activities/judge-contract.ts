import type { UtmTuple } from '../domain/metrics.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Standing } from '../domain/standing.ts';
import type { Surface } from '../domain/surface.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { RunInput } from './run-contract.ts';

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
