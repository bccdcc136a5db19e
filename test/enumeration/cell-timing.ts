import { DEFAULT_TIMING, type Timing } from '../../domain/timing.ts';

const MINUTE = 60_000;

/**
 * The protocol's waits in a cell. `sendBy` measures this machine and stays long; what the platform is given is short, in the
 * same order. Everything longer than `SETTLES_MS` only paces: the driver skips over it.
 */
export const CELL_TIMING: Timing = {
  ...DEFAULT_TIMING,
  sendByMs: 1_200,
  writeDeadlineMs: 60,
  publishTimeoutMs: 2_500,
  lateLandingMs: 100,
  listLagMs: 20,
  skewMs: 1_000,
  verifyWindowMs: 10_000,
  // No nap before the first poll: whether it is over already would be a matter of this machine.
  verifyPollsMs: [0, 5, 20, 2_000],
  surfacePollsMs: [5, 10],
  awaitingSurfaceMs: 30 * MINUTE,
  surveyLeaseMs: 500,
  surveyPollsMs: [20, 100],
  looksMs: [1, 2],
  sweepEveryMs: 10,
  sweepPausesMs: [10],
  sweepLeaseMs: 200,
  // By the database's clock, over which nobody skips: a token that was refused is tried again by the next sweep.
  probeFirstMs: 10,
  probeLongestMs: 100,
};

/** After this everything is due that a sweep took and did not come to an end with. */
export const NEXT_SWEEP_MS = CELL_TIMING.sweepLeaseMs + 50;

/** When an attempt of unknown outcome can be settled, after its gate. */
export const SETTLES_MS = CELL_TIMING.sendByMs + CELL_TIMING.writeDeadlineMs + CELL_TIMING.lateLandingMs;
