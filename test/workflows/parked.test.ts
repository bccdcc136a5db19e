import { afterEach, describe, expect, test } from 'vitest';
import { type AdRef, workflowIdOf } from '../../domain/ad.ts';
import { expectNoComment, expectOneComment } from '../helpers/expectations.ts';
import { onlySurface, stageForThisFile } from '../helpers/stage.ts';
import { until } from '../helpers/until.ts';

const stage = stageForThisFile();

afterEach(async () => {
  await stage().sandbox.clearFaults();
  await stage().sandbox.patchToken({ invalid_subcode: null, scopes: SCOPES });
  const { pauses } = await stage().ledger.readOverview();
  for (const { id } of pauses) await stage().ledger.resume(id, 'test', 'over');
});

const SCOPES = [
  'ads_read',
  'business_management',
  'pages_show_list',
  'pages_read_engagement',
  'pages_read_user_content',
  'pages_manage_engagement',
  'instagram_basic',
  'instagram_manage_comments',
];
const without = (...scopes: string[]) => ({ scopes: SCOPES.filter((scope) => !scopes.includes(scope)) });

/** Wakes the run and waits until it has looked and waits again. */
async function wakeInVain(ad: AdRef, reason: string): Promise<void> {
  const judged = (await stage().story(ad)).waiting[0]?.at;
  await stage().client.retry(ad);
  await until('the run waits anew', async () => {
    const [waits] = (await stage().story(ad)).waiting;
    return waits?.reason === reason && waits.at !== judged;
  });
}

describe('a throttled run', () => {
  test.for([
    { code: 32, more: {}, atLeastMs: 50_000 },
    {
      code: 80001,
      more: { usage: { call_count: 100, estimated_time_to_regain_access: 4 } },
      atLeastMs: 230_000,
    },
  ])('waits as long as the platform asks (code $code), then publishes', async ({ code, more, atLeastMs }) => {
    const { ad, postId } = await stage().newAd();
    await stage().sandbox.fault({ fault: 'error', code, ...more, match: { method: 'POST', objectId: postId } });
    await stage().client.start(ad);
    const waiting = await stage().waiting(ad, 'throttled');
    await expectNoComment(stage(), postId);
    const story = await stage().story(ad);
    const [first] = story.attempts;
    expect(first).toMatchObject({ n: 1, result: { kind: 'refused', why: 'throttled' } });
    const waitMs = Date.parse(waiting.wait?.until ?? '') - Date.parse(first?.at ?? '');
    expect(waitMs).toBeGreaterThan(atLeastMs);
    expect(story.waiting).toMatchObject([{ reason: 'throttled', key: 'act_100200' }]);
    expect(story.claims).toMatchObject([{ state: 'released' }]);

    await stage().client.retry(ad);
    const end = await stage().client.result(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), postId, onlySurface(end).text);
    expect((await stage().story(ad)).waiting).toEqual([]);
  });

  test('waits as well when a read is throttled', async () => {
    const { ad, postId } = await stage().newAd();
    await stage().sandbox.fault({ fault: 'error', code: 4, match: { method: 'GET', objectId: ad.adId } });
    await stage().client.start(ad);
    expect(await stage().waiting(ad, 'throttled')).toMatchObject({ stage: 'resolve', surfaces: [] });
    await stage().client.retry(ad);
    const end = await stage().client.result(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), postId, onlySurface(end).text);
  });

  test('lets its other surface go on, and ends when both have ended', async () => {
    const { ad, postId, mediaId } = await stage().newAd({ market: 'en-GB', on: ['facebook', 'instagram'] });
    await stage().sandbox.fault({ fault: 'error', code: 32, match: { method: 'POST', objectId: postId } });
    await stage().client.start(ad);
    const state = await until('one waits and one is done', async () => {
      const seen = await stage().client.state(ad);
      const [post, media] = seen.surfaces;
      return post?.wait?.reason === 'throttled' && media?.outcome === 'visible' && seen;
    });
    expect(state).toMatchObject({ outcome: null, wait: { reason: 'throttled' } });
    await expectNoComment(stage(), postId);
    await stage().client.retry(ad);
    const end = await stage().client.result(ad);
    expect(end.surfaces.map(({ outcome }) => outcome)).toEqual(['visible', 'visible']);
    await expectOneComment(stage(), postId, end.surfaces[0]?.text ?? null);
    await expectOneComment(stage(), mediaId, end.surfaces[1]?.text ?? null);
    expect((await stage().story(ad)).baselines).toHaveLength(1);
  });

  test('is not given up because it was throttled often', async () => {
    const { ad, postId } = await stage().newAd();
    await stage().sandbox.fault({ fault: 'error', code: 32, times: 4, match: { method: 'POST', objectId: postId } });
    await stage().client.start(ad);
    for (let time = 1; time <= 4; time += 1) {
      await until(`it was throttled ${time} times`, async () => (await stage().story(ad)).attempts.length === time);
      await stage().waiting(ad, 'throttled');
      await stage().client.retry(ad);
    }
    const end = await stage().client.result(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), postId, onlySurface(end).text);
  });
});

