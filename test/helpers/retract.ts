import type { OrderCriteria } from '../../domain/order-criteria.ts';
import type { retract } from '../../workflows/retract.ts';
import type { RetractState } from '../../workflows/retract-messages.ts';
import type { Stage } from './stage.ts';
import { until } from './until.ts';

export const ORDERED = { by: 'Legal', why: 'recall' };

/** Gives the order; answers its id. */
export async function order(stage: Stage, criteria: OrderCriteria): Promise<string> {
  return (await stage.ledger.orderWithdrawal({ criteria, ...ORDERED })).id;
}

/** Starts to carry the order out, or goes on with it, and waits for the end. */
export async function carryOut(stage: Stage, orderId: string): Promise<RetractState> {
  const { workflowId } = await stage.client.retract(orderId, {});
  return stage.temporal.workflow.getHandle<typeof retract>(workflowId).result();
}

export async function retractAll(stage: Stage, criteria: OrderCriteria): Promise<RetractState> {
  return carryOut(stage, await order(stage, criteria));
}

/** Waits until the retract waits for this reason. */
export function retractWaits(stage: Stage, orderId: string, reason: string): Promise<RetractState> {
  return until(`the retract waits as ${reason}`, async () => {
    const state = await stage.client.retractState(orderId);
    if (state.outcome !== null) throw new Error(`it ended as ${state.outcome}: ${state.says}`);
    return state.waits.some((wait) => wait.reason === reason) && state;
  });
}
