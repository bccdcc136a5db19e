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

/** How long a throttle is waited out where the platform does not say. */
export const DEFAULT_THROTTLE_MS = 60_000;

/** `details[0]` of a survey that ran into a no: the account that it stands at. */
export interface SurveyFailureDetails extends Partial<ThrottledDetails> {
  readonly accountId: string;
}
