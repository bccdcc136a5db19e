import { condition } from '@temporalio/workflow';
import { FAILURE } from '../activities/failure-contract.ts';
import type { OrderListed, Removal } from '../activities/retract/contract.ts';
import { lanes } from '../domain/lanes.ts';
import { showRetract } from './describe-retract.ts';
import { editComment } from './edit-comment.ts';
import { causeOf } from './failures.ts';
import type { Wait } from './messages.ts';
import { untilAllowed } from './not-now.ts';
import { ledger, removing, settling } from './policies.ts';
import type { Retraction } from './retract-state.ts';
import { sameWait } from './waits.ts';

type OpenAttempt = OrderListed['open'][number];

/** Requests of one retract that are under way at once. */
const SIDE_BY_SIDE = 5;
const SHOWN_OF_TIME = 19;

/**
 * Edits or removes the listed comments; one that cannot be edited is removed. What the platform refuses for good is in the ledger,
 * and the retract goes on.
 */
export async function removeAll(retraction: Retraction, removals: readonly Removal[]): Promise<void> {
  await sideBySide(removals, async ({ way, ...removal }) => {
    const { surface, commentId, accountId } = removal;
    const edited = way?.kind === 'edit' ? await editComment(retraction, removal) : null;
    if (edited?.kind === 'edited') {
      const { progress } = retraction;
      retraction.progress = { ...progress, edited: (progress.edited ?? 0) + 1, left: progress.left - 1 };
      retraction.says = `edited ${commentId}`;
      showRetract(retraction);
      return;
    }
    const notEdited = edited?.why ?? (way?.kind === 'delete' ? way.why : undefined);
    const request = notEdited === undefined ? removal : { ...removal, notEdited };
    const { withdrawComment } = removing(surface.platform, `remove ${commentId} from ${surface.kind} ${surface.surfaceId}`);
    const end = await patiently(retraction, accountId ?? surface.surfaceId, () => withdrawComment(request));
    if (end.kind === 'lifted') return;
    const { progress } = retraction;
    const { removed, left, notRemoved } = progress;
    retraction.progress =
      end.kind === 'removed'
        ? { ...progress, removed: removed + 1, left: left - 1 }
        : { ...progress, notRemoved: notRemoved + 1 };
    retraction.says = end.kind === 'removed' ? `removed ${commentId}` : `${commentId} could not be removed: ${end.says}`;
    showRetract(retraction);
  });
}

/** Settles attempts whose run is gone (protocol i 2). */
export async function settleAll(retraction: Retraction, open: readonly OpenAttempt[]): Promise<void> {
  await sideBySide(open, async ({ surface, attemptId, accountId, settleInMs }) => {
    if (settleInMs > 0) await waitOut(retraction, settlingWait(surface.surfaceId, settleInMs), settleInMs);
    const summary = `settle attempt ${attemptId} on ${surface.kind} ${surface.surfaceId}`;
    const { settleUnderOrder } = settling(surface.platform, retraction.timing, summary);
    const { ref, orderId } = retraction;
    try {
      const settled = await patiently(retraction, accountId, () => settleUnderOrder({ run: ref, orderId, attemptId }));
      if (settled.kind !== 'unprovable') return;
      retraction.unsettled = [...retraction.unsettled, { surface, attemptId, says: settled.says }];
    } catch (error) {
      const failure = causeOf(error);
      if (failure?.type !== FAILURE.refused) throw error;
      retraction.unsettled = [...retraction.unsettled, { surface, attemptId, says: failure.message }];
    }
  });
}

/** Attempts of runs that live: these settle them by themselves. Looks again when the first can have done so. */
export async function waitForOwners(retraction: Retraction, open: readonly OpenAttempt[]): Promise<void> {
  const { selfWakeMs, listLagMs } = retraction.timing;
  // Settling reads three times, a list lag apart; whoever is just at it is done by then.
  const ms = Math.min(selfWakeMs, Math.max(3 * listLagMs, ...open.map(({ settleInMs }) => settleInMs)));
  const runs = [...new Set(open.flatMap(({ heldBy }) => heldBy ?? []))].join(', ');
  const until = new Date(Date.now() + ms).toISOString();
  const says = `${open.length} earlier publish request(s) have no known outcome yet; ${runs} settle(s) them by itself`;
  await waitOut(retraction, { reason: 'settling', key: open[0]?.surface.surfaceId ?? '', says, until, needsHuman: false }, ms);
}

function settlingWait(surfaceId: string, ms: number): Wait {
  const until = new Date(Date.now() + ms).toISOString();
  const says = `an earlier publish request on ${surfaceId} has no known outcome; the platform may still act on it until ${until.slice(0, SHOWN_OF_TIME)}`;
  return { reason: 'settling', key: surfaceId, says, until, needsHuman: false };
}

/** Repeats a step for as long as the platform only says "not now" or the token is dead; each such answer waits and says so. */
function patiently<T>(retraction: Retraction, accountId: string, step: () => Promise<T>): Promise<T> {
  const { selfWakeMs } = retraction.timing;
  return untilAllowed(accountId, step, ({ wait, ms }) => waitOut(retraction, wait, ms ?? selfWakeMs));
}

/** Waits for the time or a wake-up; says why in the ledger, the search attributes and the details. */
async function waitOut(retraction: Retraction, wait: Wait, ms: number): Promise<void> {
  const since = retraction.wakes;
  const { ref: run } = retraction;
  const first = !retraction.waits.some((other) => sameWait(other, wait));
  retraction.waits = [...retraction.waits, wait];
  showRetract(retraction);
  if (first) await ledger(`waits: ${wait.reason}`).park({ run, reason: wait.reason, key: wait.key, until: wait.until });
  await condition(() => retraction.wakes > since, ms, { summary: wait.says });
  retraction.waits = retraction.waits.filter((other) => other !== wait);
  if (!retraction.waits.some((other) => sameWait(other, wait)))
    await ledger(`goes on after ${wait.reason}`).unpark(run, { reason: wait.reason, key: wait.key });
  showRetract(retraction);
}

/** Works through the list with a bounded number at once. */
async function sideBySide<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  await Promise.all(lanes(items, SIDE_BY_SIDE, work));
}
