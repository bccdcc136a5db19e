import { defaultPayloadConverter } from '@temporalio/common';
import type { Workflow } from '@temporalio/worker/lib/workflow/interface.js';
import type { Failure } from './activity-attempt.ts';
import { begin, cancel, signal, timerFired } from './jobs.ts';
import { LocalActivities } from './local-activities.ts';
import { RemoteActivities, type Worker } from './remote-activities.ts';
import { durationMs } from './retries.ts';
import type { Turns } from './turns.ts';
import { activationOf, type Command, type ExecutionId, type Job, type WorkflowVms } from './workflow-vm.ts';

/** One call into the workflow's code, with the commands that it answered. */
interface Recorded {
  readonly jobs: readonly Job[];
  readonly at: number;
  readonly commands: readonly Command[];
}

/** A workflow task: from what the server told to the commands that it is told back, with the local activities between. */
export type Task = readonly Recorded[];

export interface Host {
  readonly turns: Turns;
  readonly vms: WorkflowVms;
  readonly worker: Worker;
  /** Whether every history counts as too long already. */
  readonly longHistories: boolean;
  /** Told before the task's answer is sent, when the worker may still die with it. */
  readonly answering: (execution: Execution) => void;
  /** Told when the workflow has said what it says now, and all of it has reached the server. */
  readonly answered: (execution: Execution) => void;
  readonly askedAt: (seq: number, site: string) => void;
}

export type Status = 'running' | 'completed' | 'failed' | 'continued' | 'terminated';

/**
 * One execution, seen from the server: its history, what it has been told, its timers and activities. A workflow task is kept
 * only when it is answered. Until then its local activities are unknown to the server, and a worker that dies takes them along.
 */
export class Execution {
  readonly id: ExecutionId;
  readonly input: unknown;
  status: Status = 'running';
  /** What the workflow returned; its type is the workflow's. */
  result: unknown = null;
  /** Why it failed, which is a defect. */
  failure: string | null = null;
  /** Calls into the workflow's code so far, replays not counted. */
  activations = 0;
  readonly tasks: Task[] = [];
  private readonly host: Host;
  private readonly startedAt: number;
  private readonly remotes: RemoteActivities;
  private readonly locals: LocalActivities;
  private readonly signals = new Set<string>();
  private readonly timers = new Map<number, () => void>();
  private inbox: Job[] = [];
  private workflow: Workflow | null = null;
  private task: Recorded[] | null = null;
  private offered = false;

  constructor(id: ExecutionId, input: unknown, host: Host) {
    this.id = id;
    this.input = input;
    this.host = host;
    this.startedAt = host.turns.now();
    this.remotes = new RemoteActivities(id, host.turns, host.worker, (job) => this.tell(job));
    this.locals = new LocalActivities(
      id,
      host.turns,
      host.worker,
      (job) => this.activate([job]),
      () => this.loseTask(),
    );
  }

  start(): void {
    this.tell(begin(this.id, this.input, this.startedAt));
  }

  /** A reset: another execution with the first tasks of this one, whose last trigger it gets once more. */
  startFrom(tasks: readonly Task[], trigger: readonly Job[]): void {
    this.tasks.push(...tasks);
    const told = new Set(tasks.flatMap((task) => task.flatMap(({ jobs }) => jobs)).map(seqOf));
    for (const job of trigger) told.add(seqOf(job));
    for (const command of tasks.flatMap((task) => task.flatMap(({ commands }) => commands))) {
      if (command.scheduleActivity && told.has(`activity ${command.scheduleActivity.seq}`)) continue;
      if (command.startTimer && told.has(`timer ${command.startTimer.seq}`)) continue;
      this.carryOut(command);
    }
    for (const job of trigger) this.tell(job);
  }

  signal(name: string, ...args: readonly unknown[]): void {
    this.signals.add(name);
    this.tell(signal(name, args));
  }

  /** Whether a signal of that name was sent to it before. */
  told(name: string): boolean {
    return this.signals.has(name);
  }

  cancel(): void {
    this.tell(cancel());
  }

  terminate(): void {
    if (this.status === 'running') this.end('terminated');
  }

  /** The worker died or the task's answer was lost: everything since the last answered task never happened to the workflow. */
  loseTask(): void {
    if (this.status !== 'running') return;
    this.dropWorkflow();
    this.locals.drop();
    if (this.task) this.inbox.unshift(...(this.task[0]?.jobs ?? []));
    this.task = null;
    this.offerTask();
  }

  /** The server's part when a worker dies: the activities that ran in it. */
  loseActivities(process: Parameters<RemoteActivities['lose']>[0]): void {
    this.remotes.lose(process);
  }

  private tell(job: Job): void {
    if (this.status !== 'running') return;
    this.inbox.push(job);
    this.offerTask();
  }

  private offerTask(): void {
    if (this.task || this.offered || this.inbox.length === 0) return;
    this.offered = true;
    this.host.turns.offer({
      of: this.id.workflowId,
      what: 'workflow task',
      take: async () => {
        this.offered = false;
        if (this.status !== 'running' || this.inbox.length === 0) return;
        this.task = [];
        await this.activate(this.inbox.splice(0));
      },
    });
  }

