import { LONGEST_SWEEP_MS, scheduledEveryMs } from '../client/index.ts';
import { loadBrand } from '../config/brand.ts';
import { DEFAULT_TIMING, scaleTiming } from '../domain/timing.ts';
import type { LastSweep } from '../store/overview.ts';
import type { Context } from './context.ts';

/** An account is swept too seldom when no sweep has begun for so many of its intervals. */
const OVERDUE_INTERVALS = 3;

export interface JudgedSweep extends LastSweep {
  /** When the sweep that is at work began; `null` when none is, or when it is at it for longer than Temporal lets one run. */
  readonly underWaySince: string | null;
  /**
   * None is under way, and none has begun for three intervals, or ever; `null` where nobody can say, as the account is not the brand
   * folder's.
   */
  readonly overdue: boolean | null;
}

/** Holds the last sweeps against the interval of the configured brand folder and profile. */
export function judgeSweeps(sweeps: readonly LastSweep[], context: Context): readonly JudgedSweep[] {
  const configured = sweptBy(context);
  return sweeps.map((sweep) => {
    const everyMs = configured.get(sweep.account);
    const { begunAt, begunAgoMs, unended } = sweep;
    // No other begins as long as one is at work, which with much to do it may be for many intervals.
    const underWaySince = unended && begunAgoMs !== null && begunAgoMs <= LONGEST_SWEEP_MS ? begunAt : null;
    if (everyMs === undefined) return { ...sweep, underWaySince, overdue: null };
    const isLate = begunAgoMs === null || begunAgoMs > OVERDUE_INTERVALS * everyMs;
    return { ...sweep, underWaySince, overdue: underWaySince === null && isLate };
  });
}

/** Milliseconds between sweeps of each account; empty for a folder that does not load, as `status` answers while one is edited. */
function sweptBy({ settings }: Context): ReadonlyMap<string, number> {
  const loaded = loadBrand(settings.brandFolder);
  const profile = loaded.ok ? loaded.brand.profiles[settings.profile] : undefined;
  if (!loaded.ok || !profile) return new Map();
  const everyMs = scheduledEveryMs(scaleTiming(DEFAULT_TIMING, profile.timingScale).sweepEveryMs);
  return new Map(loaded.brand.accounts.map(({ platform, accountId }) => [`${platform}/${accountId}`, everyMs]));
}
