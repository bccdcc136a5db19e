import { retractIdOf } from '../../client/retract-options.ts';
import { type AdRef, formatAd, workflowIdOf } from '../../domain/ad.ts';
import { sweepIdOf } from '../../domain/sweep-id.ts';
import { WORKFLOW_QUEUE } from '../../domain/task-queues.ts';
import type { sweep } from '../../workflows/sweep.ts';
import { carryOut, order } from '../helpers/retract.ts';
import type { Stage } from '../helpers/stage.ts';
import { until } from '../helpers/until.ts';
import { landLate, makeLooksDue, makeOld } from '../sweep/scene.ts';

const MARA = { by: 'Mara', why: 'a recorded history' } as const;
const LOST_ANSWER = { fault: 'cut-after' } as const;
const NEVER_ARRIVED = { fault: 'cut-before' } as const;

/** One kind of run: plays it to its end and answers the ids of the workflows whose histories are worth keeping. */
export type Play = (stage: Stage) => Promise<readonly string[]>;

async function ended(stage: Stage, ...ads: readonly AdRef[]): Promise<readonly string[]> {
  await Promise.all(ads.map((ad) => stage.client.result(ad)));
  return ads.map(workflowIdOf);
}

async function ran(stage: Stage, ad: AdRef): Promise<readonly string[]> {
  await stage.client.start(ad);
  return ended(stage, ad);
}

/** A run that waits for a person: others have commented before us. */
async function held(stage: Stage): Promise<AdRef> {
  const { ad } = await stage.newAd({ market: 'it-IT', strangers: 1 });
  await stage.client.start(ad);
  await stage.waiting(ad, 'awaiting-approval');
  return ad;
}

async function swept(stage: Stage, name: string): Promise<string> {
  const account = { platform: 'meta', accountId: 'act_100200' } as const;
  const workflowId = `${sweepIdOf(account)}/${name}`;
  await stage.temporal.workflow.execute<typeof sweep>('sweep', { workflowId, taskQueue: WORKFLOW_QUEUE, args: [account] });
  return workflowId;
}

