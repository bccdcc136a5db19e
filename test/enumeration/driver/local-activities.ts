import { arrayFromPayloads, defaultPayloadConverter } from '@temporalio/common';
import type { AttemptEnd } from './activity-attempt.ts';
import { type Asked, activityCancelled, activityEnd } from './jobs.ts';
import type { Worker } from './remote-activities.ts';
import { durationMs, retryAfter } from './retries.ts';
import type { Turns } from './turns.ts';
import type { Command, ExecutionId, Job } from './workflow-vm.ts';

type Scheduled = NonNullable<Command['scheduleLocalActivity']>;

interface Local {
  readonly asked: Asked;
  readonly command: Scheduled;
  readonly scheduledAt: number;
  /** Its end is known, and the workflow will be told. */
  over: boolean;
}

const TRY_CANCEL = 0;

/** The local activities of the workflow task under way: they run in the workflow's own worker, and die with it. */
export class LocalActivities {
  private readonly id: ExecutionId;
  private readonly turns: Turns;
  private readonly worker: Worker;
  private readonly deliver: (job: Job) => Promise<void>;
  private readonly lost: () => void;
  private running = new Map<number, Local>();

  /** `lost`: the worker stalls; the server waits no longer for the task, and another worker does it again. */
  constructor(id: ExecutionId, turns: Turns, worker: Worker, deliver: (job: Job) => Promise<void>, lost: () => void) {
    this.id = id;
    this.turns = turns;
    this.worker = worker;
    this.deliver = deliver;
    this.lost = lost;
  }

  /** Whether the task cannot be answered yet. */
  get busy(): boolean {
    return this.running.size > 0;
  }

  schedule(command: Scheduled): void {
    const seq = command.seq ?? 0;
    const asked = { seq, type: command.activityType ?? '', isLocal: true };
    this.running.set(seq, { asked, command, scheduledAt: this.turns.now(), over: false });
    this.start(seq, command.attempt ?? 1);
  }

  cancel(seq: number): void {
    const local = this.running.get(seq);
    if (!local || (local.command.cancellationType ?? TRY_CANCEL) !== TRY_CANCEL) return;
    this.over(local, activityCancelled(local.asked));
  }

  drop(): void {
    this.running = new Map();
  }

  private start(seq: number, attempt: number): void {
    const local = this.running.get(seq);
    if (!local) return;
    const { asked, command, scheduledAt } = local;
    const { workflowId, runId } = this.id;
    const args = arrayFromPayloads(defaultPayloadConverter, command.arguments ?? []);
    const attemptScheduledAt = this.turns.now();
    const info = { type: asked.type, args, isLocal: true, attempt, workflowId, runId, scheduledAt, attemptScheduledAt };
    const { end } = this.worker(info, seq, () => {
      if (this.running.get(seq) === local) this.lost();
    });
    void end.then((how) => {
      if (this.running.get(seq) === local && !local.over) this.ended(local, attempt, how);
    });
  }

  private ended(local: Local, attempt: number, end: AttemptEnd): void {
    const { asked, command, scheduledAt } = local;
    if (end.kind === 'completed') {
      this.over(local, activityEnd(asked, end));
      return;
    }
    const elapsedMs = this.turns.now() - scheduledAt;
    const scheduleToCloseMs = durationMs(command.scheduleToCloseTimeout);
    const retry = retryAfter(command.retryPolicy, end.failed, { attempt, elapsedMs, scheduleToCloseMs });
    if (retry.kind === 'over') {
      this.over(local, activityEnd(asked, end, retry.state));
      return;
    }
    const again = () => {
      if (this.running.get(asked.seq) === local) this.start(asked.seq, attempt + 1);
    };
    this.turns.ringAfter(retry.delayMs, again, true);
  }

  private over(local: Local, job: Job): void {
    local.over = true;
    const { asked } = local;
    this.turns.offer({
      of: this.id.workflowId,
      what: `end of ${asked.type}`,
      take: async () => {
        if (this.running.get(asked.seq) !== local) return;
        this.running.delete(asked.seq);
        await this.deliver(job);
      },
    });
  }
}
