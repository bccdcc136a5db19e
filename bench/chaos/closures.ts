import type { OnPlatform } from './counts.ts';
import type { EndedOrder, PausedFor } from './operator.ts';
import type { LedgerTruth } from './truths.ts';
import { CHAOS_TIMING } from './windows.ts';
import type { PlannedSurface } from './world.ts';

/** A time in which nothing may leave for some surfaces. Milliseconds since 1970, both ends excluded. */
export interface Closed {
  readonly says: string;
  covers(surface: PlannedSurface): boolean;
  readonly from: number;
  readonly until: number;
}

/** Pauses, and withdrawal orders, which nobody lifts. */
export function closures(given: {
  readonly pauses: readonly PausedFor[];
  readonly orders: readonly EndedOrder[];
}): readonly Closed[] {
  return [
    ...given.pauses.map(({ scope, value, from, until }) => ({
      says: `${value} was paused`,
      covers: ({ marketId }: PlannedSurface) => scope === 'all' || value === marketId,
      from,
      until,
    })),
    ...given.orders.map(({ adId, from }) => ({
      says: `ad ${adId} was withdrawn`,
      covers: ({ adIds }: PlannedSurface) => adIds.includes(adId),
      from,
      until: Number.POSITIVE_INFINITY,
    })),
  ];
}

/** A request that left in time is given up by its sender after this; on a busy machine it may be read nearly as late. */
const UNDER_WAY_MS = CHAOS_TIMING.writeDeadlineMs;

/**
 * What passed the gate by the ledger, or reached the platform by its write log, while it was closed (protocol b). `heldBack`: the
 * platform was made to carry a request out some time after it came, so that when it wrote does not tell when that left.
 */
export function sentWhileClosed(
  { surface, platform, ledger }: OnPlatform & { readonly ledger: LedgerTruth },
  closed: readonly Closed[],
  heldBack: boolean,
): readonly string[] {
  const within = (at: number, allowance: number) =>
    closed.filter(({ covers, from, until }) => covers(surface) && at > from + allowance && at < until);
  const passed = ledger.attempts.flatMap(({ gateAt }) =>
    within(gateAt, 0).map(({ says }) => `${surface.surfaceId}: an attempt passed the gate while ${says}`),
  );
  const reached = platform.written.flatMap(({ commentId, at }) =>
    within(at, UNDER_WAY_MS).map(
      ({ says, from }) => `${surface.surfaceId}: ${commentId} was written ${at - from} ms after ${says}`,
    ),
  );
  return heldBack ? passed : [...passed, ...reached];
}