/** Every kind of run, by the name of its history. A kind that is missing here is not held to its history. */
export const KINDS: Readonly<Record<string, Play>> = {
  'visible-one-surface': async (stage) => ran(stage, (await stage.newAd()).ad),

  'visible-two-surfaces': async (stage) => ran(stage, (await stage.newAd({ market: 'en-GB', on: ['facebook', 'instagram'] })).ad),

  'visible-again': async (stage) => {
    const { ad } = await stage.newAd();
    await ran(stage, ad);
    return ran(stage, ad);
  },

  'visible-after-list-lag': async (stage) => ran(stage, (await stage.newAd({ post: { list_lag_seconds: 2 } })).ad),

  hidden: async (stage) => ran(stage, (await stage.newAd({ post: { hide_new_comments: true } })).ad),

  'not-commentable': async (stage) => ran(stage, (await stage.newAd({ post: { comments_enabled: false } })).ad),

  'unknown-ad': async (stage) => ran(stage, { platform: 'meta', accountId: 'act_100200', adId: '999' }),

  'blocked-two-markets': async (stage) => {
    const german = await stage.newAd();
    await stage.newAd({ market: 'fr-FR', samePostAs: german });
    return ran(stage, german.ad);
  },

  'blocked-foreign-account': async (stage) => ran(stage, { platform: 'meta', accountId: 'act_666', adId: '23850000002' }),

  'covered-by-brand': async (stage) => {
    const { ad, postId } = await stage.newAd();
    await stage.sandbox.comment({ object_id: postId, message: 'Schön, dass du da bist.' });
    return ran(stage, ad);
  },

  covered: async (stage) => {
    const first = await stage.newAd({ market: 'fr-FR' });
    const second = await stage.newAd({ market: 'fr-FR', samePostAs: first });
    await ran(stage, first.ad);
    return ran(stage, second.ad);
  },

  'awaiting-claim': async (stage) => {
    const first = await stage.newAd({ market: 'fr-FR' });
    const second = await stage.newAd({ market: 'fr-FR', samePostAs: first });
    await stage.sandbox.fault({ ...LOST_ANSWER, match: { method: 'POST', objectId: first.postId } });
    await stage.client.start(first.ad);
    await stage.waiting(first.ad, 'settling');
    await stage.client.start(second.ad);
    await stage.waiting(second.ad, 'awaiting-claim');
    return ended(stage, first.ad, second.ad);
  },

  'unknown-and-absent': async (stage) => {
    const { ad, postId } = await stage.newAd();
    await stage.sandbox.fault({ ...NEVER_ARRIVED, match: { method: 'POST', objectId: postId } });
    return ran(stage, ad);
  },

  unconfirmed: async (stage) => {
    const { ad, mediaId } = await stage.newAd({ market: 'es-ES', on: ['instagram'] });
    await stage.sandbox.fault({ ...NEVER_ARRIVED, match: { method: 'POST', objectId: mediaId } });
    return ran(stage, ad);
  },

  refused: async (stage) => {
    const { ad, postId } = await stage.newAd();
    await stage.sandbox.fault({ fault: 'error', code: 100, match: { method: 'POST', objectId: postId } });
    return ran(stage, ad);
  },

  'awaiting-surface': async (stage) => ran(stage, (await stage.newAd({ creative: { appears_after_seconds: 1 } })).ad),

  approved: async (stage) => {
    const ad = await held(stage);
    await stage.client.approve(ad, MARA);
    return ended(stage, ad);
  },

  rejected: async (stage) => {
    const ad = await held(stage);
    await stage.client.reject(ad, MARA);
    return ended(stage, ad);
  },

  'cancelled-while-held': async (stage) => {
    const ad = await held(stage);
    await stage.client.cancel(ad);
    return ended(stage, ad);
  },

  'cancelled-while-settling': async (stage) => {
    const { ad, postId } = await stage.newAd();
    await stage.sandbox.fault({ ...LOST_ANSWER, match: { method: 'POST', objectId: postId } });
    await stage.client.start(ad);
    await stage.waiting(ad, 'settling');
    await stage.client.cancel(ad);
    return ended(stage, ad);
  },

  throttled: async (stage) => {
    const { ad, postId } = await stage.newAd();
    await stage.sandbox.fault({ fault: 'error', code: 32, match: { method: 'POST', objectId: postId } });
    await stage.client.start(ad);
    await stage.waiting(ad, 'throttled');
    await stage.client.retry(ad);
    return ended(stage, ad);
  },

  paused: async (stage) => {
    const { ad } = await stage.newAd();
    const { id } = await stage.ledger.pause({ kind: 'pause', scope: 'marketId', value: 'de-DE', ...MARA });
    await stage.client.start(ad);
    await stage.waiting(ad, 'paused');
    await stage.ledger.resume(id, MARA.by, MARA.why);
    await stage.client.wake(workflowIdOf(ad));
    return ended(stage, ad);
  },

  'awaiting-credentials': async (stage) => {
    const { ad } = await stage.newAd();
    await stage.sandbox.patchToken({ invalid_subcode: 463 });
    await stage.client.start(ad);
    await stage.waiting(ad, 'awaiting-credentials');
    await stage.sandbox.patchToken({ invalid_subcode: null });
    await stage.client.retry(ad);
    return ended(stage, ad);
  },

  'withdrawal-order': async (stage) => {
    const { ad, postId } = await stage.newAd();
    await stage.ledger.orderWithdrawal({ criteria: { surfaceId: postId }, ...MARA });
    return ran(stage, ad);
  },

  'second-comment': async (stage) => {
    const { ad, postId } = await stage.newAd();
    // Reading back comes late, so that the second comment is there by then.
    const readingBack = { method: 'GET', path: `^${postId.split('_')[1]}_\\d+$` };
    await stage.sandbox.fault({ fault: 'delay', ms: 4_000, match: readingBack });
    await stage.client.start(ad);
    await until('the comment is there', async () => (await stage.sandbox.writes(postId)).length === 1);
    await landLate(stage, postId);
    return ended(stage, ad);
  },

  'sweep-with-nothing-to-do': async (stage) => [await swept(stage, 'idle')],

  'sweep-with-dead-token': async (stage) => {
    const { ad } = await stage.newAd();
    await stage.sandbox.patchToken({ invalid_subcode: 463 });
    await stage.client.start(ad);
    await stage.waiting(ad, 'awaiting-credentials');
    const sweepId = await swept(stage, 'dead-token');
    await stage.sandbox.patchToken({ invalid_subcode: null });
    await stage.client.retry(ad);
    await stage.client.result(ad);
    return [sweepId];
  },

  'sweep-of-all-kinds': async (stage) => {
    const looked = await stage.newAd();
    await ran(stage, looked.ad);
    await landLate(stage, looked.postId);
    await makeLooksDue(stage, looked.postId);
    const orphaned = await stage.newAd();
    await stage.sandbox.fault({ ...LOST_ANSWER, match: { method: 'POST', objectId: orphaned.postId } });
    await stage.client.start(orphaned.ad);
    await stage.waiting(orphaned.ad, 'settling');
    await stage.temporal.workflow.getHandle(workflowIdOf(orphaned.ad)).terminate('a recorded history');
    await makeOld(stage, orphaned.postId);
    const paused = await stage.newAd();
    const { id } = await stage.ledger.pause({ kind: 'pause', scope: 'marketId', value: 'de-DE', ...MARA });
    await stage.client.start(paused.ad);
    await stage.waiting(paused.ad, 'paused');
    await stage.ledger.resume(id, MARA.by, MARA.why);
    const sweepId = await swept(stage, 'busy');
    await ended(stage, paused.ad);
    return [sweepId];
  },

  retract: async (stage) => {
    const { ad } = await stage.newAd({ market: 'pt-PT' });
    await ran(stage, ad);
    const orderId = await order(stage, { ad: formatAd(ad) });
    await carryOut(stage, orderId);
    return [retractIdOf(orderId)];
  },

  edited: async (stage) => {
    const { ad } = await stage.newAd({ market: 'pt-PT' });
    await ran(stage, ad);
    const orderId = await order(stage, { ad: formatAd(ad), until: new Date().toISOString() }, true);
    await carryOut(stage, orderId);
    return [retractIdOf(orderId), workflowIdOf(ad)];
  },

  reset: async (stage) => {
    const { ad } = await stage.newAd();
    await ran(stage, ad);
    const handle = stage.temporal.workflow.getHandle(workflowIdOf(ad));
    const { runId } = await handle.describe();
    await stage.temporal.workflowService.resetWorkflowExecution({
      namespace: stage.namespace,
      workflowExecution: { workflowId: workflowIdOf(ad), runId },
      workflowTaskFinishEventId: 4 as unknown as never,
      reason: 'a recorded history',
      requestId: `reset-${runId}`,
    });
    await until('the reset run has ended', async () => (await stage.client.status(ad)).runId !== runId);
    return ended(stage, ad);
  },
};
