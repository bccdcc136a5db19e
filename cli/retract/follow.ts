import { setTimeout as sleep } from 'node:timers/promises';
import type { FirstCommentClient } from '../../client/index.ts';
import { UserError } from '../../domain/user-error.ts';
import type { WithdrawalOrder } from '../../store/withdrawals.ts';
import type { RetractState } from '../../workflows/retract-messages.ts';
import type { Context } from '../context.ts';

const LOOK_EVERY_MS = 300;

/**
 * Starts the retract, or joins the one that runs, and follows it to its end.
 * @throws UserError when Temporal or a worker does not answer; the order stands all the same
 */
export async function followRetract(context: Context, order: WithdrawalOrder): Promise<RetractState> {
  try {
    const client = await context.startingClient();
    await client.retract(order.id, order.criteria);
    return await untilEnded(client, order.id, (line) => {
      if (!context.json) process.stderr.write(`  ${line}\n`);
    });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(
      `The order ${order.id} stands, so nothing that it covers is published. What stands already was not removed to the end: ${error.message} Then go on with: first-comment retract --order ${order.id}`,
    );
  }
}

async function untilEnded(client: FirstCommentClient, orderId: string, tell: (line: string) => void): Promise<RetractState> {
  let last = '';
  for (;;) {
    const state = await client.retractState(orderId);
    if (state.outcome !== null) return state;
    const line = lineOf(state);
    if (line !== last) tell(line);
    last = line;
    await sleep(LOOK_EVERY_MS);
  }
}

function lineOf({ progress, says, waits }: RetractState): string {
  const { removed, left } = progress;
  const [wait] = waits;
  return `${removed} removed, ${left} left: ${wait ? `${wait.reason} – ${wait.says}` : says}`;
}
