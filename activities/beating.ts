import { activityInfo, heartbeat } from '@temporalio/activity';

/** How often the server is told, at least; the workers' own throttle of heartbeats must not be longer. */
export const BEAT_EVERY_MS = 5_000;
/** Of one time-out, so that a late one is no missed one. */
const BEATS = 4;

/**
 * The same activities, each with a heartbeat as long as it runs: when its worker dies, another one takes it up within the
 * heartbeat's time-out. For steps that may be repeated at any point; a step whose policy sets no such time-out stays silent.
 */
export function beating<Activities extends object>(activities: Activities): Activities {
  const alive = Object.entries(activities).map(([name, activity]) => [
    name,
    async (...given: unknown[]) => {
      const { heartbeatTimeoutMs = 0 } = activityInfo();
      const step = activity as (...given: unknown[]) => Promise<unknown>;
      if (heartbeatTimeoutMs === 0) return step(...given);
      const beat = setInterval(() => heartbeat(), Math.min(BEAT_EVERY_MS, heartbeatTimeoutMs / BEATS));
      try {
        return await step(...given);
      } finally {
        clearInterval(beat);
      }
    },
  ]);
  return Object.fromEntries(alive) as Activities;
}
