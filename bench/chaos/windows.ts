import { DEFAULT_TIMING, scaleTiming, type Timing } from '../../domain/timing.ts';

/**
 * All windows are shortened by this one factor, so that their ratios stay as in production. At a sixth a busy machine still
 * comes from the gate to the socket in time (333 ms), and an attempt settles within half a minute.
 */
export const FACTOR = 1 / 6;

export const CHAOS_TIMING: Timing = scaleTiming(DEFAULT_TIMING, FACTOR);

const SHOWN = [
  'sendByMs',
  'writeDeadlineMs',
  'publishTimeoutMs',
  'lateLandingMs',
  'listLagMs',
  'skewMs',
  'verifyWindowMs',
  'factsMaxAgeMs',
  'selfWakeMs',
] as const satisfies readonly (keyof Timing)[];

export interface Windows {
  readonly factor: number;
  /** Milliseconds. */
  readonly here: Readonly<Partial<Record<keyof Timing, number>>>;
  readonly production: Readonly<Partial<Record<keyof Timing, number>>>;
}

/** The windows as they are printed beside the figures. */
export function windows(): Windows {
  const of = (timing: Timing) => Object.fromEntries(SHOWN.map((name) => [name, timing[name]]));
  return { factor: Number(FACTOR.toFixed(3)), here: of(CHAOS_TIMING), production: of(DEFAULT_TIMING) };
}

/** Milliseconds after its gate from which an attempt may be settled (protocol d). */
export function settlesAfter({ sendByMs, writeDeadlineMs, lateLandingMs }: Timing): number {
  return sendByMs + writeDeadlineMs + lateLandingMs;
}
