import { describe, expect, test } from 'vitest';
import { formatAd, workflowIdOf } from '../../domain/ad.ts';
import type { SeededAd } from '../helpers/new-ad.ts';
import { carryOut, order, retractAll, retractWaits } from '../helpers/retract.ts';
import { stageForThisFile } from '../helpers/stage.ts';
import { until } from '../helpers/until.ts';

const stage = stageForThisFile();

async function commented(wish: Parameters<ReturnType<typeof stage>['newAd']>[0] = {}): Promise<SeededAd> {
  const seeded = await stage().newAd(wish);
  expect((await stage().run(seeded.ad)).outcome).toBe('visible');
  return seeded;
}

/** Ours was there, and nothing of ours is there any more. */
async function expectRemoved(objectId: string): Promise<void> {
  expect(await stage().sandbox.truth(objectId)).toMatchObject({ ours: 0, everCreated: 1, mostAtOnce: 1 });
  expect((await stage().sandbox.writes(objectId)).map(({ action }) => action)).toEqual(['created', 'deleted']);
}

const commentOf = async (objectId: string): Promise<string> => (await stage().sandbox.writes(objectId))[0]?.commentId ?? '';

describe.concurrent('a retract', () => {
  test('deletes every comment that the order covers, reads each back as gone, and notes it', async () => {
    const { ad, postId, mediaId } = await commented({ market: 'en-GB', on: ['facebook', 'instagram'] });
    const orderId = await order(stage(), { ad: formatAd(ad) });
    const end = await carryOut(stage(), orderId);
    expect(end).toMatchObject({ outcome: 'withdrawn', progress: { removed: 2, left: 0, notRemoved: 0, open: 0 }, waits: [] });
    for (const objectId of [postId, mediaId]) await expectRemoved(objectId);
    const { claims } = await stage().story(ad);
    expect(claims.map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn']);
    expect(await stage().rows('select removed_by, removed_says from publications where ad_id = $1', [ad.adId])).toEqual(
      Array(2).fill({ removed_by: 'Legal', removed_says: 'recall' }),
    );
    expect(await stage().ledger.withdrawnUnder(orderId)).toMatchObject([{ removed: true }, { removed: true }]);
    expect(await stage().ledger.withdrawalOrder(orderId)).toMatchObject({ removed: 2, left: 0, carriedAt: expect.any(String) });
  });

  test('leaves alone what the order does not cover, and says so when it covers nothing', async () => {
    const here = await commented({ market: 'pt-PT' });
    const there = await commented({ market: 'it-IT' });
    expect(await retractAll(stage(), { marketId: 'pt-PT', patternId: 'next-step', copyVersion: 2 })).toMatchObject({
      outcome: 'withdrawn',
      progress: { removed: 0 },
    });
    await retractAll(stage(), { marketId: 'pt-PT', patternId: 'next-step', copyVersion: 1 });
    await expectRemoved(here.postId);
    expect((await stage().sandbox.truth(there.postId)).ours).toBe(1);
  });

  test('removes the comment under an ad also when another ad’s run has put it there', async () => {
    const first = await commented();
    const second = await stage().newAd({ samePostAs: first });
    expect((await stage().run(second.ad)).outcome).toBe('covered');
    expect(await retractAll(stage(), { ad: formatAd(second.ad) })).toMatchObject({ progress: { removed: 1 } });
    await expectRemoved(first.postId);
  });

  test('keeps later runs of the ad from publishing until a person lifts the order', async () => {
    const { ad, postId } = await commented();
    const orderId = await order(stage(), { surfaceId: postId });
    await carryOut(stage(), orderId);
    const refused = await stage().run(ad);
    expect(refused).toMatchObject({ outcome: 'withdrawn', says: expect.stringMatching(/Legal .*surface .*: recall/) });
    expect((await stage().sandbox.truth(postId)).everCreated).toBe(1);

    expect(await stage().ledger.liftWithdrawal(orderId, 'Mara', 'mended')).toEqual({ released: 1 });
    expect((await stage().run(ad)).outcome).toBe('visible');
    expect(await stage().sandbox.truth(postId)).toMatchObject({ ours: 1, everCreated: 2, mostAtOnce: 1 });
  });

  test('counts a comment that is gone already as removed', async () => {
    const { postId, ad } = await commented();
    const match = { method: 'DELETE', objectId: await commentOf(postId) };
    await stage().sandbox.fault({ fault: 'cut-after', match });
    expect(await retractAll(stage(), { ad: formatAd(ad) })).toMatchObject({ outcome: 'withdrawn', progress: { removed: 1 } });
    await expectRemoved(postId);
  });

  test('ends at once when the order was lifted', async () => {
    const { postId } = await commented();
    const orderId = await order(stage(), { surfaceId: postId });
    await stage().ledger.liftWithdrawal(orderId, 'Mara', 'a mistake');
    expect(await carryOut(stage(), orderId)).toMatchObject({ outcome: 'lifted', says: 'Mara lifted the order: a mistake' });
    expect((await stage().sandbox.truth(postId)).ours).toBe(1);
  });

  test('of another brand or profile is left to its own worker', async () => {
    const orderId = await order(stage(), { marketId: 'nowhere' });
    const startedFor = { brandId: 'other', profile: 'sandbox' };
    const options = { taskQueue: 'first-comment', workflowId: `foreign-${orderId}`, args: [{ orderId, startedFor }] };
    const end = await stage().temporal.workflow.execute('retract', options);
    expect(end).toMatchObject({ outcome: 'foreign', says: expect.stringContaining('other') });
  });
});

describe.concurrent('a retract that cannot remove a comment', () => {
  test('now, because the platform throttles, waits as long as that asks and goes on', async () => {
    const { ad, postId } = await commented();
    const match = { method: 'DELETE', objectId: await commentOf(postId) };
    await stage().sandbox.fault({ fault: 'error', code: 32, match });
    const orderId = await order(stage(), { ad: formatAd(ad) });
    const { workflowId } = await stage().client.retract(orderId, {});
    const waiting = await retractWaits(stage(), orderId, 'throttled');
    expect(waiting).toMatchObject({
      waits: [{ key: 'act_100200', until: expect.any(String) }],
      progress: { removed: 0, left: 1 },
    });
    expect(await stage().ledger.waitersFor('throttled', 'act_100200')).toContain(workflowId);
    await stage().client.wake(workflowId);
    expect(await carryOut(stage(), orderId)).toMatchObject({ outcome: 'withdrawn' });
    await expectRemoved(postId);
    expect(await stage().ledger.waitersFor('throttled', 'act_100200')).not.toContain(workflowId);
  });

  test('for good says so with the reason, and tries again when it is told to', async () => {
    const { ad, postId } = await commented();
    const match = { method: 'DELETE', objectId: await commentOf(postId) };
    await stage().sandbox.fault({ fault: 'error', code: 200, message: 'Permissions error', match });
    const orderId = await order(stage(), { ad: formatAd(ad) });
    const end = await carryOut(stage(), orderId);
    expect(end).toMatchObject({ outcome: 'not-removed', progress: { removed: 0, left: 1, notRemoved: 1 } });
    expect(await stage().ledger.withdrawnUnder(orderId)).toMatchObject([
      { removed: false, says: expect.stringContaining('Permissions error') },
    ]);
    expect((await stage().run(ad)).outcome).toBe('withdrawn');
    expect(await carryOut(stage(), orderId)).toMatchObject({ outcome: 'withdrawn', progress: { removed: 1, left: 0 } });
    await expectRemoved(postId);
  });
});

describe.concurrent('an attempt without a known outcome under an order', () => {
  const unknown = async (fault: Record<string, unknown>, wish: Parameters<ReturnType<typeof stage>['newAd']>[0] = {}) => {
    const seeded = await stage().newAd(wish);
    const objectId = wish.on?.[0] === 'instagram' ? seeded.mediaId : seeded.postId;
    await stage().sandbox.fault({ ...fault, match: { method: 'POST', objectId } });
    await stage().client.start(seeded.ad);
    await stage().waiting(seeded.ad, 'settling');
    return seeded;
  };
  const terminate = ({ ad }: SeededAd) => stage().temporal.workflow.getHandle(workflowIdOf(ad)).terminate('by a test');

  test('is settled by the run that lives, which ends as withdrawn, and its comment is removed', async () => {
    const { ad, postId } = await unknown({ fault: 'cut-after' });
    const orderId = await order(stage(), { ad: formatAd(ad) });
    const end = await carryOut(stage(), orderId);
    expect(await stage().client.result(ad)).toMatchObject({
      outcome: 'withdrawn',
      says: expect.stringMatching(/Legal .*recall/),
    });
    expect(end).toMatchObject({ outcome: 'withdrawn', progress: { removed: 1 } });
    await expectRemoved(postId);
  });

  test('whose run is gone is settled by the retract: what landed is removed', async () => {
    const seeded = await unknown({ fault: 'cut-after' });
    await terminate(seeded);
    expect(await retractAll(stage(), { ad: formatAd(seeded.ad) })).toMatchObject({
      outcome: 'withdrawn',
      progress: { removed: 1 },
    });
    await expectRemoved(seeded.postId);
    expect((await stage().story(seeded.ad)).attempts).toMatchObject([{ result: { kind: 'found' } }]);
  });

  test('whose run is gone is settled by the retract: what did not land leaves the surface free', async () => {
    const seeded = await unknown({ fault: 'cut-before' });
    await terminate(seeded);
    const orderId = await order(stage(), { ad: formatAd(seeded.ad) });
    expect(await carryOut(stage(), orderId)).toMatchObject({ outcome: 'withdrawn', progress: { removed: 0, open: 0 } });
    const { attempts, claims } = await stage().story(seeded.ad);
    expect(attempts).toMatchObject([{ result: { kind: 'absent' } }]);
    expect(claims).toMatchObject([{ state: 'released', epoch: 2 }]);
    await stage().ledger.liftWithdrawal(orderId, 'Mara', 'over');
    expect((await stage().run(seeded.ad)).outcome).toBe('visible');
  });

  test('that cannot be proven is told honestly, and removed when a person has found its comment', async () => {
    const seeded = await unknown({ fault: 'cut-before' }, { market: 'es-ES', on: ['instagram'] });
    await terminate(seeded);
    const orderId = await order(stage(), { ad: formatAd(seeded.ad) });
    const end = await carryOut(stage(), orderId);
    expect(end).toMatchObject({ outcome: 'unconfirmed', unsettled: [{ says: expect.stringContaining('first-comment settle') }] });

    const [attempt] = (await stage().story(seeded.ad)).attempts;
    const from = { id: seeded.instagramId, name: 'Brightloom' };
    const commentId = await stage().sandbox.comment({ object_id: seeded.mediaId, from, message: attempt?.text ?? '' });
    const { withdrawn } = await stage().ledger.recordResult(attempt?.attemptId ?? '', { kind: 'found', commentId }, 'person');
    expect(withdrawn).toContain('recall');
    expect(await carryOut(stage(), orderId)).toMatchObject({ outcome: 'withdrawn', progress: { removed: 1 }, unsettled: [] });
  });
});

test('a run whose publish step still queues when the order comes ends as withdrawn, and nothing is sent', async () => {
  const { ad, postId } = await stage().newAd({ market: 'fr-FR' });
  const { id } = await stage().ledger.pause({ kind: 'pause', scope: 'marketId', value: 'fr-FR', by: 'Mara', why: 'hold' });
  await stage().client.start(ad);
  await stage().waiting(ad, 'paused');
  const orderId = await order(stage(), { patternId: 'next-step', marketId: 'fr-FR' });
  await stage().ledger.resume(id, 'Mara', 'go on');
  await stage().client.retry(ad);
  expect(await stage().client.result(ad)).toMatchObject({ outcome: 'withdrawn', says: expect.stringContaining(orderId) });
  expect((await stage().sandbox.truth(postId)).everCreated).toBe(0);
  await stage().ledger.liftWithdrawal(orderId, 'Mara', 'over');
});

test('a retract that was terminated in the middle goes on where it was, and no comment is deleted twice', async () => {
  const ads = [await commented({ market: 'it-IT' }), await commented({ market: 'it-IT' })] as const;
  const match = { method: 'DELETE', objectId: await commentOf(ads[1].postId) };
  await stage().sandbox.fault({ fault: 'error', code: 32, match });
  const orderId = await order(stage(), { marketId: 'it-IT', from: new Date(Date.now() - 600_000).toISOString() });
  const { workflowId } = await stage().client.retract(orderId, {});
  await retractWaits(stage(), orderId, 'throttled');
  await until('the other one is gone', async () => (await stage().sandbox.truth(ads[0].postId)).ours === 0);
  await stage().temporal.workflow.getHandle(workflowId).terminate('by a test');
  expect(await carryOut(stage(), orderId)).toMatchObject({ outcome: 'withdrawn', progress: { left: 0 } });
  for (const { postId } of ads) await expectRemoved(postId);
  await stage().ledger.liftWithdrawal(orderId, 'Mara', 'over');
});
