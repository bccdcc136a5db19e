import { describe, expect, test } from 'vitest';
import { type AdRef, workflowIdOf } from '../../domain/ad.ts';
import { expectNoComment, expectOneComment } from '../helpers/expectations.ts';
import { onlySurface, type Stage, stageForThisFile } from '../helpers/stage.ts';
import { until } from '../helpers/until.ts';

const terminate = (stage: Stage, ad: AdRef) => stage.temporal.workflow.getHandle(workflowIdOf(ad)).terminate('by a test');

const publishIsQueued = (stage: Stage, ad: AdRef) =>
  until('the publish step waits in its queue', async () => {
    const { raw } = await stage.temporal.workflow.getHandle(workflowIdOf(ad)).describe();
    return raw.pendingActivities?.some(({ activityType }) => activityType?.name === 'publish');
  });

const gatePassed = (stage: Stage, ad: AdRef) =>
  until('an attempt passed the gate', async () => (await stage.story(ad)).attempts.length > 0);

describe.concurrent('a cancelled run', () => {
  const stage = stageForThisFile();

  test('ends as withdrawn while it is held, and nothing is sent', async () => {
    const { ad, mediaId } = await stage().newAd({ market: 'it-IT', on: ['instagram'], strangers: 1 });
    await stage().client.start(ad);
    await stage().waiting(ad, 'awaiting-approval');
    await stage().client.cancel(ad);
    const end = await stage().client.result(ad);
    expect(end).toMatchObject({ outcome: 'withdrawn', wait: null, surfaces: [{ outcome: 'withdrawn', wait: null }] });
    await expectNoComment(stage(), mediaId);
    const story = await stage().story(ad);
    expect(story.runs).toMatchObject([{ outcome: 'withdrawn' }]);
    expect(story.attempts).toEqual([]);
    expect(story.waiting).toEqual([]);
    const closed = await stage().rows('select closed_by from gate_closures where workflow_id = $1', [workflowIdOf(ad)]);
    expect(closed).toHaveLength(1);
  });

  test('ends as visible when its request was already on its way', async () => {
    const { ad, postId } = await stage().newAd();
    await stage().sandbox.fault({ fault: 'delay', ms: 800, match: { method: 'POST', objectId: postId } });
    await stage().client.start(ad);
    await gatePassed(stage(), ad);
    await stage().client.cancel(ad);
    const end = await stage().client.result(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), postId, onlySurface(end).text);
    expect((await stage().story(ad)).baselines).toHaveLength(1);
  });

  test('settles first when nobody knows what became of its request', async () => {
    const { ad, postId } = await stage().newAd();
    await stage().sandbox.fault({ fault: 'hang-after', ms: 20_000, match: { method: 'POST', objectId: postId } });
    await stage().client.start(ad);
    await gatePassed(stage(), ad);
    await stage().client.cancel(ad);
    const end = await stage().client.result(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), postId, onlySurface(end).text);
    expect((await stage().story(ad)).attempts).toMatchObject([{ n: 1, result: { kind: 'found' } }]);
  });

  test('sends nothing again when its request is proven not to have landed', async () => {
    const { ad, postId } = await stage().newAd();
    await stage().sandbox.fault({ fault: 'cut-before', match: { method: 'POST', objectId: postId } });
    await stage().client.start(ad);
    await stage().waiting(ad, 'settling');
    await stage().client.cancel(ad);
    expect((await stage().client.result(ad)).outcome).toBe('withdrawn');
    await expectNoComment(stage(), postId);
    const story = await stage().story(ad);
    expect(story.attempts).toMatchObject([{ n: 1, result: { kind: 'absent' } }]);
    expect(story.claims).toMatchObject([{ state: 'released' }]);
  });

  test('can be started again, and then publishes', async () => {
    const { ad, mediaId } = await stage().newAd({ market: 'it-IT', on: ['instagram'], strangers: 1 });
    await stage().client.start(ad);
    await stage().waiting(ad, 'awaiting-approval');
    await stage().client.cancel(ad);
    await stage().client.result(ad);
    await stage().client.start(ad);
    await stage().waiting(ad, 'awaiting-approval');
    await stage().client.approve(ad, { by: 'Mara', why: 'after all' });
    const end = await stage().client.result(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), mediaId, onlySurface(end).text);
  });
});

describe('a run that is cancelled before any worker has seen it', () => {
  const stage = stageForThisFile({ worker: false });

  test('ends as withdrawn and troubles nobody else', async () => {
    const { ad, postId } = await stage().newAd();
    await stage().client.start(ad);
    await stage().client.cancel(ad);
    await stage().startWorker();
    expect((await stage().client.result(ad)).outcome).toBe('withdrawn');
    await expectNoComment(stage(), postId);
    expect((await stage().story(ad)).runs).toMatchObject([{ outcome: 'withdrawn' }]);
    expect((await stage().ledger.readOverview()).pauses).toEqual([]);
  });
});

