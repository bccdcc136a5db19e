import { lanes } from '../../domain/lanes.ts';

/** Does something for each, so many at a time. Rejects with the first error, after those under way have ended. */
export async function sideBySide<T>(items: readonly T[], width: number, act: (item: T) => Promise<void>): Promise<void> {
  const ends = await Promise.allSettled(lanes(items, width, act));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
