import { arrayFromPayloads, defaultPayloadConverter } from '@temporalio/common';
import type { AttemptEnd, AttemptInfo } from './activity-attempt.ts';
import { type Asked, activityCancelled, activityEnd, timedOut } from './jobs.ts';
import type { Process } from './process.ts';
import { durationMs, RETRY_STATE, retryAfter } from './retries.ts';
import type { Turns } from './turns.ts';
import type { Command, ExecutionId, Job } from './workflow-vm.ts';

type Scheduled = NonNullable<Command['scheduleActivity']>;

/** Carries one attempt out in a worker; its answer never comes when the worker dies. */
export type Worker = (
  info: AttemptInfo,
  seq: number,
  whenStalled: () => void,
) => { readonly process: Process; readonly end: Promise<AttemptEnd> };

interface Remote {
  readonly asked: Asked;
  readonly command: Scheduled;
  readonly scheduledAt: number;
  attempt: number;
  /** The attempt that the server waits for; the answer of any other comes too late. */
  running: { readonly process: Process } | null;
  stopBackoff: () => void;
  cancelRequested: boolean;
}

const TRY_CANCEL = 0;

/** The activities of one execution that the server hands to workers: retries, time-outs, cancels. */
export class RemoteActivities {
  private readonly id: ExecutionId;
  private readonly turns: Turns;
  private readonly worker: Worker;
  private readonly deliver: (job: Job) => void;
  private readonly remotes = new Map<number, Remote>();

  constructor(id: ExecutionId, turns: Turns, worker: Worker, deliver: (job: Job) => void) {
    this.id = id;
    this.turns = turns;
    this.worker = worker;
    this.deliver = deliver;
  }

  schedule(command: Scheduled): void {
    const seq = command.seq ?? 0;
    const remote: Remote = {
      asked: { seq, type: command.activityType ?? '', isLocal: false },
      command,
      scheduledAt: this.turns.now(),
      attempt: 1,
      running: null,
      stopBackoff: () => undefined,
      cancelRequested: false,
    };
    this.remotes.set(seq, remote);
    this.start(remote, this.turns.now());
  }

  cancel(seq: number): void {
    const remote = this.remotes.get(seq);
    if (!remote) return;
    // A step without heartbeats never learns of it: it runs to its end, and a later answer counts only for those who wait.
    remote.cancelRequested = true;
    const waits = (remote.command.cancellationType ?? TRY_CANCEL) !== TRY_CANCEL;
    if (waits && remote.running) return;
    this.over(remote, activityCancelled(remote.asked));
  }

  /** The process died: the server learns of it when its heartbeats stay away, or else when the time of the attempt has passed. */
  lose(process: Process): void {
    for (const remote of this.remotes.values()) {
      if (remote.running?.process === process) this.timeOut(remote, durationMs(remote.command.heartbeatTimeout));
    }
  }

  /** The execution is over; what runs still runs to its end, and nobody hears of it. */
  forget(): void {
    for (const remote of this.remotes.values()) remote.stopBackoff();
    this.remotes.clear();
  }

  private start(remote: Remote, attemptScheduledAt: number): void {
    const { asked, command, scheduledAt, attempt } = remote;
    const args = arrayFromPayloads(defaultPayloadConverter, command.arguments ?? []);
    const { workflowId, runId } = this.id;
    const info = { type: asked.type, args, isLocal: false, attempt, workflowId, runId, scheduledAt, attemptScheduledAt };
    const { process, end } = this.worker(info, asked.seq, () => {
      if (remote.running === running) this.timeOut(remote);
    });
    const running = { process };
    remote.running = running;
    void end.then((how) => {
      if (remote.running === running) this.ended(remote, how);
    });
  }

  private timeOut(remote: Remote, heartbeatMs: number | null = null): void {
    remote.running = null;
    const { startToCloseTimeout, scheduleToCloseTimeout } = remote.command;
    const ms = heartbeatMs ?? durationMs(startToCloseTimeout) ?? durationMs(scheduleToCloseTimeout) ?? 0;
    remote.stopBackoff = this.turns.ringAfter(ms, () => this.ended(remote, timedOut(remote.asked.type)), true);
  }

  private ended(remote: Remote, end: AttemptEnd): void {
    if (!this.remotes.has(remote.asked.seq)) return;
    remote.running = null;
    const { asked, attempt, scheduledAt, command } = remote;
    if (end.kind === 'completed') {
      this.over(remote, activityEnd(asked, end));
    } else if (remote.cancelRequested) {
      this.over(remote, activityEnd(asked, end, RETRY_STATE.cancelled));
    } else {
      const elapsedMs = this.turns.now() - scheduledAt;
      const scheduleToCloseMs = durationMs(command.scheduleToCloseTimeout);
      const retry = retryAfter(command.retryPolicy, end.failed, { attempt, elapsedMs, scheduleToCloseMs });
      if (retry.kind === 'over') this.over(remote, activityEnd(asked, end, retry.state));
      else this.again(remote, retry.delayMs, !retry.saidByActivity);
    }
  }

  private again(remote: Remote, delayMs: number, paces: boolean): void {
    const start = () => {
      remote.attempt += 1;
      this.start(remote, this.turns.now());
    };
    remote.stopBackoff = this.turns.ringAfter(delayMs, start, paces);
  }

  private over(remote: Remote, job: Job): void {
    remote.stopBackoff();
    remote.running = null;
    this.remotes.delete(remote.asked.seq);
    this.deliver(job);
  }
}
