import { setTimeout as sleep } from 'node:timers/promises';

/** The first ones need no pacing: as many at once do no harm. */
const AT_ONCE = 10;
const PER_SECOND = 20;

/** Does something for each of many, one after the other, about so many a second, and never in step with anybody else. */
export async function paced<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  for (const [index, item] of items.entries()) {
    if (index >= AT_ONCE) await sleep((1_000 / PER_SECOND) * (0.5 + Math.random()));
    await act(item);
  }
}
