import type { WaitingReason } from '../domain/outcome.ts';
import { UserError } from '../domain/user-error.ts';
import type { Ledger } from '../store/ledger.ts';
import type { Context } from './context.ts';

export interface Woken {
  /** How many runs were told; `null` when Temporal could not be reached. */
  readonly woken: number | null;
  /** The same for people. */
  readonly says: string;
}

/**
 * Tells the runs that wait for this that it may have changed. What was recorded before stands even when Temporal is out of
 * reach: parked runs also look by themselves.
 */
export async function wakeWaiters(context: Context, ledger: Ledger, reason: WaitingReason, key: string): Promise<Woken> {
  const waiters = await ledger.waitersFor(reason, key);
  if (waiters.length === 0) return { woken: 0, says: 'No run waits for it.' };
  try {
    const client = await context.client();
    const { gone, missed } = await client.wakeAll(waiters);
    const woken = waiters.length - gone.length - missed.length;
    const rest = missed.length === 0 ? '' : ` ${missed.length} could not be told; they look again by themselves in time.`;
    return { woken, says: `${woken} run(s) woken.${rest}` };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const who = waiters.join(', ');
    return { woken: null, says: `Nobody was woken: ${error.message} Waiting: ${who}; they look again by themselves in time.` };
  }
}