  private async activate(jobs: readonly Job[]): Promise<void> {
    const task = this.task;
    if (!task || this.status !== 'running') return;
    this.workflow ??= await this.replayed();
    const at = this.host.turns.now();
    const commands = await this.call(this.workflow, jobs, at, false);
    if (commands === null) return;
    this.activations += 1;
    task.push({ jobs, at, commands });
    for (const { scheduleLocalActivity, requestCancelLocalActivity } of commands) {
      if (scheduleLocalActivity) this.locals.schedule(scheduleLocalActivity);
      if (requestCancelLocalActivity) this.locals.cancel(requestCancelLocalActivity.seq ?? 0);
    }
    this.host.answering(this);
    // Whoever was told may have let the worker die.
    if (this.task !== task || this.status !== 'running') return;
    if (!this.locals.busy) this.answer(task);
    this.host.answered(this);
  }

  /** The task's answer reaches the server: only now it is history. */
  private answer(task: Task): void {
    this.tasks.push(task);
    this.task = null;
    for (const command of task.flatMap((each) => each.commands)) this.carryOut(command);
    if (this.status === 'running') this.offerTask();
  }

  private carryOut(command: Command): void {
    const { startTimer, cancelTimer, scheduleActivity, requestCancelActivity } = command;
    if (startTimer) {
      const seq = startTimer.seq ?? 0;
      const ms = durationMs(startTimer.startToFireTimeout) ?? 0;
      this.timers.set(
        seq,
        this.host.turns.ringAfter(ms, () => {
          this.timers.delete(seq);
          this.tell(timerFired(seq));
        }),
      );
    }
    if (cancelTimer) this.timers.get(cancelTimer.seq ?? 0)?.();
    if (scheduleActivity) this.remotes.schedule(scheduleActivity);
    if (requestCancelActivity) this.remotes.cancel(requestCancelActivity.seq ?? 0);
    if (command.completeWorkflowExecution) {
      const { result } = command.completeWorkflowExecution;
      this.result = result ? defaultPayloadConverter.fromPayload<unknown>(result) : null;
      this.end('completed');
    }
    if (command.failWorkflowExecution) this.fail(wordsOf(command.failWorkflowExecution.failure));
    if (command.cancelWorkflowExecution) this.fail('it ended as cancelled, without an outcome');
    if (command.continueAsNewWorkflowExecution) this.end('continued');
  }

  /** Calls into the workflow's code. `null`: its task failed, which a server would have repeated for ever. */
  private async call(
    workflow: Workflow,
    jobs: readonly Job[],
    at: number,
    replaying: boolean,
  ): Promise<readonly Command[] | null> {
    const completion = await workflow.activate(
      activationOf(this.id.runId, at, jobs, { isReplaying: replaying, long: this.host.longHistories }),
    );
    await workflow.getAndResetSinkCalls();
    if (completion.successful) return completion.successful.commands ?? [];
    this.fail(`a workflow task failed: ${wordsOf(completion.failed?.failure)}`);
    return null;
  }

  /** A worker that has never seen the execution reads its history, and must come to the same commands. */
  private async replayed(): Promise<Workflow> {
    const workflow = await this.host.vms.create(this.id, this.startedAt, this.host.askedAt);
    for (const { jobs, at, commands } of this.tasks.flat()) {
      const again = await this.call(workflow, jobs, at, true);
      if (again === null || shapeOf(again) !== shapeOf(commands)) {
        this.fail(`its replay came to other commands: ${again && shapeOf(again)} instead of ${shapeOf(commands)}`);
        break;
      }
    }
    return workflow;
  }

  private fail(why: string): void {
    if (this.status !== 'running') return;
    this.failure = why;
    this.end('failed');
  }

  private end(status: Status): void {
    this.status = status;
    this.remotes.forget();
    this.locals.drop();
    for (const stop of this.timers.values()) stop();
    this.timers.clear();
    this.task = null;
    this.dropWorkflow();
  }

  private dropWorkflow(): void {
    void this.workflow?.dispose();
    this.workflow = null;
  }
}

function shapeOf(commands: readonly Command[]): string {
  return commands
    .map((command) => {
      const [kind = 'nothing'] = Object.keys(command).filter((key) => !['userMetadata', 'eventGroupMarkers'].includes(key));
      const about = command[kind as keyof Command] as { seq?: number; activityType?: string } | null | undefined;
      return [kind, about?.seq, about?.activityType].filter((part) => part !== undefined).join(' ');
    })
    .join(', ');
}

/** What failed and what that was caused by. */
function wordsOf(failure: Failure | null | undefined): string {
  if (!failure) return 'it did not say why';
  return failure.cause ? `${failure.message}: ${wordsOf(failure.cause)}` : (failure.message ?? 'it did not say why');
}

function seqOf(job: Job): string {
  if (job.resolveActivity) return `activity ${job.resolveActivity.seq}`;
  return job.fireTimer ? `timer ${job.fireTimer.seq}` : '';
}