describe('a dead token', () => {
  test('parks the run until it is renewed', async () => {
    const { ad, postId } = await stage().newAd();
    await stage().sandbox.patchToken({ invalid_subcode: 463 });
    await stage().client.start(ad);
    const waiting = await stage().waiting(ad, 'awaiting-credentials');
    expect(waiting.wait).toMatchObject({ key: 'act_100200', says: expect.stringContaining('Renew') });
    await wakeInVain(ad, 'awaiting-credentials');
    await stage().sandbox.patchToken({ invalid_subcode: null });
    await stage().client.retry(ad);
    const end = await stage().client.result(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), postId, onlySurface(end).text);
  });

  test('parks a run that was held meanwhile, and keeps its approval', async () => {
    const { ad, mediaId } = await stage().newAd({ market: 'it-IT', on: ['instagram'], strangers: 1 });
    await stage().client.start(ad);
    await stage().waiting(ad, 'awaiting-approval');
    await stage().sandbox.patchToken({ invalid_subcode: 463 });
    await stage().client.approve(ad, { by: 'Mara', why: 'fits' });
    await stage().waiting(ad, 'awaiting-credentials');
    await stage().sandbox.patchToken({ invalid_subcode: null });
    await stage().client.wake(workflowIdOf(ad));
    const end = await stage().client.result(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), mediaId, onlySurface(end).text);
    expect((await stage().story(ad)).releases).toHaveLength(1);
  });
});

describe('a spam verdict', () => {
  test.for(['facebook', 'instagram'] as const)('closes the identity for everybody until a person opens it (%s)', async (on) => {
    const wish = { market: on === 'facebook' ? 'pt-PT' : 'es-ES', on: [on] } as const;
    const first = await stage().newAd(wish);
    const second = await stage().newAd(wish);
    const objectId = on === 'facebook' ? first.postId : first.mediaId;
    await stage().sandbox.fault({ fault: 'error', code: 368, match: { method: 'POST', objectId } });
    await stage().client.start(first.ad);
    const waiting = await stage().waiting(first.ad, 'paused');
    const { pauses } = await stage().ledger.readOverview();
    const identityId = on === 'facebook' ? first.pageId : first.instagramId;
    expect(pauses).toMatchObject([{ kind: 'breaker', scope: 'identityId', value: identityId }]);
    const breaker = pauses[0]?.id ?? '';
    expect(waiting.wait?.key).toBe(breaker);

    const before = await stage().sandbox.publishRequests();
    await stage().client.start(second.ad);
    expect((await stage().waiting(second.ad, 'paused')).wait?.key).toBe(breaker);
    await wakeInVain(first.ad, 'paused');
    expect(await stage().sandbox.publishRequests()).toBe(before);
    expect([...(await stage().ledger.waitersFor('paused', breaker))].sort()).toEqual(
      [workflowIdOf(first.ad), workflowIdOf(second.ad)].sort(),
    );

    await stage().ledger.resume(breaker, 'Mara', 'looked at the support inbox');
    for (const workflowId of await stage().ledger.waitersFor('paused', breaker)) await stage().client.wake(workflowId);
    for (const { ad, postId, mediaId } of [first, second]) {
      const end = await stage().client.result(ad);
      expect(end.outcome).toBe('visible');
      await expectOneComment(stage(), on === 'facebook' ? postId : mediaId, onlySurface(end).text);
    }
  });
});

describe('a pause', () => {
  test('keeps everything in its scope from being sent, and nothing else', async () => {
    const { id } = await stage().ledger.pause({ kind: 'pause', scope: 'marketId', value: 'de-DE', by: 'Ops', why: 'audit' });
    const german = await stage().newAd({ market: 'de-DE' });
    const british = await stage().newAd({ market: 'en-GB' });
    await stage().client.start(german.ad);
    const waiting = await stage().waiting(german.ad, 'paused');
    expect(waiting.wait).toMatchObject({ key: id, says: expect.stringContaining('audit') });
    expect((await stage().run(british.ad)).outcome).toBe('visible');
    await expectNoComment(stage(), german.postId);
    const story = await stage().story(german.ad);
    expect(story.attempts).toEqual([]);
    expect(story.claims).toMatchObject([{ state: 'released' }]);

    await stage().ledger.resume(id, 'Ops', 'audit done');
    for (const workflowId of await stage().ledger.waitersFor('paused', id)) await stage().client.wake(workflowId);
    const end = await stage().client.result(german.ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), german.postId, onlySurface(end).text);
  });
});

