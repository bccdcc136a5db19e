import { type Client, isGrpcServiceError, ServiceError, type WorkflowHandle, WorkflowNotFoundError } from '@temporalio/client';
import { type AdRef, formatAd, workflowIdOf } from '../domain/ad.ts';
import type { RunMode } from '../domain/facts.ts';
import type { OrderCriteria } from '../domain/order-criteria.ts';
import type { Served } from '../domain/served.ts';
import type { firstComment } from '../workflows/first-comment.ts';
import {
  approveUpdate,
  type Decision,
  type RunState,
  rejectUpdate,
  restoredSignal,
  retryUpdate,
  stateQuery,
  wakeSignal,
} from '../workflows/messages.ts';
import type { retract } from '../workflows/retract.ts';
import { type RetractState, retractStateQuery } from '../workflows/retract-messages.ts';
import { ClientError } from './errors.ts';
import { explained, runOf } from './explained.ts';
import { paced } from './paced.ts';
import { retractIdOf, retractOf, retractOptions } from './retract-options.ts';
import { modeOf, startOptions } from './start-options.ts';
import { type AccountToSweep, type EnsuredSweep, ensureSweeps } from './sweep-schedule.ts';

/** How an execution stands in Temporal; `Failed` and its like mean a defect, not a guardrail's no. */
export type ExecutionStatus = 'running' | 'completed' | 'failed' | 'cancelled' | 'terminated' | 'timed-out' | 'unknown';

export interface RunStatus {
  readonly workflowId: string;
  readonly runId: string;
  readonly status: ExecutionStatus;
}

const STATUS: Readonly<Record<string, ExecutionStatus>> = {
  RUNNING: 'running',
  PAUSED: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
  TERMINATED: 'terminated',
  TIMED_OUT: 'timed-out',
};

const ANSWER_WITHIN_MS = 30_000;
/** Whoever is not told by then wakes by itself, or is told by a sweep: nobody who ends may wait for another one's end. */
const TOLD_WITHIN_MS = 2_000;

/**
 * What pipelines ask of first-comment: start the run of an ad, follow it, decide about it. Every method may throw
 * `ClientError`, whose message says what to do.
 */
export class FirstCommentClient {
  readonly #client: Client;
  readonly #startsFor: Served | null;

  /** `startsFor`: the brand and profile that runs are started for; a worker of others ends such a run as `blocked`. */
  constructor(client: Client, startsFor: Served | null = null) {
    this.#client = client;
    this.#startsFor = startsFor;
  }

