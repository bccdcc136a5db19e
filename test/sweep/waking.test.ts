import { describe, expect, test } from 'vitest';
import { workflowIdOf } from '../../domain/ad.ts';
import type { MarketId } from '../helpers/new-ad.ts';
import { stageForThisFile } from '../helpers/stage.ts';
import { sweepUntil } from './scene.ts';

/** No run wakes by itself before the test is over: whoever goes on was woken. */
const stage = stageForThisFile({ timing: { selfWakeMs: 3_000_000 } });

async function parked(reason: string, key: string) {
  return stage().rows<{ workflow_id: string }>('select workflow_id from waiting where reason = $1 and key = $2', [reason, key]);
}

/** A run that waits for the pause of its Page; `id` is the pause's. */
async function pausedRun(market: MarketId) {
  const { ad, pageId } = await stage().newAd({ market });
  const { id } = await stage().ledger.pause({
    kind: 'pause',
    scope: 'identityId',
    value: pageId,
    by: 'Mara',
    why: 'a look first',
  });
  await stage().client.start(ad);
  await stage().waiting(ad, 'paused');
  return { ad, id };
}

describe('a sweep', () => {
  test('wakes a run whose pause was lifted while its signal was lost', async () => {
    const { ad, id } = await pausedRun('fr-FR');
    await stage().runSweep();
    expect(await parked('paused', id)).toHaveLength(1);
    await stage().ledger.resume(id, 'Mara', 'all is well');
    expect(await stage().runSweep()).toMatchObject({ woken: 1 });
    expect((await stage().client.result(ad)).outcome).toBe('visible');
  });

  test('wakes a run that waits for a claim whose owner is gone', async () => {
    const first = await stage().newAd();
    const second = await stage().newAd({ samePostAs: first });
    await stage().sandbox.fault({ fault: 'cut-before', match: { method: 'POST', objectId: first.postId } });
    await stage().client.start(first.ad);
    await stage().waiting(first.ad, 'settling');
    await stage().client.start(second.ad);
    await stage().waiting(second.ad, 'awaiting-claim');
    await stage().temporal.workflow.getHandle(workflowIdOf(first.ad)).terminate('by the test');
    await sweepUntil(stage(), 'the waiter goes on', async () => (await parked('awaiting-claim', first.postId)).length === 0);
    expect((await stage().client.result(second.ad)).outcome).toBe('visible');
    expect(await stage().sandbox.truth(first.postId)).toMatchObject({ ours: 1, everCreated: 1 });
  });

  test('forgets a waiter that is gone, and notes that its run was lost', async () => {
    const { ad, id } = await pausedRun('it-IT');
    await stage().temporal.workflow.getHandle(workflowIdOf(ad)).terminate('by the test');
    await stage().ledger.resume(id, 'Mara', 'all is well');
    expect(await stage().runSweep()).toMatchObject({ woken: 0, lost: 1 });
    expect(await parked('paused', id)).toEqual([]);
    expect((await stage().story(ad)).runs).toMatchObject([
      { outcome: null, endedAt: expect.any(String), says: expect.stringContaining('terminated or lost') },
    ]);
  });

  test('notes a run that ended without saying so, and no other', async () => {
    const lost = await stage().newAd({ market: 'it-IT', strangers: 1 });
    const running = await stage().newAd({ market: 'it-IT', strangers: 1 });
    for (const { ad } of [lost, running]) {
      await stage().client.start(ad);
      await stage().waiting(ad, 'awaiting-approval');
    }
    await stage().temporal.workflow.getHandle(workflowIdOf(lost.ad)).terminate('by the test');
    const ids = [lost.ad.adId, running.ad.adId];
    await stage().rows("update runs set started_at = started_at - interval '1 hour' where ad_id = any($1)", [ids]);
    expect(await stage().runSweep()).toMatchObject({ lost: 1 });
    expect((await stage().story(lost.ad)).runs).toMatchObject([{ outcome: null, endedAt: expect.any(String) }]);
    expect((await stage().story(lost.ad)).waiting).toEqual([]);
    expect((await stage().story(running.ad)).runs).toMatchObject([{ endedAt: null }]);
    expect((await stage().runSweep()).lost).toBe(0);
    await stage().client.cancel(running.ad);
    await stage().client.result(running.ad);
  });

  test('for another brand or an unknown account leaves everything alone and says so', async () => {
    const { workflow } = stage().temporal;
    const account = { platform: 'meta', accountId: 'act_100200' } as const;
    const options = { taskQueue: 'first-comment', workflowId: `sweep-of-another-${account.accountId}` };
    const startedFor = { brandId: 'other', profile: 'production' };
    expect(await workflow.execute('sweep', { ...options, args: [{ ...account, startedFor }] })).toMatchObject({
      says: expect.stringContaining('the sweep is for brand other'),
      looks: 0,
    });
    expect((await stage().runSweep('act_999')).says).toContain('act_999 is none of');
    expect(await stage().rows("select 1 from sweeps where account_id = 'act_999'")).toEqual([]);
  });
});
