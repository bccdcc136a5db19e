import { setTimeout as sleep } from 'node:timers/promises';
import { isListening } from '../local/ports.ts';

const LOOK_EVERY_MS = 300;

interface Server {
  close(): Promise<void>;
}

/**
 * Waits until nobody listens on the port any more and then has us serve there. `serve` answers `null` when another one was
 * faster. What it throws is an unhandled rejection, for the program to end with: there is no caller left to tell.
 */
export function standBy(port: number, serve: () => Promise<Server | null>): Server {
  const over = new AbortController();
  const waiting = (async () => {
    let served: Server | null = null;
    while (!served) {
      await sleep(LOOK_EVERY_MS, undefined, { signal: over.signal }).catch(() => undefined);
      if (over.signal.aborted) return null;
      if (!(await isListening(port))) served = await serve();
    }
    return served;
  })();
  return {
    async close() {
      over.abort();
      const served = await waiting.catch(() => null);
      await served?.close();
    },
  };
}