  /** Starts the ad's run. A second start of a running run is that run; of a closed one, a new execution that meets the ledger. */
  async start(ad: AdRef, options: { readonly mode?: RunMode } = {}): Promise<RunStatus> {
    try {
      const handle = await this.#client.workflow.start<typeof firstComment>(
        'firstComment',
        startOptions(ad, options.mode ?? 'pipeline', this.#startsFor),
      );
      return { workflowId: handle.workflowId, runId: handle.firstExecutionRunId, status: 'running' };
    } catch (error) {
      throw explained(this.#client, runOf(ad), error);
    }
  }

  /** How the run stands. Needs a live worker, also for a closed run. */
  async state(ad: AdRef): Promise<RunState> {
    return this.#asked(ad, (handle) => handle.query(stateQuery));
  }

  async status(ad: AdRef): Promise<RunStatus> {
    const { mode: _, ...status } = await this.#described(ad);
    return status;
  }

  /** Releases all held comments of the run. Refused when nothing is held. */
  async approve(ad: AdRef, decision: Decision): Promise<RunState> {
    return this.#asked(ad, (handle) => handle.executeUpdate(approveUpdate, { args: [decision] }));
  }

  /** Rejects all held comments of the run; they end as `blocked`. */
  async reject(ad: AdRef, decision: Decision): Promise<RunState> {
    return this.#asked(ad, (handle) => handle.executeUpdate(rejectUpdate, { args: [decision] }));
  }

  /** A waiting run tries again now; a closed one gets a new execution of the same mode. */
  async retry(ad: AdRef): Promise<RunStatus> {
    const { mode, ...status } = await this.#described(ad);
    if (status.status !== 'running') return this.start(ad, { mode });
    await this.#asked(ad, (handle) => handle.executeUpdate(retryUpdate));
    return status;
  }

  /** Closes the run's gate and ends it as `withdrawn`, or as `visible` when the comment was already sent. Returns at once. */
  async cancel(ad: AdRef): Promise<void> {
    await this.#asked(ad, (handle) => handle.cancel());
  }

  /** Waits for the run's end. */
  async result(ad: AdRef): Promise<RunState> {
    try {
      return await this.#client.workflow.getHandle<typeof firstComment>(workflowIdOf(ad)).result();
    } catch (error) {
      throw explained(this.#client, runOf(ad), error);
    }
  }

  /** Starts to carry a withdrawal order out, or goes on with it. A second start of one that runs is that one. */
  async retract(orderId: string, criteria: OrderCriteria): Promise<RunStatus> {
    try {
      const options = retractOptions(orderId, criteria, this.#startsFor);
      const handle = await this.#client.workflow.start<typeof retract>('retract', options);
      return { workflowId: handle.workflowId, runId: handle.firstExecutionRunId, status: 'running' };
    } catch (error) {
      throw explained(this.#client, retractOf(orderId), error);
    }
  }

  /** How far a retract is. Needs a live worker, also for a closed one. */
  async retractState(orderId: string): Promise<RetractState> {
    try {
      const handle = this.#client.workflow.getHandle<typeof retract>(retractIdOf(orderId));
      return await this.#client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () => handle.query(retractStateQuery));
    } catch (error) {
      throw explained(this.#client, retractOf(orderId), error);
    }
  }

  /** Tells a parked run that what it waits for may have changed. Answers whether it was told; to miss it is no error. */
  async wake(workflowId: string): Promise<boolean> {
    return (await this.#tell(workflowId)) === 'told';
  }

  /** The same for many, paced, so that they do not all ask the platform at once. Answers those that are gone, and those that were missed. */
  async wakeAll(
    workflowIds: readonly string[],
  ): Promise<{ readonly gone: readonly string[]; readonly missed: readonly string[] }> {
    const ends = { told: [] as string[], gone: [] as string[], missed: [] as string[] };
    await paced(workflowIds, async (workflowId) => {
      ends[await this.#tell(workflowId)].push(workflowId);
    });
    return ends;
  }

  /** `missed`: a workflow that is just ending takes no signal, and the server says "try again" for as long as that lasts. */
  async #tell(workflowId: string): Promise<'told' | 'gone' | 'missed'> {
    try {
      const handle = this.#client.workflow.getHandle(workflowId);
      await this.#client.withDeadline(Date.now() + TOLD_WITHIN_MS, () => handle.signal(wakeSignal));
      return 'told';
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 'gone';
      if (error instanceof ServiceError || isGrpcServiceError(error)) return 'missed';
      throw error;
    }
  }

  /** Sees to it that every account is swept. Idempotent; schedules of another brand or profile are left as they are. */
  ensureSweeps(served: Served, accounts: readonly AccountToSweep[], everyMs: number): Promise<readonly EnsuredSweep[]> {
    return ensureSweeps(this.#client, served, accounts, everyMs);
  }

  /**
   * Tells every run that runs that the ledger was restored: each goes on in a new execution, which meets the ledger as it is now.
   * Answers how many were told.
   */
  async tellRestored(): Promise<number> {
    const running: string[] = [];
    try {
      const query = "WorkflowType = 'firstComment' AND ExecutionStatus = 'Running'";
      for await (const { workflowId } of this.#client.workflow.list({ query })) running.push(workflowId);
    } catch (error) {
      throw explained(this.#client, { words: 'the runs that run', whenUnknown: 'Temporal knows no run.' }, error);
    }
    let told = 0;
    await paced(running, async (workflowId) => {
      try {
        await this.#client.workflow.getHandle(workflowId).signal(restoredSignal);
        told += 1;
      } catch (error) {
        // It has ended meanwhile.
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
    });
    return told;
  }

  /** Whether an execution with this id runs now. */
  async isRunning(workflowId: string): Promise<boolean> {
    try {
      const { status } = await this.#client.workflow.getHandle(workflowId).describe();
      return STATUS[status.name] === 'running';
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  }

  async #described(ad: AdRef): Promise<RunStatus & { readonly mode: RunMode }> {
    return this.#asked(ad, async (handle) => {
      const { workflowId, runId, status, typedSearchAttributes } = await handle.describe();
      return { workflowId, runId, status: STATUS[status.name] ?? 'unknown', mode: modeOf(typedSearchAttributes) };
    });
  }

  async #asked<T>(ad: AdRef, ask: (handle: WorkflowHandle<typeof firstComment>) => Promise<T>): Promise<T> {
    try {
      const handle = this.#client.workflow.getHandle<typeof firstComment>(workflowIdOf(ad));
      // Without a deadline a call to a run that no worker carries would wait for ever.
      return await this.#client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () => ask(handle));
    } catch (error) {
      if (error instanceof WorkflowNotFoundError && (await this.#hasEnded(ad))) {
        throw new ClientError(
          'refused',
          `The run of ${formatAd(ad)} has ended; it holds nothing and waits for nothing. "first-comment retry ${formatAd(ad)}" starts it anew.`,
        );
      }
      throw explained(this.#client, runOf(ad), error);
    }
  }

  async #hasEnded(ad: AdRef): Promise<boolean> {
    try {
      const { status } = await this.#client.workflow.getHandle(workflowIdOf(ad)).describe();
      return STATUS[status.name] !== 'running';
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw explained(this.#client, runOf(ad), error);
    }
  }
}
