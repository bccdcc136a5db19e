import type { WorkflowService } from '@temporalio/client';
import type { ConnectedClient } from '../../client/connect.ts';
import { FirstCommentClient } from '../../client/index.ts';
import { type AdRef, workflowIdOf } from '../../domain/ad.ts';
import type { OpenLedger } from '../../store/open-ledger.ts';
import { ACCOUNT } from '../world.ts';
import type { Act } from './plan.ts';
import { insistently } from './servers.ts';

/** What pipelines, operators and administrators of Temporal do; asked until it takes effect, since anything may be down. */
export interface Operator {
  start(ad: AdRef): Promise<void>;
  /** `luck` chooses the event of a reset. */
  act(ad: AdRef, act: Act, luck: number): Promise<void>;
  /** Ends the run by force and starts it again at once. */
  restart(ad: AdRef): Promise<void>;
  /** Pauses, holds it for so long, and resumes. Nothing may pass the gate in between. */
  pauseFor(scope: 'marketId' | 'all', value: string, ms: number): Promise<PausedFor>;
  /** Lifts breakers and wakes whoever waits for a token that works again: the part of a person. Answers what was lifted. */
  tidy(): Promise<readonly string[]>;
}

/** A pause that stood, by this machine's clock, which is the database's too. */
export interface PausedFor {
  readonly scope: 'marketId' | 'all';
  readonly value: string;
  readonly from: number;
  readonly until: number;
}

const BY = 'chaos';

export function createOperator({ client: temporal }: ConnectedClient, ledger: OpenLedger): Operator {
  const client = new FirstCommentClient(temporal);
  const { namespace } = temporal.options;
  const service: WorkflowService = temporal.workflowService;

  async function wake(reason: 'paused' | 'awaiting-credentials', key: string): Promise<void> {
    for (const workflowId of await ledger.waitersFor(reason, key)) await client.wake(workflowId);
  }

  async function resume(pauseId: string, why: string): Promise<void> {
    await insistently('a pause is lifted', () => ledger.resume(pauseId, BY, why));
    await insistently('those who waited for it wake', () => wake('paused', pauseId));
  }

  async function terminate(ad: AdRef): Promise<void> {
    await insistently('a run ends by force', async () => {
      if (await client.isRunning(workflowIdOf(ad))) await temporal.workflow.getHandle(workflowIdOf(ad)).terminate(BY);
    });
  }

  async function reset(ad: AdRef, luck: number): Promise<void> {
    const handle = temporal.workflow.getHandle(workflowIdOf(ad));
    await insistently('a run is reset', async () => {
      const { runId } = await handle.describe();
      const { events } = await handle.fetchHistory();
      const points = (events ?? []).filter(({ workflowTaskCompletedEventAttributes }) => workflowTaskCompletedEventAttributes);
      const point = points[Math.floor(luck * points.length)];
      if (!point) throw new Error('the run has not begun yet');
      await service.resetWorkflowExecution({
        namespace,
        workflowExecution: { workflowId: workflowIdOf(ad), runId },
        reason: BY,
        requestId: `${runId}-${point.eventId}`,
        workflowTaskFinishEventId: point.eventId ?? null,
      });
    });
  }

  const start = (ad: AdRef) => insistently('a run starts', () => client.start(ad)).then(() => undefined);

  async function restart(ad: AdRef): Promise<void> {
    await terminate(ad);
    await start(ad);
  }

  return {
    start,
    restart,
    async act(ad, act, luck) {
      switch (act) {
        case 'start-again':
          return start(ad);
        case 'cancel':
          return insistently('a run is cancelled', async () => {
            if (await client.isRunning(workflowIdOf(ad))) await client.cancel(ad);
          });
        case 'reset':
          return reset(ad, luck);
        case 'terminate':
          return restart(ad);
        case 'delete-history':
          await terminate(ad);
          await insistently('a history is deleted', () =>
            service.deleteWorkflowExecution({ namespace, workflowExecution: { workflowId: workflowIdOf(ad) } }),
          );
          return start(ad);
      }
    },
    async pauseFor(scope, value, ms) {
      const order = { kind: 'pause', scope, value, by: BY, why: 'part of the schedule' } as const;
      const { id } = await insistently('a pause stands', () => ledger.pause(order));
      const from = Date.now();
      await new Promise((resolve) => setTimeout(resolve, ms));
      const until = Date.now();
      await resume(id, 'part of the schedule');
      return { scope, value, from, until };
    },
    async tidy() {
      const { pauses } = await ledger.readOverview();
      const breakers = pauses.filter(({ kind }) => kind === 'breaker');
      for (const { id } of breakers) await resume(id, 'looked at the Page: nothing is wrong');
      await wake('awaiting-credentials', ACCOUNT);
      return breakers.map(({ scope, value, why }) => `${scope} ${value}: ${why}`);
    },
  };
}
