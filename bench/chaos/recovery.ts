import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { insistently } from './servers.ts';

/** How long the runs of a moment took to go on after all workers were killed, in seconds since the kill. */
export interface Recovery {
  readonly runs: number;
  readonly median: number;
  readonly p90: number;
  readonly last: number;
  /** What the last one waited for: the step of the dead worker that Temporal took for running until its time-out. */
  readonly lastAt: string | null;
}

const LOOK_EVERY_MS = 1_000;
const GIVE_UP_AFTER_MS = 240_000;
/** Temporal's `PendingActivityState` and `PendingWorkflowTaskState`. */
const STARTED = 2;

type RunningRun = { readonly workflowId: string; readonly runId: string };

export async function runningRuns(client: Client): Promise<readonly RunningRun[]> {
  return insistently('Temporal lists the running runs', async () => {
    const runs: RunningRun[] = [];
    for await (const { workflowId, runId } of client.workflow.list({ query: 'ExecutionStatus = "Running"' })) {
      runs.push({ workflowId, runId });
    }
    return runs;
  });
}

/**
 * Watches the runs that were open at `killedAt` until nothing of any waits for a process that is dead: no activity and no
 * workflow task that began before the kill is still taken for running.
 */
export async function watchRecovery(client: Client, runs: readonly RunningRun[], killedAt: number): Promise<Recovery> {
  const seconds: number[] = [];
  let waiting = runs;
  let lastAt: string | null = null;
  while (waiting.length > 0 && Date.now() - killedAt < GIVE_UP_AFTER_MS) {
    const still: RunningRun[] = [];
    for (const run of waiting) {
      const heldAt = await insistently('Temporal describes a run', () => whatOfTheDead(client, run, killedAt));
      if (heldAt === null) seconds.push((Date.now() - killedAt) / 1_000);
      else {
        still.push(run);
        lastAt = heldAt;
      }
    }
    waiting = still;
    if (waiting.length > 0) await sleep(LOOK_EVERY_MS);
  }
  return { ...figures([...seconds, ...waiting.map(() => GIVE_UP_AFTER_MS / 1_000)]), lastAt };
}

/** What of the run was begun before the kill and is still taken for running; `null` when it goes on. */
async function whatOfTheDead(client: Client, { workflowId, runId }: RunningRun, killedAt: number): Promise<string | null> {
  const { raw, status } = await client.workflow.getHandle(workflowId, runId).describe();
  if (status.name !== 'RUNNING') return null;
  const before = (time: { seconds?: unknown } | null | undefined) => Number(time?.seconds ?? 0) * 1_000 < killedAt;
  const task = raw.pendingWorkflowTask;
  if (task && task.state === STARTED && before(task.startedTime)) return 'a workflow task';
  const held = (raw.pendingActivities ?? []).find(({ state, lastStartedTime }) => state === STARTED && before(lastStartedTime));
  return held ? (held.activityType?.name ?? 'an activity') : null;
}

/** What each open run is at, for whoever waits for it. */
export async function whyOpen(client: Client, runs: readonly RunningRun[]): Promise<readonly string[]> {
  return Promise.all(
    runs.map(async ({ workflowId, runId }) => {
      const { raw } = await insistently('Temporal describes a run', () =>
        client.workflow.getHandle(workflowId, runId).describe(),
      );
      const activities = (raw.pendingActivities ?? []).map(({ activityType, attempt, lastFailure }) =>
        `${activityType?.name} attempt ${attempt} ${lastFailure?.message ?? ''}`.trim(),
      );
      const task = raw.pendingWorkflowTask ? [`workflow task attempt ${raw.pendingWorkflowTask.attempt}`] : [];
      return `${workflowId.split('/').at(-1)} at ${[...activities, ...task].join(', ') || 'a timer'}`;
    }),
  );
}

export function figures(seconds: readonly number[]): Omit<Recovery, 'lastAt'> {
  const sorted = [...seconds].sort((a, b) => a - b);
  const at = (share: number) => Number((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1));
  return { runs: sorted.length, median: at(0.5), p90: at(0.9), last: at(1) };
}
