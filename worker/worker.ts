import { type NativeConnection, type State, Worker, type WorkflowBundle } from '@temporalio/worker';
import type { Dependencies } from '../activities/dependencies.ts';
import { createLedgerActivities, createPublishActivities, createReadActivities } from '../activities/index.ts';
import { PLATFORMS } from '../domain/ad.ts';
import { readQueue, WORKFLOW_QUEUE, writeQueue } from '../domain/task-queues.ts';

export interface RunningWorker {
  /** Of every poller; all `RUNNING` means ready. */
  states(): readonly State[];
  /** Ends polling, lets what runs finish, and resolves when all is quiet. */
  stop(): Promise<void>;
  /** Settles when the worker has stopped; rejects when it died. */
  readonly done: Promise<void>;
}

/** What a process can serve: workflows with the ledger's steps, reads from the platforms, publish requests to them. */
export const WORKER_ROLES = ['workflows', 'reads', 'writes'] as const;
export type WorkerRole = (typeof WORKER_ROLES)[number];

export interface WorkerSettings {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly bundle: WorkflowBundle;
  readonly dependencies: Dependencies;
  /** Which roles this process serves, so that they can be scaled and stopped apart; all of them when left out. */
  readonly serves?: readonly WorkerRole[];
}

/** Enough for what runs beside the calls; a platform's own limits are far below. */
const READS_AT_ONCE = 100;
const WRITES_AT_ONCE = 20;

/**
 * One process, three kinds of pollers: workflows with the ledger's local activities; per platform one for reads and one
 * for publish requests, so that the two are limited, paused and served apart.
 */
export async function startWorker(settings: WorkerSettings): Promise<RunningWorker> {
  const { connection, namespace, bundle, dependencies, serves = WORKER_ROLES } = settings;
  // A stop must outlast a publish request under way (protocol c).
  const shutdownGraceTime = dependencies.timing.publishTimeoutMs + 5_000;
  const common = { connection, namespace, shutdownGraceTime };
  const pollers: Readonly<Record<WorkerRole, () => readonly Promise<Worker>[]>> = {
    workflows: () => [
      Worker.create({
        ...common,
        taskQueue: WORKFLOW_QUEUE,
        workflowBundle: bundle,
        activities: createLedgerActivities(dependencies),
        workflowTaskPollerBehavior: { type: 'autoscaling', initial: 5 },
      }),
    ],
    reads: () =>
      PLATFORMS.map((platform) =>
        Worker.create({
          ...common,
          taskQueue: readQueue(platform),
          activities: createReadActivities(dependencies),
          maxConcurrentActivityTaskExecutions: READS_AT_ONCE,
          activityTaskPollerBehavior: { type: 'autoscaling', initial: 5 },
        }),
      ),
    writes: () =>
      PLATFORMS.map((platform) =>
        Worker.create({
          ...common,
          taskQueue: writeQueue(platform),
          activities: createPublishActivities(dependencies),
          maxConcurrentActivityTaskExecutions: WRITES_AT_ONCE,
        }),
      ),
  };
  const workers = await Promise.all(serves.flatMap((role) => pollers[role]()));
  const runs = workers.map((worker) => worker.run());
  const done = Promise.all(runs).then(() => undefined);
  return {
    states: () => workers.map((worker) => worker.getState()),
    done,
    stop: async () => {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      // One that died has said so in `done`; the others still have to come to their end.
      await Promise.allSettled(runs);
    },
  };
}