describe('while the publish step waits in its queue', () => {
  const stage = stageForThisFile({ serves: ['workflows', 'reads'] });

  test('a cancel closes the gate, and nothing is sent when the step is carried out', async () => {
    const { ad, postId } = await stage().newAd();
    await stage().client.start(ad);
    await publishIsQueued(stage(), ad);
    await stage().client.cancel(ad);
    await until('the gate is closed', async () => {
      const closed = await stage().rows('select from gate_closures where workflow_id = $1', [workflowIdOf(ad)]);
      return closed.length > 0;
    });
    const writes = await stage().startWorker({ serves: ['writes'] });
    expect(await stage().client.result(ad)).toMatchObject({ outcome: 'withdrawn' });
    await writes.stop();
    expect(await stage().sandbox.publishRequests()).toBe(0);
    await expectNoComment(stage(), postId);
    const story = await stage().story(ad);
    expect(story.attempts).toEqual([]);
    expect(story.claims).toMatchObject([{ state: 'released' }]);
  });

  test('a pause that is given then keeps it from being sent', async () => {
    const { ad, postId } = await stage().newAd();
    await stage().client.start(ad);
    await publishIsQueued(stage(), ad);
    const { id, inFlight } = await stage().ledger.pause({ kind: 'pause', scope: 'all', value: '', by: 'Ops', why: 'test' });
    expect(inFlight).toEqual([]);
    const writes = await stage().startWorker({ serves: ['writes'] });
    await stage().waiting(ad, 'paused');
    await expectNoComment(stage(), postId);
    await stage().ledger.resume(id, 'Ops', 'done');
    await stage().client.retry(ad);
    expect((await stage().client.result(ad)).outcome).toBe('visible');
    await writes.stop();
  });

  test('a terminated owner loses its claim to the next ad on the same post', async () => {
    const first = await stage().newAd({ market: 'fr-FR' });
    const second = await stage().newAd({ market: 'fr-FR', samePostAs: first });
    await stage().client.start(first.ad);
    await publishIsQueued(stage(), first.ad);
    await stage().client.start(second.ad);
    await stage().waiting(second.ad, 'awaiting-claim');
    await terminate(stage(), first.ad);
    await stage().client.retry(second.ad);
    await publishIsQueued(stage(), second.ad);
    const writes = await stage().startWorker({ serves: ['writes'] });
    const end = await stage().client.result(second.ad);
    await writes.stop();
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), first.postId, onlySurface(end).text);
    const { claims, attempts } = await stage().story(second.ad);
    expect(claims).toMatchObject([{ epoch: 2, state: 'ours', workflowId: workflowIdOf(second.ad) }]);
    expect(attempts).toMatchObject([{ n: 1, epoch: 2 }]);
  });
});

describe('an owner that is terminated after its request left', () => {
  const stage = stageForThisFile();

  test.for([
    { fault: 'hang-after', ms: 20_000, origin: 'adopted', attempts: 1 },
    { fault: 'cut-before', origin: 'accepted', attempts: 2 },
  ])('leaves its attempt to the next ad on the post, which settles it ($fault)', async ({ origin, attempts, ...fault }) => {
    const first = await stage().newAd({ market: 'fr-FR' });
    const second = await stage().newAd({ market: 'fr-FR', samePostAs: first });
    await stage().sandbox.fault({ ...fault, match: { method: 'POST', objectId: first.postId } });
    await stage().client.start(first.ad);
    await gatePassed(stage(), first.ad);
    await terminate(stage(), first.ad);
    const end = await stage().run(second.ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), first.postId, onlySurface(end).text);
    const story = await stage().story(second.ad);
    expect(story.attempts).toHaveLength(attempts);
    expect(story.publications).toMatchObject([{ origin }]);
    expect(story.claims).toMatchObject([{ epoch: 2, state: 'ours' }]);
  });

  test('and the same ad started again settles it, too', async () => {
    const { ad, postId } = await stage().newAd();
    await stage().sandbox.fault({ fault: 'hang-after', ms: 20_000, match: { method: 'POST', objectId: postId } });
    await stage().client.start(ad);
    await gatePassed(stage(), ad);
    await terminate(stage(), ad);
    const end = await stage().run(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), postId, onlySurface(end).text);
    expect((await stage().story(ad)).attempts).toHaveLength(1);
  });
});
