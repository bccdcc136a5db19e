import type { Dependencies } from '../../../activities/dependencies.ts';
import { createLedgerActivities, createReadActivities, createWriteActivities } from '../../../activities/index.ts';
import { type ActivityCode, type AttemptEnd, type AttemptInfo, runAttempt } from './activity-attempt.ts';
import { Boundary, type Caller, type Fault } from './boundary.ts';
import { Execution, type Task } from './execution.ts';
import { newProcess, type Process } from './process.ts';
import type { Turns } from './turns.ts';
import type { Job, WorkflowVms } from './workflow-vm.ts';

/** What the server needs to play a cell. */
export interface Stage {
  readonly turns: Turns;
  readonly vms: WorkflowVms;
  /** What goes wrong, by the call's key. */
  readonly plan: ReadonlyMap<string, Fault>;
  /** The activities' dependencies; `runs` is the server's own. */
  readonly dependencies: Omit<Dependencies, 'runs'>;
  /** What happens to a run beside its calls, after so many calls into its workflow's code. */
  readonly longHistories?: boolean;
  readonly opened?: (execution: Execution) => void;
  readonly answering?: (execution: Execution) => void;
  readonly answered?: (execution: Execution) => void;
}

/** Plays the Temporal server and its workers for the runs of one cell. Each ad's run has a worker process of its own. */
export class Server {
  readonly boundary: Boundary;
  private readonly stage: Stage;
  /** The newest execution of each workflow id, and how a run is called in keys. */
  private readonly newest = new Map<string, Execution>();
  private readonly names = new Map<string, string>();
  private readonly processes = new Map<string, Process>();
  private readonly sites = new Map<string, string>();
  private runs = 0;

  constructor(stage: Stage) {
    this.stage = stage;
    this.boundary = new Boundary(stage.turns, stage.plan, (process) => this.died(process));
  }

  /** `type`: the workflow's name in the bundle; `name`: how the run is called in keys. */
  start(type: string, workflowId: string, name: string, input: unknown): Execution {
    this.names.set(workflowId, name);
    const execution = this.open(type, workflowId, input);
    execution.start();
    return execution;
  }

  /** Ends the execution and begins another one that has done the first tasks of it already. */
  reset(execution: Execution, tasks: readonly Task[], trigger: readonly Job[]): Execution {
    execution.terminate();
    const next = this.open(execution.id.type, execution.id.workflowId, execution.input);
    next.startFrom(tasks, trigger);
    return next;
  }

  current(workflowId: string): Execution | null {
    return this.newest.get(workflowId) ?? null;
  }

  /** Whether an execution of any workflow still runs. */
  get running(): boolean {
    return [...this.newest.values()].some(({ status }) => status === 'running');
  }

  /** How the runs of a workflow id are called in keys. */
  nameOf(workflowId: string): string | null {
    return this.names.get(workflowId) ?? null;
  }

  signal(workflowId: string, name: string): void {
    this.current(workflowId)?.signal(name);
  }

  /** Answers whether it is there. */
  private wake(workflowId: string): boolean {
    this.signal(workflowId, 'wake');
    return this.current(workflowId)?.status === 'running';
  }

  private open(type: string, workflowId: string, input: unknown): Execution {
    this.runs += 1;
    const id = { workflowId, runId: `run-${this.runs}-of-${workflowId}`, type };
    const { turns, vms, longHistories = false, opened, answering, answered } = this.stage;
    const execution: Execution = new Execution(id, input, {
      turns,
      vms,
      longHistories,
      worker: (info, seq, stalled) => this.work(info, seq, stalled),
      answering: (each) => answering?.(each),
      answered: (each) => {
        if (each.status === 'continued') this.open(type, workflowId, input).start();
        answered?.(each);
      },
      askedAt: (seq, site) => this.sites.set(`${id.runId} ${seq}`, site),
    });
    this.newest.set(workflowId, execution);
    opened?.(execution);
    return execution;
  }

  private work(info: AttemptInfo, seq: number, stalled: () => void): { process: Process; end: Promise<AttemptEnd> } {
    const process = this.processOf(info.workflowId);
    const by = this.names.get(info.workflowId) ?? info.workflowId;
    const caller: Caller = { by, info, process, stalled };
    const site = this.sites.get(`${info.runId} ${seq}`) ?? 'elsewhere';
    const code: ActivityCode = async (...args) => {
      const activity = this.activities(caller)[info.type];
      if (!activity) throw new Error(`no activity is called ${info.type}`);
      return activity(...args);
    };
    // As a whole it is a call like another: the worker may die before it begins, or with its answer in hand.
    const end = this.boundary
      .cross(caller, 'activity', info.type, site, async () => undefined)
      .then(async () => {
        const how = await runAttempt(info, code, (ms) => this.nap(ms, process));
        return this.boundary.cross(caller, 'activity', `${info.type} (end)`, site, async () => how);
      });
    return { process, end };
  }

  private activities(caller: Caller): Readonly<Record<string, ActivityCode | undefined>> {
    const { dependencies } = this.stage;
    const runs: Dependencies['runs'] = {
      wake: async (workflowId) => this.wake(workflowId),
      wakeAll: async (workflowIds) => workflowIds.filter((workflowId) => !this.wake(workflowId)),
      isOpen: async (owner) => this.current(owner.workflowId)?.status === 'running',
    };
    const given: Dependencies = {
      ...dependencies,
      ledger: this.boundary.around('ledger', dependencies.ledger, caller),
      platforms: { meta: this.boundary.around('platform', dependencies.platforms.meta, caller, ['absenceProvable']) },
      runs: this.boundary.around('runs', runs, caller),
    };
    return {
      ...createLedgerActivities(given),
      ...createReadActivities(given),
      ...createWriteActivities(given),
    } as unknown as Readonly<Record<string, ActivityCode>>;
  }

  private nap(ms: number, process: Process): Promise<void> {
    return new Promise((resolve) => {
      this.stage.turns.ringAfter(
        ms,
        () => {
          if (process.alive) resolve();
        },
        true,
      );
    });
  }

  private processOf(workflowId: string): Process {
    const process = this.processes.get(workflowId) ?? newProcess();
    this.processes.set(workflowId, process);
    return process;
  }

  /** `kill -9`: everything that ran in it is gone, and another process takes its place. */
  private died(process: Process): void {
    process.alive = false;
    for (const [workflowId, each] of this.processes) {
      if (each !== process) continue;
      this.processes.set(workflowId, newProcess());
      const execution = this.current(workflowId);
      execution?.loseActivities(process);
      execution?.loseTask();
    }
  }

  /** The worker of a run dies now. */
  kill(workflowId: string): void {
    this.died(this.processOf(workflowId));
  }
}
