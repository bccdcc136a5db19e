import type { Connection } from '@temporalio/client';
import { PLATFORMS } from '../../domain/ad.ts';
import { readQueue, WORKFLOW_QUEUE, writeQueue } from '../../domain/task-queues.ts';
import type { Finding } from '../../platforms/examiner.ts';
import { ok, warning, wrong } from './findings.ts';

/** Numbers of Temporal's `TaskQueueType`. */
const KIND = { workflow: 1, activity: 2 } as const;

const QUEUES = [
  { id: 'temporal.pollers.workflows', what: 'workflows', name: WORKFLOW_QUEUE, kind: KIND.workflow },
  ...PLATFORMS.flatMap((platform) => [
    { id: `temporal.pollers.${platform}-reads`, what: `reads from ${platform}`, name: readQueue(platform), kind: KIND.activity },
    {
      id: `temporal.pollers.${platform}-writes`,
      what: `publishing on ${platform}`,
      name: writeQueue(platform),
      kind: KIND.activity,
    },
  ]),
];
export const POLLER_IDS: readonly string[] = QUEUES.map(({ id }) => id);

const CALL_MS = 5_000;
/** A poller asks anew at the latest after a minute. */
const FRESH_MS = 75_000;

/** Whether some worker asks each of our queues for work. */
export function examinePollers(connection: Connection, namespace: string): Promise<readonly Finding[]> {
  return Promise.all(
    QUEUES.map(async ({ id, what, name, kind }) => {
      const { pollers } = await connection.withDeadline(Date.now() + CALL_MS, () =>
        connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name }, taskQueueType: kind }),
      );
      const mend = 'Start one: first-comment worker (npm start brings one too).';
      if (!pollers || pollers.length === 0) return wrong(id, `No worker serves queue ${name} (${what}).`, mend);
      const last = Math.max(...pollers.map(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1_000));
      const ago = Math.max(0, Math.round((Date.now() - last) / 1_000));
      const told = `${pollers.length} poller(s) of queue ${name} (${what}), last heard of ${ago} s ago`;
      return Date.now() - last > FRESH_MS ? warning(id, `${told}: they may be gone.`, mend) : ok(id, `${told}.`);
    }),
  );
}
