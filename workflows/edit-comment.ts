import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ChildWorkflowFailure, ParentClosePolicy, startChild } from '@temporalio/workflow';
import { type AdRef, workflowIdOf } from '../domain/ad.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Served } from '../domain/served.ts';
import type { OrderedRemoval } from '../store/ledger.ts';
import { beforeTryingAgain } from './backoff.ts';
import { showRetract } from './describe-retract.ts';
import type { firstComment } from './first-comment.ts';
import type { RunState } from './messages.ts';
import type { Retraction } from './retract-state.ts';
import { shownAtStart } from './shown-at-start.ts';

/** People may see the new text, or the platform hides the comment whatever it says. */
const EDITED: readonly (Outcome | null)[] = ['visible', 'hidden'];

export type Edited =
  | { readonly kind: 'edited' }
  /** The comment stands as it was, or nobody could read it back as it should be. */
  | { readonly kind: 'not-edited'; readonly why: string };

/**
 * Has the ad's own run give the comment another text: as its child, so that one start is one run, and left alone when the retract
 * is terminated. While another run of the ad runs it waits for that one, for as long as a run may verify, then gives up.
 */
export async function editComment(retraction: Retraction, removal: OrderedRemoval): Promise<Edited> {
  const { commentId, surface, orderId, accountId, adId } = removal;
  if (!accountId || !adId) return { kind: 'not-edited', why: 'nobody knows for which ad it was written' };
  const ad: AdRef = { platform: surface.platform, accountId, adId };
  const giveUpAt = Date.now() + 2 * retraction.timing.verifyWindowMs;
  for (let tries = 1; ; tries += 1) {
    try {
      retraction.says = `the run ${workflowIdOf(ad)} edits ${commentId}`;
      showRetract(retraction);
      const child = await startEdit(ad, { orderId, commentId, surfaceId: surface.surfaceId }, retraction.startedFor);
      return judgeEnd(await child.result());
    } catch (error) {
      if (error instanceof ChildWorkflowFailure)
        return { kind: 'not-edited', why: `the run that was to edit it failed: ${error.cause?.message ?? error.message}` };
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
    if (Date.now() >= giveUpAt) return { kind: 'not-edited', why: `another run of ${workflowIdOf(ad)} does not come to its end` };
    await beforeTryingAgain(tries, `${workflowIdOf(ad)} runs; it edits ${commentId} once that has ended`);
  }
}

function startEdit(ad: AdRef, edits: { orderId: string; commentId: string; surfaceId: string }, startedFor: Served | null) {
  return startChild<typeof firstComment>('firstComment', {
    workflowId: workflowIdOf(ad),
    args: [{ ad, mode: 'pipeline', edits, ...(startedFor ? { startedFor } : {}) }],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    parentClosePolicy: ParentClosePolicy.ABANDON,
    ...shownAtStart(ad, 'pipeline'),
  });
}

function judgeEnd({ surfaces, outcome, says }: RunState): Edited {
  const edited = surfaces.find((surface) => surface.edited !== undefined);
  if (edited && EDITED.includes(edited.outcome)) return { kind: 'edited' };
  const why = surfaces[0]?.says ?? says;
  return { kind: 'not-edited', why: `${surfaces[0]?.outcome ?? outcome}: ${why}` };
}
