/**
 * Waits and limits of the publish protocol, milliseconds unless named otherwise. Defaults are Meta's
 * (publish-protocol, "Constants"); tests scale them together with `scaleTiming`.
 */
export interface Timing {
  /** From before the gate's BEGIN to the moment the request may still be handed to a socket. */
  readonly sendByMs: number;
  /** HTTP deadline of a write. */
  readonly writeDeadlineMs: number;
  /** Start-to-close of the publish activity. */
  readonly publishTimeoutMs: number;
  /** The platform's allowance for late landing, L. */
  readonly lateLandingMs: number;
  /** Spacing of absence reads. */
  readonly listLagMs: number;
  /** Skew allowed between the platform's clock and ours. */
  readonly skewMs: number;
  readonly maxAttempts: number;
  readonly verifyWindowMs: number;
  /** Delays before the 1st, 2nd, … poll of verify; the last one repeats. */
  readonly verifyPollsMs: readonly number[];
  /** Delays between looks for ids that come later; the last one repeats. */
  readonly surfacePollsMs: readonly number[];
  readonly awaitingSurfaceMs: number;
  readonly holdExpiresMs: number;
  readonly factsMaxAgeMs: number;
  readonly baselineLookbackDays: number;
  readonly selfWakeMs: number;
  /** Later looks at a published comment, after its publication. */
  readonly looksMs: readonly number[];
  /** How often the ads of an account are surveyed, while runs come. */
  readonly surveyEveryMs: number;
  /** How often a survey lists all ads again: what ends a deleted ad, or changes an ad set alone, shows in no list of changes. */
  readonly surveyWholeEveryMs: number;
  /** How long one page of a survey may take before another worker goes on with it. */
  readonly surveyLeaseMs: number;
  /** How long a run's survey may take before a person is told. What was listed until then stays, and the run tries again. */
  readonly surveyPatienceMs: number;
  /** Delays between looks for a survey that another worker is at: the longer that takes already, the longer. */
  readonly surveyPollsMs: readonly number[];
  /** How often an account is swept. */
  readonly sweepEveryMs: number;
  /** Pauses before a sweep tries again what it could not do the 1st, 2nd, … time; the last one repeats. */
  readonly sweepPausesMs: readonly number[];
  /** How long one look or one settling may take before another sweep takes it up. */
  readonly sweepLeaseMs: number;
  /** From one probe of a dead token to the next, at first. It doubles as long as runs wait. */
  readonly probeFirstMs: number;
  readonly probeLongestMs: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

export const DEFAULT_TIMING: Timing = {
  sendByMs: 2 * SECOND,
  writeDeadlineMs: 15 * SECOND,
  publishTimeoutMs: 30 * SECOND,
  lateLandingMs: 120 * SECOND,
  listLagMs: 20 * SECOND,
  skewMs: 60 * SECOND,
  maxAttempts: 3,
  verifyWindowMs: 15 * MINUTE,
  verifyPollsMs: [2 * SECOND, 5 * SECOND, 10 * SECOND, 30 * SECOND, 60 * SECOND],
  surfacePollsMs: [5 * SECOND, 10 * SECOND, 30 * SECOND, 60 * SECOND, 5 * MINUTE],
  awaitingSurfaceMs: 24 * HOUR,
  holdExpiresMs: 7 * 24 * HOUR,
  factsMaxAgeMs: 15 * MINUTE,
  baselineLookbackDays: 28,
  selfWakeMs: 15 * MINUTE,
  looksMs: [HOUR, 24 * HOUR],
  surveyEveryMs: 15 * MINUTE,
  surveyWholeEveryMs: 6 * HOUR,
  surveyLeaseMs: 60 * SECOND,
  surveyPatienceMs: HOUR,
  surveyPollsMs: [500, SECOND, 2 * SECOND, 5 * SECOND, 15 * SECOND],
  sweepEveryMs: MINUTE,
  sweepPausesMs: [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR],
  sweepLeaseMs: 5 * MINUTE,
  probeFirstMs: MINUTE,
  probeLongestMs: 15 * MINUTE,
};

/** Every wait multiplied by `factor`, so that their ratios stay as they are. Counts and days are left alone. */
export function scaleTiming(timing: Timing, factor: number): Timing {
  const scaled = Object.entries(timing).map(([name, value]) => {
    if (!name.endsWith('Ms')) return [name, value];
    if (Array.isArray(value)) return [name, value.map((each: number) => Math.round(each * factor))];
    return [name, Math.round((value as number) * factor)];
  });
  return Object.fromEntries(scaled) as Timing;
}

/** The delay before poll number `poll` (counted from 1). */
export function pollDelay(delays: readonly number[], poll: number): number {
  return delays[Math.min(poll, delays.length) - 1] ?? 0;
}
