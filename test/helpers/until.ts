import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 60;
/** Generous on purpose: a test must not fail because the machine is busy. */
const GIVE_UP_AFTER_MS = 300_000;

/** Looks until `look` answers something, and gives that; fails with what was seen last, never with a clock's opinion. */
export async function until<T>(what: string, look: () => Promise<T | null | undefined | false>): Promise<T> {
  const giveUpAt = Date.now() + GIVE_UP_AFTER_MS;
  let seen: unknown = null;
  while (Date.now() < giveUpAt) {
    try {
      const found = await look();
      if (found) return found;
      seen = found;
    } catch (error) {
      seen = error;
    }
    await sleep(POLL_MS);
  }
  throw new Error(`waited in vain until ${what}; last seen: ${seen instanceof Error ? seen.message : JSON.stringify(seen)}`);
}
