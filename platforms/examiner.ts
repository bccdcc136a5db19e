import type { Platform } from '../domain/ad.ts';
import type { Identity } from '../domain/brand.ts';

/** How one thing stands that first-comment needs. `not-checked`: nobody could look, because something before it is missing. */
export const FINDING_STATES = ['ok', 'warning', 'wrong', 'not-checked'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/** One thing that was looked at, for `doctor`. Never holds a secret. */
export interface Finding {
  /** Stays the same from release to release, `credentials.expiry`, `identities.4000001.role`. */
  readonly id: string;
  readonly state: FindingState;
  /** What was found, one or more sentences. */
  readonly says: string;
  /** A command or a setting that mends it; `null` when there is nothing to mend. */
  readonly mend: string | null;
}

/** How an answer of the platform compares with what our code assumes. `not-seen`: nothing there to see it on. */
export const LIVE_VERDICTS = ['agrees', 'differs', 'not-seen'] as const;
export type LiveVerdict = (typeof LIVE_VERDICTS)[number];

/** One question to a real account whose answer our code builds on. Only reads are needed to answer it. */
export interface LiveAnswer {
  readonly id: string;
  readonly question: string;
  readonly seen: string;
  readonly assumed: string;
  readonly verdict: LiveVerdict;
  /** The files that build on the assumption. */
  readonly usedIn: readonly string[];
}

/** A check that writes and is therefore never run by this program: what a person does by hand. */
export interface ManualRecipe {
  readonly id: string;
  readonly question: string;
  readonly steps: readonly string[];
  readonly usedIn: readonly string[];
}

/** The platform's clock, as one of its answers told it. */
export interface PlatformClock {
  /** Milliseconds since 1970, whole seconds. */
  readonly platformMs: number;
  /** This machine's clock in the middle of the exchange. */
  readonly hereMs: number;
}

/** What `doctor` asks of a network; one implementation per network. Only reads, never throws for an answer. */
export interface PlatformExaminer {
  readonly platform: Platform;
  /** Token, app, rights, ends, version. */
  examineCredentials(signal: AbortSignal): Promise<readonly Finding[]>;
  /** Whether each identity can speak through the credentials. */
  examineIdentities(identities: readonly Identity[], signal: AbortSignal): Promise<readonly Finding[]>;
  examineAccounts(accountIds: readonly string[], signal: AbortSignal): Promise<readonly Finding[]>;
  /** `null` when the platform does not answer or does not say. */
  readClock(signal: AbortSignal): Promise<PlatformClock | null>;
  /** Compares what the account answers with what the adapter assumes. */
  answerLiveQuestions(
    subjects: { readonly identities: readonly Identity[]; readonly accountIds: readonly string[] },
    signal: AbortSignal,
  ): Promise<readonly LiveAnswer[]>;
  /** The questions that only a write can answer. */
  readonly manualRecipes: readonly ManualRecipe[];
  close(): Promise<void>;
}
