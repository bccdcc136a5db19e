import { z } from 'zod';
import { notChecked, ok, wrong } from './findings.ts';
import type { Group } from './patient.ts';

const ANSWER_WITHIN_MS = 5_000;
const ID = 'worker.ready';
const Health = z.object({ states: z.array(z.string()) });

/** What a worker says of itself, where it is asked to serve that. */
export const workerGroup: Group = {
  name: 'worker',
  timeoutMs: 10_000,
  async examine({ options }, tell, signal) {
    const { workerHealth } = options;
    if (workerHealth === null) {
      const mend = 'Start it with first-comment worker --health-port 8080 and ask with --worker-health http://127.0.0.1:8080';
      return tell([
        notChecked(ID, 'No worker’s health address is given; the pollers under “temporal” tell whether one lives.', mend),
      ]);
    }
    const url = new URL('/ready', workerHealth).href;
    try {
      const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]) });
      const { states } = Health.parse(await response.json());
      const told = `${url}: ${states.join(', ')}`;
      tell([
        response.ok
          ? ok(ID, `Every poller runs (${told}).`)
          : wrong(ID, `Not every poller runs (${told}).`, 'Read the worker’s log and restart it.'),
      ]);
    } catch (error) {
      const why = error instanceof Error ? error.name : 'no answer';
      tell([
        wrong(
          ID,
          `${url} gives no health (${why}).`,
          'Start the worker with first-comment worker --health-port PORT, or correct the address.',
        ),
      ]);
    }
  },
};
