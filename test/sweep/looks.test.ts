import { describe, expect, test } from 'vitest';
import { MOST_TRIES } from '../../activities/sweep/most-tries.ts';
import { type AdRef, workflowIdOf } from '../../domain/ad.ts';
import { onlySurface, stageForThisFile } from '../helpers/stage.ts';
import { deleteByHand, landLate, makeLooksDue } from './scene.ts';

/** Nothing is due of itself: each test makes due what it looks at. */
const stage = stageForThisFile({ timing: { looksMs: [3_600_000, 86_400_000], selfWakeMs: 600_000 } });

async function published(): Promise<{ ad: AdRef; postId: string; commentId: string }> {
  const { ad, postId } = await stage().newAd();
  const commentId = onlySurface(await stage().run(ad)).commentId;
  if (commentId === null) throw new Error('nothing was published');
  return { ad, postId, commentId };
}

const looksOf = async (ad: AdRef) => (await stage().story(ad)).plannedLooks.map(({ doneAt }) => doneAt !== null);

describe('a later look', () => {
  test('that is not due yet is left alone', async () => {
    const { ad } = await published();
    expect((await stage().runSweep()).says).toBe('nothing to do');
    expect(await looksOf(ad)).toEqual([false, false]);
  });

  test('is planned by the sweep where the run ended before it planned any, and comes at once', async () => {
    const { ad, postId, commentId } = await published();
    await stage().rows('delete from planned_looks where comment_id = $1', [commentId]);
    await stage().rows("update publications set recorded_at = recorded_at - interval '5 minutes' where comment_id = $1", [
      commentId,
    ]);
    await stage().runSweep();
    const { plannedLooks, visibility } = await stage().story(ad);
    expect(plannedLooks.map(({ doneAt }) => doneAt !== null)).toEqual([true, false, false]);
    expect(visibility.at(-1)).toMatchObject({ commentId, visible: true });
    expect(await stage().sandbox.writes(postId)).toHaveLength(1);
  });

  test('notes what people see, and is done once', async () => {
    const { ad, postId, commentId } = await published();
    await makeLooksDue(stage(), postId);
    expect(await stage().runSweep()).toMatchObject({ looks: 1, says: '1 look', forPerson: [] });
    expect(await looksOf(ad)).toEqual([true, true]);
    const { visibility, incidents } = await stage().story(ad);
    expect(visibility.map((each) => [each.commentId, each.visible])).toEqual([
      [commentId, true],
      [commentId, true],
    ]);
    expect(incidents).toEqual([]);
    expect((await stage().runSweep()).says).toBe('nothing to do');
  });

  test('finds a second comment of ours, removes it and tells of it; the run of the same ad stays visible', async () => {
    const { ad, postId, commentId } = await published();
    const second = await landLate(stage(), postId);
    await makeLooksDue(stage(), postId);
    const swept = await stage().runSweep();
    expect(swept).toMatchObject({ removed: 1, looks: 1, postponed: 0, failed: [] });
    expect(swept.forPerson).toEqual([`second comment on facebook-post ${postId} removed`]);
    expect(await stage().sandbox.comments(postId)).toEqual([commentId]);
    expect((await stage().story(ad)).incidents).toMatchObject([
      { kind: 'second-comment', evidence: { stays: commentId }, did: expect.stringContaining(`${second} is removed`) },
    ]);
    expect(await looksOf(ad)).toEqual([true, true]);
    expect(onlySurface(await stage().run(ad))).toMatchObject({ outcome: 'visible', commentId, publishedNow: false });
  });

  test('leaves both alone while the run that owns the claim still goes on, and stays due', async () => {
    const { ad, postId, commentId } = await published();
    const second = await landLate(stage(), postId);
    const running = await stage().newAd({ market: 'it-IT', strangers: 1 });
    await stage().client.start(running.ad);
    await stage().waiting(running.ad, 'awaiting-approval');
    await stage().rows('update claims set workflow_id = $1 where surface like $2', [workflowIdOf(running.ad), `%${postId}`]);
    await makeLooksDue(stage(), postId);
    expect(await stage().runSweep()).toMatchObject({ removed: 0, looks: 0 });
    expect(await stage().sandbox.comments(postId)).toEqual([commentId, second].sort());
    expect(await looksOf(ad)).toEqual([false, false]);
    await stage().client.cancel(running.ad);
    await stage().client.result(running.ad);
    await makeLooksDue(stage(), postId);
    expect(await stage().runSweep()).toMatchObject({ removed: 1, looks: 1 });
    expect(await stage().sandbox.comments(postId)).toEqual([commentId]);
  });

  test('leaves a second comment that no attempt explains to a person, once, and is closed', async () => {
    const { ad, postId, commentId } = await published();
    const [written] = await stage().sandbox.writes(postId);
    const link = written?.text?.match(/https:\S+/)?.[0] ?? '';
    const message = `Another text of another life: ${link}`;
    const second = await stage().sandbox.comment({ object_id: postId, message, application_id: '900100' });
    await makeLooksDue(stage(), postId);
    const swept = await stage().runSweep();
    expect(swept).toMatchObject({ removed: 0, looks: 1, forPerson: [expect.stringContaining(second)] });
    expect(await stage().sandbox.comments(postId)).toEqual([commentId, second].sort());
    const incidents = async () => (await stage().story(ad)).incidents.map(({ kind }) => kind);
    expect(await incidents()).toEqual(['second-comment']);
    const surface = { platform: 'meta', kind: 'facebook-post', surfaceId: postId } as const;
    await stage().ledger.planLooks(surface, commentId, [0]);
    await stage().runSweep();
    expect(await incidents()).toEqual(['second-comment']);
    // Else looks at it would be planned in a while, in the middle of another test.
    await stage().ledger.recordRemoval(surface, second, { by: 'the test', says: 'it was told' });
  });

  test('tells when somebody else has hidden the comment', async () => {
    const { ad, postId, commentId } = await published();
    await stage().sandbox.patch(commentId, { is_hidden: true });
    await makeLooksDue(stage(), postId);
    expect((await stage().runSweep()).forPerson).toEqual([expect.stringContaining('foreign-hide')]);
    const { incidents, visibility } = await stage().story(ad);
    expect(incidents).toMatchObject([{ kind: 'foreign-hide', evidence: { commentId, visibleBefore: true } }]);
    expect(visibility.map(({ visible }) => visible)).toEqual([true, false]);
  });

  test.each([
    ['is gone', async (commentId: string) => deleteByHand(stage(), commentId)],
    ['reads otherwise', async (commentId: string) => stage().sandbox.patch(commentId, { message: 'something else' })],
  ])('tells when the comment %s, and nothing is published again', async (_, change) => {
    const { ad, postId, commentId } = await published();
    await change(commentId);
    await makeLooksDue(stage(), postId);
    expect((await stage().runSweep()).forPerson).toEqual([expect.stringContaining('drift')]);
    expect((await stage().story(ad)).incidents).toMatchObject([{ kind: 'drift', evidence: { commentId } }]);
    expect((await stage().sandbox.writes(postId)).filter(({ action }) => action === 'created')).toHaveLength(1);
    expect(await looksOf(ad)).toEqual([true, true]);
  });

  test('that the platform does not answer stays due, and keeps no other from being done', async () => {
    const one = await published();
    const other = await published();
    await stage().sandbox.fault({ fault: 'http-500-before', times: 99, match: { method: 'GET', path: `^${one.commentId}` } });
    await makeLooksDue(stage(), one.postId);
    await makeLooksDue(stage(), other.postId);
    expect(await stage().runSweep()).toMatchObject({ looks: 1, postponed: 1 });
    expect(await looksOf(one.ad)).toEqual([false, false]);
    expect(await looksOf(other.ad)).toEqual([true, true]);
    expect((await stage().runSweep()).says).toBe('nothing to do');
    await stage().sandbox.clearFaults();
    await makeLooksDue(stage(), one.postId);
    expect(await stage().runSweep()).toMatchObject({ looks: 1 });
  });

  test('that the platform puts off is no try of it, however often that happens', async () => {
    const { ad, postId, commentId } = await published();
    await stage().sandbox.fault({ fault: 'error', code: 32, times: 99, match: { method: 'GET', path: `^${commentId}` } });
    for (let each = 0; each < 3; each += 1) {
      await makeLooksDue(stage(), postId);
      await stage().runSweep();
    }
    await stage().sandbox.clearFaults();
    expect(await stage().rows('select distinct tries from planned_looks where comment_id = $1', [commentId])).toEqual([
      { tries: 0 },
    ]);
    expect(await looksOf(ad)).toEqual([false, false]);
  });

  test('tells when the whole post is gone: believed when a look would be given up, told once, and no look is left', async () => {
    const { ad, postId, commentId } = await published();
    const post = postId.split('_')[1];
    await stage().sandbox.fault({ fault: 'error', code: 100, subcode: 33, times: 999, match: { path: `_?${post}` } });
    const drift = async () => (await stage().runSweep()).forPerson.filter((each) => each.includes(postId));
    for (let before = 1; before < MOST_TRIES; before += 1) {
      await makeLooksDue(stage(), postId);
      expect(await drift()).toEqual([]);
      expect(await looksOf(ad)).toEqual([false, false]);
    }
    await makeLooksDue(stage(), postId);
    expect(await drift()).toEqual([expect.stringMatching(/^drift .*the thread is gone/)]);
    expect(await looksOf(ad)).toEqual([true, true]);
    const { incidents, visibility } = await stage().story(ad);
    expect(incidents).toMatchObject([{ kind: 'drift', evidence: { commentId, visibleBefore: true } }]);
    expect(visibility.at(-1)).toMatchObject({ commentId, visible: false });
    await stage().ledger.planLooks({ platform: 'meta', kind: 'facebook-post', surfaceId: postId }, commentId, [0]);
    await stage().rows('update planned_looks set tries = $2 where comment_id = $1 and done_at is null', [
      commentId,
      MOST_TRIES - 1,
    ]);
    expect(await drift()).toEqual([]);
    await stage().sandbox.clearFaults();
    expect((await stage().story(ad)).incidents).toHaveLength(1);
    expect(await looksOf(ad)).toEqual([true, true, true]);
  });

  test('that fails again and again is given up, and a person is told once; the next one comes in its time', async () => {
    const { ad, postId, commentId } = await published();
    const post = postId.split('_')[1];
    await stage().sandbox.fault({ fault: 'error', code: 100, times: 999, match: { path: `_?${post}` } });
    await stage().rows('update planned_looks set tries = 6 where comment_id = $1', [commentId]);
    await makeLooksDue(stage(), postId);
    // Looks at comments of other tests may be due again as well.
    const forPerson = async () => (await stage().runSweep()).forPerson.filter((each) => each.includes('look-failed'));
    expect(await forPerson()).toEqual([]);
    expect((await stage().story(ad)).incidents).toEqual([]);
    expect(await looksOf(ad)).toEqual([false, false]);
    await makeLooksDue(stage(), postId);
    expect(await forPerson()).toHaveLength(1);
    await stage().sandbox.clearFaults();
    expect((await stage().story(ad)).incidents).toMatchObject([{ kind: 'look-failed', evidence: { commentId, tries: 8 } }]);
    expect(await looksOf(ad)).toEqual([true, true]);
  });

  test('is done once by two sweeps at once', async () => {
    const { ad, postId, commentId } = await published();
    await landLate(stage(), postId);
    await makeLooksDue(stage(), postId);
    const both = await Promise.all([stage().runSweep(), stage().runSweep()]);
    await makeLooksDue(stage(), postId);
    await stage().runSweep();
    expect(both.reduce((sum, { removed }) => sum + removed, 0)).toBe(1);
    expect(await stage().sandbox.comments(postId)).toEqual([commentId]);
    expect((await stage().story(ad)).incidents).toHaveLength(1);
  });
});
