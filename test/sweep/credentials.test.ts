import { expect, test } from 'vitest';
import { retractIdOf } from '../../client/retract-options.ts';
import { formatAd } from '../../domain/ad.ts';
import { order, retractWaits } from '../helpers/retract.ts';
import { onlySurface, stageForThisFile } from '../helpers/stage.ts';
import { makeLooksDue } from './scene.ts';

const stage = stageForThisFile({
  timing: { selfWakeMs: 3_000_000, looksMs: [3_600_000, 86_400_000], probeFirstMs: 400, probeLongestMs: 2_000_000 },
});

const probes = () =>
  stage().rows<{ usable: boolean; says: string; pause: number }>('select usable, says, pause_ms::int as pause from probes');
const nextProbeNow = () => stage().rows('update probes set next_at = clock_timestamp()');

test('a dead token parks all runs of the account; one probe after the other tells when it works, and all go on by themselves', async () => {
  const ads = [];
  for (let each = 0; each < 6; each += 1) ads.push((await stage().newAd()).ad);
  await stage().sandbox.patchToken({ invalid_subcode: 463 });
  for (const ad of ads) await stage().client.start(ad);
  for (const ad of ads) await stage().waiting(ad, 'awaiting-credentials');

  // Many sweeps, one probe.
  const before = await stage().sandbox.requests('GET /{account}');
  await Promise.all([1, 2, 3].map(() => stage().runSweep()));
  const asked = (await stage().sandbox.requests('GET /{account}')) - before;
  const [first] = await probes();
  expect(first).toMatchObject({ usable: false, pause: 400, says: expect.stringContaining('190') });
  expect(asked).toBe(1);

  const { probes: told } = await stage().ledger.readOverview();
  expect(told).toMatchObject([{ account: 'meta/act_100200', usable: false, says: expect.stringContaining('190') }]);

  await nextProbeNow();
  const swept = await stage().runSweep();
  expect(swept).toMatchObject({ woken: 0, forPerson: [expect.stringContaining('does not work')] });
  expect(await probes()).toMatchObject([{ pause: 800, usable: false }]);

  await stage().sandbox.patchToken({ invalid_subcode: null });
  // A platform that is slow says nothing of the token: nobody is told, nobody is woken.
  await stage().sandbox.fault({ fault: 'error', code: 4, match: { endpoint: 'GET /{account}' } });
  await nextProbeNow();
  expect(await stage().runSweep()).toMatchObject({ woken: 0, forPerson: [] });
  await nextProbeNow();
  expect(await stage().runSweep()).toMatchObject({ woken: 6, forPerson: [] });
  for (const ad of ads) expect((await stage().client.result(ad)).outcome).toBe('visible');
  expect(await probes()).toMatchObject([{ usable: true }]);
  // Nobody waits any more: the next trouble begins with a short pause.
  await stage().runSweep();
  expect(await probes()).toMatchObject([{ pause: 0 }]);
});

test('a dead token keeps a retract waiting too: the probe wakes it, and forgets one that was terminated', async () => {
  const [kept, left] = [await stage().newAd(), await stage().newAd()];
  for (const { ad } of [kept, left]) expect((await stage().run(ad)).outcome).toBe('visible');
  await stage().sandbox.patchToken({ invalid_subcode: 463 });
  const orders = [];
  for (const { ad } of [kept, left]) {
    const criteria = { ad: formatAd(ad) };
    const orderId = await order(stage(), criteria);
    await stage().client.retract(orderId, criteria);
    await retractWaits(stage(), orderId, 'awaiting-credentials');
    orders.push(orderId);
  }
  const [first = '', second = ''] = orders;
  await stage().temporal.workflow.getHandle(retractIdOf(second)).terminate('by the test');
  await stage().sandbox.patchToken({ invalid_subcode: null });
  await nextProbeNow();
  expect(await stage().runSweep()).toMatchObject({ woken: 1 });
  expect(await stage().temporal.workflow.getHandle(retractIdOf(first)).result()).toMatchObject({ outcome: 'withdrawn' });
  expect(await stage().rows('select 1 from waiting')).toEqual([]);
});

test('a single Page whose token is refused keeps nothing else of the account: the probe tells the two apart', async () => {
  const [lost, sound] = [await stage().newAd(), await stage().newAd()];
  for (const { ad } of [lost, sound]) expect((await stage().run(ad)).outcome).toBe('visible');
  await nextProbeNow();
  const post = lost.postId.split('_')[1];
  await stage().sandbox.fault({ fault: 'error', code: 190, subcode: 492, times: 999, match: { path: `_?${post}` } });
  for (const { postId } of [lost, sound]) await makeLooksDue(stage(), postId);
  expect(await stage().runSweep()).toMatchObject({ looks: 1, postponed: 1, forPerson: [] });
  expect(await probes()).toMatchObject([{ usable: true }]);
  // A try of the look: in the end a person is told of that Page.
  expect(await stage().rows('select distinct tries from planned_looks where done_at is null and tries > 0')).toEqual([
    { tries: 1 },
  ]);
  await makeLooksDue(stage(), lost.postId);
  expect(await stage().runSweep()).toMatchObject({ looks: 0, postponed: 1 });
  await stage().sandbox.clearFaults();
  await makeLooksDue(stage(), lost.postId);
  expect(await stage().runSweep()).toMatchObject({ looks: 1 });
});

test('while the token is dead looks are left, the sweep says so, and its one call is the probe; they are made by the sweep that finds it works', async () => {
  const { ad, postId } = await stage().newAd();
  expect(onlySurface(await stage().run(ad)).outcome).toBe('visible');
  const looks = async () => (await stage().story(ad)).plannedLooks.map(({ doneAt }) => doneAt !== null);
  const callsOfSweep = async () => {
    const before = await stage().sandbox.allRequests();
    const swept = await stage().runSweep();
    return { ...swept, calls: (await stage().sandbox.allRequests()) - before };
  };
  await nextProbeNow();
  await stage().sandbox.patchToken({ invalid_subcode: 463 });
  await makeLooksDue(stage(), postId);
  // Nobody waits for the token: the look is what finds that it is dead.
  expect(await stage().runSweep()).toMatchObject({ looks: 0, postponed: 1 });
  expect(await probes()).toMatchObject([{ usable: false, says: expect.stringContaining('190') }]);

  await makeLooksDue(stage(), postId);
  const left = { looks: 0, postponed: 0, says: '2 things left until the token works' };
  expect(await callsOfSweep()).toMatchObject({ ...left, calls: 0, forPerson: [expect.stringContaining('does not work')] });
  await nextProbeNow();
  expect(await callsOfSweep()).toMatchObject({ ...left, calls: 1, forPerson: [expect.stringContaining('190')] });
  expect(await looks()).toEqual([false, false]);
  expect(await stage().rows('select distinct tries from planned_looks where done_at is null')).toEqual([{ tries: 0 }]);

  await stage().sandbox.patchToken({ invalid_subcode: null });
  await nextProbeNow();
  expect(await stage().runSweep()).toMatchObject({ looks: 1, postponed: 0, forPerson: [] });
  expect(await looks()).toEqual([true, true]);
});
