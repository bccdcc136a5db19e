import { setTimeout as sleep } from 'node:timers/promises';
import { type NativeConnection, type State, Worker, type WorkflowBundle } from '@temporalio/worker';
import { BEAT_EVERY_MS } from '../activities/beating.ts';
import type { Dependencies } from '../activities/dependencies.ts';
import { createLedgerActivities, createReadActivities, createWriteActivities } from '../activities/index.ts';
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
/** How often the pollers are asked whether they still live. */
const LOOK_EVERY_MS = 1_000;

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
          // Else the SDK holds heartbeats back for four fifths of their time-out, and one that is late is one that is missed.
          maxHeartbeatThrottleInterval: BEAT_EVERY_MS,
          activityTaskPollerBehavior: { type: 'autoscaling', initial: 5 },
        }),
      ),
    writes: () =>
      PLATFORMS.map((platform) =>
        Worker.create({
          ...common,
          taskQueue: writeQueue(platform),
          activities: createWriteActivities(dependencies),
          maxConcurrentActivityTaskExecutions: WRITES_AT_ONCE,
        }),
      ),
  };
  const workers = await Promise.all(serves.flatMap((role) => pollers[role]()));
  const runs = workers.map((worker) => worker.run());
  const done = endOf(workers, runs);
  return {
    states: () => workers.map((worker) => worker.getState()),
    done,
    stop: async () => {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      const ended = Promise.allSettled(runs);
      const failed = workers.some((worker) => worker.getState() === 'FAILED');
      // What made one fail may keep all of them from their end: then they have as long as what runs may need.
      await (failed ? Promise.race([ended, sleep(shutdownGraceTime)]) : ended);
    },
  };
}

/**
 * Settles with the pollers' own end, and rejects when one has failed: the run of that one may never end, because what else it
 * asks of a server that refuses it is asked again for ever.
 */
function endOf(workers: readonly Worker[], runs: readonly Promise<void>[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const watch = setInterval(() => {
      const failed = workers.find((worker) => worker.getState() === 'FAILED');
      if (!failed) return;
      clearInterval(watch);
      reject(new Error(`The poller of queue ${failed.options.taskQueue} has failed; the worker's log tells why.`));
    }, LOOK_EVERY_MS).unref();
    Promise.all(runs)
      .then(() => resolve(), reject)
      .finally(() => clearInterval(watch));
  });
}
