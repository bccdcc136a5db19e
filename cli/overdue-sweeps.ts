import { scheduledEveryMs } from '../client/index.ts';
import { loadBrand } from '../config/brand.ts';
import { DEFAULT_TIMING, scaleTiming } from '../domain/timing.ts';
import type { LastSweep } from '../store/overview.ts';
import type { Context } from './context.ts';

/** An account is swept too seldom when no sweep has begun for so many of its intervals. */
const OVERDUE_INTERVALS = 3;

export interface JudgedSweep extends LastSweep {
  /** No sweep has begun for three intervals, or ever; `null` where nobody can say, as the account is not the brand folder's. */
  readonly overdue: boolean | null;
}

/** Holds the last sweeps against the interval of the configured brand folder and profile. */
export function judgeSweeps(sweeps: readonly LastSweep[], context: Context): readonly JudgedSweep[] {
  const configured = sweptBy(context);
  return sweeps.map((sweep) => {
    const everyMs = configured.get(sweep.account);
    const { begunAgoMs } = sweep;
    if (everyMs === undefined) return { ...sweep, overdue: null };
    return { ...sweep, overdue: begunAgoMs === null || begunAgoMs > OVERDUE_INTERVALS * everyMs };
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
