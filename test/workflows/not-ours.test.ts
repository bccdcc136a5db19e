import { describe, expect, test } from 'vitest';
import { formatAd, workflowIdOf } from '../../domain/ad.ts';
import { retractAll } from '../helpers/retract.ts';
import { onlySurface, stageForThisFile } from '../helpers/stage.ts';

const stage = stageForThisFile({ timing: { verifyWindowMs: 4_000 } });

/** An attempt of which nobody knows the outcome, and that a person settled with this comment's id. */
async function settledWith(commentOn: (postId: string) => Promise<string>) {
  const { ad, postId } = await stage().newAd();
  await stage().sandbox.fault({ fault: 'cut-before', match: { method: 'POST', objectId: postId } });
  await stage().client.start(ad);
  await stage().waiting(ad, 'settling');
  const commentId = await commentOn(postId);
  const { attemptId } = (await stage().story(ad)).attempts[0] ?? { attemptId: '' };
  await stage().ledger.recordResult(attemptId, { kind: 'found', commentId, says: 'a typo' }, 'person');
  await stage().client.wake(workflowIdOf(ad));
  await stage().client.result(ad);
  return { ad, postId, commentId };
}

describe.concurrent('a comment under an order that', () => {
  test.each([
    ['somebody else wrote', { from: { id: '5559', name: 'Jane Roe' }, message: 'I love it' }, 'written by somebody else'],
    ['a person of the brand wrote by hand', { message: 'Ask us anything' }, 'does not read as one of ours'],
  ])('%s is never deleted, whatever id the ledger has for ours', async (_, comment, why) => {
    const { ad, postId, commentId } = await settledWith((objectId) =>
      stage().sandbox.comment({ object_id: objectId, ...comment }),
    );
    const end = await retractAll(stage(), { ad: formatAd(ad) });
    expect(end).toMatchObject({ outcome: 'not-removed', progress: { removed: 0, notRemoved: 1 } });
    expect(await stage().sandbox.comments(postId)).toEqual([commentId]);
    expect(await stage().ledger.withdrawnUnder(end.orderId ?? '')).toMatchObject([
      { removed: false, says: expect.stringContaining(why) },
    ]);
  });

  test.each([
    ['our token may not see any more, nor its post,', (_: string, post: string) => ({ path: `_?${post}` })],
    ['our token may not see any more, while the thread lists it,', (comment: string) => ({ path: `^${comment}$` })],
  ])('%s does not count as removed', async (_, match) => {
    const { ad, postId } = await stage().newAd();
    const commentId = onlySurface(await stage().run(ad)).commentId ?? '';
    const hidden = match(commentId, postId.split('_')[1] ?? '');
    await stage().sandbox.fault({ fault: 'error', code: 100, subcode: 33, times: 1_000, match: hidden });
    expect(await retractAll(stage(), { ad: formatAd(ad) })).toMatchObject({
      outcome: 'not-removed',
      progress: { removed: 0, notRemoved: 1 },
    });
    expect(await stage().sandbox.comments(postId)).toEqual([commentId]);
    const removed = await stage().rows('select removed_at from publications where comment_id = $1', [commentId]);
    expect(removed).toEqual([{ removed_at: null }]);
  });

  test('never comes to a clear end is given up once the window is over, and the retract ends', async () => {
    const { ad, postId } = await stage().newAd();
    const commentId = onlySurface(await stage().run(ad)).commentId ?? '';
    const match = { method: 'DELETE', objectId: commentId };
    await stage().sandbox.fault({ fault: 'http-500-before', times: 1_000, match });
    expect(await retractAll(stage(), { ad: formatAd(ad) })).toMatchObject({
      outcome: 'not-removed',
      progress: { removed: 0, notRemoved: 1 },
    });
    expect(await stage().sandbox.comments(postId)).toEqual([commentId]);
  });
});

test('a comment that we removed and that is still listed is not taken for the one that stands', async () => {
  const { ad, postId } = await stage().newAd();
  const first = onlySurface(await stage().run(ad)).commentId;
  await stage().rows(
    "update publications set removed_at = clock_timestamp(), removed_by = 'Legal', removed_says = 'recall' where comment_id = $1",
    [first],
  );
  await stage().rows("update claims set state = 'released' where surface like $1", [`%${postId}`]);
  const again = onlySurface(await stage().run(ad));
  expect(again).toMatchObject({ outcome: 'visible', publishedNow: true });
  expect(again.commentId).not.toBe(first);
  expect(await stage().sandbox.comments(postId)).toEqual([again.commentId]);
});
