import type { Operator } from './operator.ts';
import type { Stall } from './plan.ts';
import type { ChaosWorld } from './world.ts';

/** Stalls that were met, by what stood still. */
export type StallCounts = Readonly<Record<Stall['holds'], number>>;

/** A pause outlives the stall under it by so much: what the worker sends when it goes on must meet it. */
const LONGER_MS = 1_500;

/** What an operator does while a publish step stands still, so that its request would leave when it must not any more. */
export function meetStalls({ ads, surfaces }: ChaosWorld, operator: Operator) {
  const counts = { call: 0, worker: 0 };
  const doings: Promise<void>[] = [];

  async function meet({ surfaceId, holds, ms }: Stall): Promise<void> {
    const stalled = ads.find(({ surfaceIds }) => surfaceIds.includes(surfaceId));
    const surface = surfaces.find((each) => each.surfaceId === surfaceId);
    if (!stalled || !surface) throw new Error(`the world has no surface ${surfaceId}`);
    counts[holds] += 1;
    if (holds === 'call') await operator.restart(stalled.ad);
    else await operator.pauseFor('marketId', surface.marketId, ms + LONGER_MS);
  }

  return {
    onStalled(stall: Stall): void {
      const doing = meet(stall);
      // A failure is thrown by `over`.
      doing.catch(() => undefined);
      doings.push(doing);
    },
    counts: counts as StallCounts,
    /** Resolves when nothing of it is under way. */
    over: async () => void (await Promise.all(doings)),
  };
}
