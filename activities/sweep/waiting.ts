import type { ClaimWaiter, Owner, SweepScope, Waiter } from '../../store/ledger.ts';
import type { Dependencies } from '../dependencies.ts';
import { askedOnce } from '../owners.ts';
import type { WakingDone, WakingInput } from './contract.ts';
import { tokenWorks } from './probe.ts';
import { scopeOf } from './scope.ts';

/** Who is woken in one call, and of how many runs Temporal is asked. Paced, these take a minute. */
const MOST_WOKEN = 1_000;
const MOST_ASKED = 20;

/**
 * Wakes runs that wait for what is there: a pause that was lifted, a claim that is free or whose owner is gone, a token that
 * works again. A lost signal loses nothing so; each run also has its own timer. Runs that ended without saying so are noted.
 */
export async function sweepWaiting(
  dependencies: Dependencies,
  { tokenIsDead = false, ...step }: WakingInput,
): Promise<WakingDone> {
  const { ledger, runs } = dependencies;
  const scope = scopeOf(dependencies, step);
  const isOpen = askedOnce((owner) => runs.isOpen(owner));
  const token = await tokenWorks(dependencies, scope, tokenIsDead);
  const due: readonly Waiter[] = [
    ...(await ledger.pausedWaiters(scope, MOST_WOKEN)),
    ...(await freed(await ledger.claimWaiters(scope, MOST_WOKEN), isOpen)),
    ...(token.probe === 'usable' ? await ledger.credentialWaiters(scope, MOST_WOKEN) : []),
  ];
  const taken = await ledger.takeWaiters(scope, due);
  const gone = await runs.wakeAll([...new Set(taken.map(({ run }) => run.workflowId))]);
  for (const { run } of taken) if (gone.includes(run.workflowId)) await ledger.noteLost(run, LOST);
  const woken = new Set(taken.map(({ run }) => run.workflowId)).size - gone.length;
  return { woken, lost: gone.length + (await noteLostRuns(dependencies, scope, isOpen)), ...token };
}

const LOST = 'failed, terminated or lost; Temporal carries it no more, and it noted no end. Start it again to go on';

async function noteLostRuns(
  { ledger, cluster, namespace }: Dependencies,
  scope: SweepScope,
  isOpen: (owner: Owner) => Promise<boolean>,
): Promise<number> {
  let lost = 0;
  for (const run of await ledger.takeUnseenRuns(scope, MOST_ASKED)) {
    if (await isOpen({ cluster, namespace, workflowId: run.workflowId })) continue;
    await ledger.noteLost(run, LOST);
    lost += 1;
  }
  return lost;
}

async function freed(waiters: readonly ClaimWaiter[], isOpen: (owner: Owner) => Promise<boolean>): Promise<readonly Waiter[]> {
  const free: Waiter[] = [];
  for (const { heldBy, ...waiter } of waiters) {
    if (heldBy === null || !(await isOpen(heldBy))) free.push(waiter);
  }
  return free;
}
