import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Connection } from '@temporalio/client';
import type { Priority } from '@temporalio/common';

/** What a probe queues: first the crowd, then – when all of that waits – the few that should come forward. */
export interface Contest {
  readonly name: string;
  readonly crowd: Priority;
  readonly few: Priority;
}

/** Where the few were handed out: 0 = first of all. */
export interface Placing {
  readonly positions: readonly number[];
  readonly crowd: number;
}

export const CONTESTS = {
  priorities: { name: 'priority', crowd: { priorityKey: 5 }, few: { priorityKey: 1 } },
  fairness: { name: 'fairness', crowd: { fairnessKey: 'crowded' }, few: { fairnessKey: 'lone' } },
} as const satisfies Record<string, Contest>;

const CROWD = 40;
const FEW = 5;
/** They end by themselves, should this process be killed before it has cleaned up. */
const LIFETIME = '2 minutes';
/** The server keeps its count of what waits for five seconds: the first look comes late enough to be right most times. */
const FIRST_LOOK_AFTER_MS = 400;
const LOOK_EVERY_MS = 250;
const QUEUED_WITHIN_MS = 12_000;

/**
 * Asks a server in which order it hands out what waits. Runs that no worker knows are queued on a queue of the probe's own; the
 * probe takes their tasks itself, one by one, and looks only at who comes when. They are deleted at the end.
 * @throws whatever the server says when it does not let us
 */
export async function placingOf(contest: Contest, connection: Connection, client: Client, signal: AbortSignal): Promise<Placing> {
  const taskQueue = `first-comment-doctor-${contest.name}-${randomUUID().slice(0, 8)}`;
  const started: string[] = [];

  async function queue(side: 'crowd' | 'few', count: number): Promise<void> {
    await Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const workflowId = `${taskQueue}/${side}/${index}`;
        started.push(workflowId);
        await client.workflow.start('firstCommentDoctorProbe', {
          workflowId,
          taskQueue,
          priority: contest[side],
          workflowExecutionTimeout: LIFETIME,
          workflowTaskTimeout: '60 seconds',
          staticSummary: 'A probe of first-comment doctor; it does nothing and is deleted.',
        });
      }),
    );
    await waitForBacklog(connection, client.options.namespace, taskQueue, started.length, signal);
  }

  async function takeInTurn(): Promise<readonly string[]> {
    const order: string[] = [];
    while (order.filter(isFew).length < FEW && order.length < CROWD + FEW) {
      order.push(await takeOne(connection, client.options.namespace, taskQueue));
    }
    return order;
  }

  try {
    const order = await connection.withAbortSignal(signal, async () => {
      await queue('crowd', CROWD);
      await queue('few', FEW);
      return takeInTurn();
    });
    return { positions: order.flatMap((id, position) => (isFew(id) ? [position] : [])), crowd: CROWD };
  } finally {
    await Promise.allSettled(started.map((workflowId) => remove(connection, client.options.namespace, workflowId)));
  }
}

/** A start is answered before its task waits in the queue; who comes too early would have been handed out in any order. */
async function waitForBacklog(
  { workflowService }: Connection,
  namespace: string,
  name: string,
  wanted: number,
  signal: AbortSignal,
): Promise<void> {
  const deadline = performance.now() + QUEUED_WITHIN_MS;
  await sleep(FIRST_LOOK_AFTER_MS, undefined, { signal });
  for (;;) {
    const { stats } = await workflowService.describeTaskQueue({
      namespace,
      taskQueue: { name },
      taskQueueType: WORKFLOW_TASKS,
      reportStats: true,
    });
    if (Number(stats?.approximateBacklogCount ?? 0) >= wanted) return;
    if (performance.now() > deadline)
      throw new Error(`only ${String(stats?.approximateBacklogCount ?? 0)} of ${wanted} tasks were queued in time`);
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}

const WORKFLOW_TASKS = 1;
const CALL_WITHIN_MS = 5_000;

/** Takes the next task and leaves it at that: its run is deleted before anybody would be given it again. */
async function takeOne(connection: Connection, namespace: string, name: string): Promise<string> {
  const task = await connection.withDeadline(Date.now() + CALL_WITHIN_MS, () =>
    connection.workflowService.pollWorkflowTaskQueue({ namespace, taskQueue: { name }, identity: 'first-comment doctor' }),
  );
  const workflowId = task.workflowExecution?.workflowId;
  if (!workflowId) throw new Error('the server handed out no task although some wait');
  return workflowId;
}

function isFew(workflowId: string): boolean {
  return workflowId.includes('/few/');
}

/** Deleting ends it too. Where deleting is not allowed, its end must do. */
async function remove(connection: Connection, namespace: string, workflowId: string): Promise<void> {
  const { workflowService } = connection;
  const workflowExecution = { workflowId };
  const within = <T>(call: () => Promise<T>) => connection.withDeadline(Date.now() + CALL_WITHIN_MS, call);
  await within(() => workflowService.deleteWorkflowExecution({ namespace, workflowExecution })).catch(() =>
    within(() =>
      workflowService.terminateWorkflowExecution({ namespace, workflowExecution, reason: 'first-comment doctor is done' }),
    ),
  );
}
