import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowService } from '@temporalio/client';
import type { ConnectedClient } from '../../client/connect.ts';
import { FirstCommentClient } from '../../client/index.ts';
import { type AdRef, formatAd, workflowIdOf } from '../../domain/ad.ts';
import type { OrderCriteria } from '../../domain/order-criteria.ts';
import type { OpenLedger } from '../../store/open-ledger.ts';
import type { RetractOutcome } from '../../workflows/retract-messages.ts';
import type { Act } from './plan.ts';
import { insistently } from './servers.ts';

/** What pipelines, operators and administrators of Temporal do; asked until it takes effect, since anything may be down. */
export interface Operator {
  start(ad: AdRef): Promise<void>;
  /** `luck` chooses the event of a reset. */
  act(ad: AdRef, act: Act, luck: number): Promise<void>;
  /** Ends the run by force and starts it again at once. */
  restart(ad: AdRef): Promise<void>;
  /** Pauses, holds it for so long, and resumes. Nothing may leave in between. */
  pauseFor(scope: 'marketId' | 'all', value: string, ms: number): Promise<void>;
  /** The pauses that stood and were lifted, oldest first. */
  readonly pauses: readonly PausedFor[];
  /** Goes on with every withdrawal order that was given, and answers how each ended. */
  endOrders(): Promise<readonly EndedOrder[]>;
  /** Lifts the breakers of Pages and Instagram accounts: the part of a person. Answers what was lifted. */
  tidy(): Promise<readonly string[]>;
}

/** A pause that stood, by this machine's clock, which is the database's too. */
export interface PausedFor {
  readonly scope: 'marketId' | 'all';
  readonly value: string;
  readonly from: number;
  readonly until: number;
}

/** A withdrawal order for one ad. It is never lifted. */
export interface EndedOrder {
  readonly orderId: string;
  readonly adId: string;
  /** When it was given, by the same clock: nothing that it covers may leave from then on. */
  readonly from: number;
  readonly outcome: RetractOutcome | null;
  readonly says: string;
}

const BY = 'chaos';
const RETRACT_ENDS_WITHIN_MS = 5 * 60_000;
const LOOK_EVERY_MS = 500;

export function createOperator({ client: temporal }: ConnectedClient, ledger: OpenLedger, brandId: string): Operator {
  const client = new FirstCommentClient(temporal);
  const { namespace } = temporal.options;
  const service: WorkflowService = temporal.workflowService;
  const pauses: PausedFor[] = [];
  const orders: (Pick<EndedOrder, 'orderId' | 'adId' | 'from'> & { readonly criteria: OrderCriteria })[] = [];

  async function wake(pauseId: string): Promise<void> {
    for (const workflowId of await ledger.waitersFor('paused', pauseId)) await client.wake(workflowId);
  }

  async function resume(pauseId: string, why: string): Promise<void> {
    await insistently('a pause is lifted', () => ledger.resume(pauseId, BY, why));
    await insistently('those who waited for it wake', () => wake(pauseId));
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

  /** As `first-comment retract --order …` does. */
  async function endOrder({ criteria, ...order }: (typeof orders)[number]): Promise<EndedOrder> {
    const { orderId } = order;
    await insistently('a retract goes on', () => client.retract(orderId, criteria));
    for (const giveUpAt = Date.now() + RETRACT_ENDS_WITHIN_MS; ; await sleep(LOOK_EVERY_MS)) {
      const { outcome, says } = await insistently('a retract says how far it is', () => client.retractState(orderId));
      if (outcome !== null || Date.now() > giveUpAt) return { ...order, outcome, says };
    }
  }

  /** As `first-comment retract --ad … --yes` does; the retract itself goes on while the command is away. */
  async function retract(ad: AdRef): Promise<void> {
    const criteria = { brandId, ad: formatAd(ad) };
    const order = { criteria, by: BY, why: 'part of the schedule' };
    const { id } = await insistently('a withdrawal is ordered', () => ledger.orderWithdrawal(order));
    orders.push({ orderId: id, adId: ad.adId, from: Date.now(), criteria });
    await insistently('a retract starts', () => client.retract(id, criteria));
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
        case 'retract':
          return retract(ad);
      }
    },
    pauses,
    async pauseFor(scope, value, ms) {
      // When an answer is lost the order is given again; by its reason all of them are found and lifted.
      const order = { kind: 'pause', scope, value, by: BY, why: `part of the schedule, ${randomUUID()}` } as const;
      await insistently('a pause stands', () => ledger.pause(order));
      const from = Date.now();
      await sleep(ms);
      const until = Date.now();
      const overview = await insistently('what is paused is read', () => ledger.readOverview());
      for (const { id } of overview.pauses.filter(({ why }) => why === order.why)) await resume(id, 'part of the schedule');
      pauses.push({ scope, value, from, until });
    },
    endOrders: () => Promise.all(orders.map(endOrder)),
    async tidy() {
      const { pauses } = await ledger.readOverview();
      // Only what a person would lift after a look at the Page: a ledger that lacks a row here is a defect, and hangs.
      const breakers = pauses.filter(({ kind, scope }) => kind === 'breaker' && scope === 'identityId');
      for (const { id } of breakers) await resume(id, 'looked at the Page: nothing is wrong');
      return breakers.map(({ scope, value, why }) => `${scope} ${value}: ${why}`);
    },
  };
}
