import { expect, test } from 'vitest';
import { order } from '../helpers/retract.ts';
import { onlySurface, stageForThisFile } from '../helpers/stage.ts';

const stage = stageForThisFile({ timing: { looksMs: [3_600_000, 86_400_000], sweepPausesMs: [3_600_000] } });

const dueAgain = () => stage().rows('update order_comments set again_at = clock_timestamp() where again_at is not null');

async function published(): Promise<{ postId: string; commentId: string }> {
  const { ad, postId } = await stage().newAd({ market: 'pt-PT' });
  return { postId, commentId: onlySurface(await stage().run(ad)).commentId ?? '' };
}

test('a removal that never answers keeps no other of the account from going, is tried after a pause, and ends as a person’s', async () => {
  const stuck = await published();
  const other = await published();
  const match = { method: 'DELETE', objectId: stuck.commentId };
  await stage().sandbox.fault({ fault: 'http-500-before', times: 999, match });
  const orderId = await order(stage(), { marketId: 'pt-PT' });

  expect(await stage().runSweep()).toMatchObject({ failed: [], postponed: 1, forPerson: [] });
  expect(await stage().sandbox.comments(stuck.postId)).toEqual([stuck.commentId]);
  expect(await stage().sandbox.comments(other.postId)).toEqual([]);
  expect((await stage().runSweep()).says).toBe('nothing to do');

  await stage().rows('update order_comments set tries = 7 where comment_id = $1', [stuck.commentId]);
  await dueAgain();
  expect((await stage().runSweep()).forPerson).toEqual([expect.stringContaining('could not be removed')]);
  await dueAgain();
  expect((await stage().runSweep()).says).toBe('nothing to do');
  expect(await stage().ledger.withdrawalOrder(orderId)).toMatchObject({ removed: 1, left: 1, notRemoved: 1 });
});