describe('a permission that is missing', () => {
  test.for([
    { on: 'facebook', scope: 'pages_manage_engagement' },
    { on: 'instagram', scope: 'instagram_manage_comments' },
  ] as const)('to write ends the run as refused ($scope)', async ({ on, scope }) => {
    const { ad, postId, mediaId } = await stage().newAd({ on: [on] });
    await stage().sandbox.patchToken(without(scope));
    const end = await stage().run(ad);
    expect(end.outcome).toBe('refused');
    await expectNoComment(stage(), on === 'facebook' ? postId : mediaId);
    const story = await stage().story(ad);
    expect(story.runs).toMatchObject([{ outcome: 'refused' }]);
    expect(story.claims.map(({ state }) => state)).not.toContain('claimed');
  });

  test('to read the ad ends the run as refused before anything is judged', async () => {
    const { ad, postId } = await stage().newAd();
    await stage().sandbox.patchToken(without('pages_read_engagement'));
    const end = await stage().run(ad);
    expect(end.outcome).toBe('refused');
    await expectNoComment(stage(), postId);
    expect((await stage().story(ad)).judgements).toEqual([]);
  });

  test('while ids are awaited ends the run as refused', async () => {
    const { ad } = await stage().newAd({ creative: { appears_after_seconds: 600 } });
    await stage().client.start(ad);
    await stage().waiting(ad, 'awaiting-surface');
    await stage().sandbox.fault({ fault: 'error', code: 200, match: { method: 'GET', objectId: ad.adId } });
    expect((await stage().client.result(ad)).outcome).toBe('refused');
    expect((await stage().story(ad)).runs).toMatchObject([{ outcome: 'refused' }]);
  });

  test('at the look before publishing ends the run as refused, and frees the claim', async () => {
    const { ad, postId } = await stage().newAd();
    const match = { method: 'GET', path: `^${postId}/comments$` };
    await stage().sandbox.fault({ fault: 'error', code: 10, skip: 1, match });
    const end = await stage().run(ad);
    expect(end).toMatchObject({ outcome: 'refused', says: expect.stringContaining('code 10') });
    await expectNoComment(stage(), postId);
    expect((await stage().story(ad)).claims).toMatchObject([{ state: 'released' }]);
  });

  test('to read the comment back leaves the run unconfirmed', async () => {
    const { ad, postId } = await stage().newAd();
    const match = { method: 'GET', path: `^${postId.split('_')[1]}_\\d+$` };
    await stage().sandbox.fault({ fault: 'error', code: 10, times: 99, match });
    const end = await stage().run(ad);
    expect(end).toMatchObject({ outcome: 'unconfirmed', says: expect.stringContaining('code 10') });
    await expectOneComment(stage(), postId, onlySurface(end).text);
    await stage().sandbox.clearFaults();
    expect(onlySurface(await stage().run(ad))).toMatchObject({ outcome: 'visible', publishedNow: false });
  });

  test('to settle an unknown outcome leaves the run unconfirmed, and nothing is sent twice', async () => {
    const { ad, postId } = await stage().newAd();
    await stage().sandbox.fault({ fault: 'cut-after', match: { method: 'POST', objectId: postId } });
    const match = { method: 'GET', path: `^${postId}/comments$` };
    await stage().sandbox.fault({ fault: 'error', code: 10, skip: 2, times: 99, match });
    const end = await stage().run(ad);
    expect(end).toMatchObject({ outcome: 'unconfirmed', says: expect.stringContaining('code 10') });
    await expectOneComment(stage(), postId, onlySurface(end).text);
    await stage().sandbox.clearFaults();
    expect(onlySurface(await stage().run(ad))).toMatchObject({ outcome: 'visible' });
    await expectOneComment(stage(), postId, onlySurface(end).text);
  });

  test('for the numbers costs the baseline, not the outcome', async () => {
    const { ad, postId } = await stage().newAd();
    await stage().sandbox.fault({ fault: 'error', code: 200, times: 99, match: { path: '/insights$' } });
    const end = await stage().run(ad);
    expect(end).toMatchObject({ outcome: 'visible', says: expect.stringContaining('baseline') });
    await expectOneComment(stage(), postId, onlySurface(end).text);
    expect((await stage().story(ad)).baselines).toEqual([]);
  });
});
