import { beforeAll, describe, expect, test } from 'vitest';
import type { AdRef } from '../../domain/ad.ts';
import { expectNoComment, expectOneComment } from '../helpers/expectations.ts';
import type { SeededAd } from '../helpers/new-ad.ts';
import { onlySurface, stageForThisFile } from '../helpers/stage.ts';

/** Every run surveys: what a test seeds is known to the next run, as after a quarter of an hour. */
const stage = stageForThisFile({ timing: { surveyEveryMs: 1 } });

/** Two ads on one post: a German one, and one that targets France and leads to the French pages. */
async function twoMarkets(): Promise<readonly [german: SeededAd, french: SeededAd]> {
  const german = await stage().newAd();
  return [german, await stage().newAd({ market: 'fr-FR', samePostAs: german })];
}

function expectBlockedByTheOther(state: Awaited<ReturnType<ReturnType<typeof stage>['run']>>, other: AdRef): void {
  const surface = onlySurface(state);
  expect(surface).toMatchObject({ outcome: 'blocked', publishedNow: false });
  expect(surface.rules.find(({ rule }) => rule === 'known-ads-agree')).toMatchObject({
    verdict: 'block',
    says: expect.stringContaining(other.adId),
  });
}

const incidentsOf = async (postId: string) =>
  stage().rows<{ kind: string; evidence: unknown }>('select kind, evidence from incidents where surface_id = $1', [postId]);

describe('two ads of two markets on one post', () => {
  test('are both blocked when the one runs first whose own evidence is in order', async () => {
    const [german, french] = await twoMarkets();
    expectBlockedByTheOther(await stage().run(german.ad), french.ad);
    expectBlockedByTheOther(await stage().run(french.ad), german.ad);
    await expectNoComment(stage(), german.postId);
  });

  test('are both blocked in the other order', async () => {
    const [german, french] = await twoMarkets();
    expectBlockedByTheOther(await stage().run(french.ad), german.ad);
    expectBlockedByTheOther(await stage().run(german.ad), french.ad);
    await expectNoComment(stage(), german.postId);
  });

  test('are both blocked when they are started at the same moment', async () => {
    const [german, french] = await twoMarkets();
    const [first, second] = await Promise.all([stage().run(german.ad), stage().run(french.ad)]);
    expectBlockedByTheOther(first, french.ad);
    expectBlockedByTheOther(second, german.ad);
    await expectNoComment(stage(), german.postId);
    expect(await incidentsOf(german.postId)).toEqual([]);
  });

  test('let the one pass again once the other is archived', async () => {
    const [german, french] = await twoMarkets();
    expect((await stage().run(french.ad)).outcome).toBe('blocked');
    expect((await stage().run(german.ad)).outcome).toBe('blocked');
    await stage().sandbox.patch(french.ad.adId, { effective_status: 'ARCHIVED', updated_time: new Date().toISOString() });
    const end = await stage().run(german.ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), german.postId, onlySurface(end).text);
  });

  test('let the one pass again once the other shows another post', async () => {
    const [german, french] = await twoMarkets();
    expect((await stage().run(german.ad)).outcome).toBe('blocked');
    const own = await stage().newAd({ market: 'fr-FR' });
    const creativeId = french.ad.adId.replace(/^2399/, '2392');
    await stage().sandbox.patch(creativeId, { effective_object_story_id: own.postId });
    await stage().sandbox.patch(french.ad.adId, { updated_time: new Date().toISOString() });
    const end = await stage().run(german.ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), german.postId, onlySurface(end).text);
  });

  test('are an incident when the second joins after the first was commented, and the second is blocked', async () => {
    const german = await stage().newAd();
    expect((await stage().run(german.ad)).outcome).toBe('visible');
    const french = await stage().newAd({ market: 'fr-FR', samePostAs: german });
    expectBlockedByTheOther(await stage().run(french.ad), german.ad);
    const [incident, ...more] = await incidentsOf(german.postId);
    expect(incident).toMatchObject({ kind: 'mismatch', evidence: { ads: expect.anything(), commentIds: [expect.any(String)] } });
    expect(more.every(({ kind }) => kind === 'mismatch')).toBe(true);
    await expectOneComment(stage(), german.postId, (await stage().sandbox.writes(german.postId))[0]?.text ?? null);
  });
});

test('an ad of another market that joins while a person thinks is seen before anything is sent', async () => {
  const held = await stage().newAd({ market: 'it-IT', strangers: 1 });
  await stage().client.start(held.ad);
  await stage().waiting(held.ad, 'awaiting-approval');
  const joining = await stage().newAd({ market: 'fr-FR', samePostAs: held });
  expect((await stage().run(joining.ad)).outcome).toBe('blocked');
  await stage().client.approve(held.ad, { by: 'Mara', why: 'fits' });
  expectBlockedByTheOther(await stage().client.result(held.ad), joining.ad);
  await expectNoComment(stage(), held.postId);
});

test('of two ads of two ad accounts on one post, in one market, one is visible and the other covered', async () => {
  const first = await stage().newAd();
  const second = await stage().newAd({ account: 'act_100300', samePostAs: first });
  const ends = await Promise.all([stage().run(first.ad), stage().run(second.ad)]);
  expect(ends.map(({ outcome }) => outcome).sort()).toEqual(['covered', 'visible']);
  expect(await stage().sandbox.truth(first.postId)).toMatchObject({ ours: 1, everCreated: 1 });
});

test('an ad of another account with another market blocks too, although it was never run', async () => {
  const first = await stage().newAd();
  const second = await stage().newAd({ account: 'act_100300', market: 'fr-FR', samePostAs: first });
  expectBlockedByTheOther(await stage().run(first.ad), second.ad);
  await expectNoComment(stage(), first.postId);
});

describe('an ad of the listing that does not fit', () => {
  let german: SeededAd;
  beforeAll(async () => {
    german = await stage().newAd();
  });

  test('blocks the post that it names, since nobody knows its market', async () => {
    const row = { id: '23999900001', creative: { effective_object_story_id: german.postId } };
    const body = { data: [row, { name: 'nobody can tell which ad this is' }] };
    await stage().sandbox.fault({ fault: 'bad-shape', body, match: { path: '^act_100200/ads$' } });
    expectBlockedByTheOther(await stage().run(german.ad), { ...german.ad, adId: '23999900001' });
    await expectNoComment(stage(), german.postId);
    expect(await stage().rows("select misfits, unreadable from surveys where account_id = 'act_100200' and misfits > 0")).toEqual(
      [{ misfits: 1, unreadable: 1 }],
    );
  });
});
