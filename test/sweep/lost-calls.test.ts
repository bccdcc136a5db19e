import { describe, expect, test } from 'vitest';
import { fragileLedger, lostCallsOf } from '../helpers/fragile-ledger.ts';
import { onlySurface, stageForThisFile } from '../helpers/stage.ts';
import { landLate, makeLooksDue } from './scene.ts';

const fragile = fragileLedger();
const stage = stageForThisFile({ timing: { looksMs: [3_600_000], selfWakeMs: 600_000 }, ledger: fragile.around });

const LOST = lostCallsOf([
  'recordedOn',
  'commentOn',
  'takeForRepair',
  'adopt',
  'decideRemovals',
  'recordRemoval',
  'recordVisibility',
  'closeLooks',
]);

describe('a sweep of which a step fails half-way', () => {
  test.each(LOST)('$method fails $when it took effect: nothing is left undone, nothing is done twice', async (call) => {
    const { ad, postId } = await stage().newAd();
    const { commentId } = onlySurface(await stage().run(ad));
    const second = await landLate(stage(), postId);
    await makeLooksDue(stage(), postId);
    fragile.lose(call);
    // Temporal tries the step again, in this sweep or in the next one.
    await stage().runSweep();
    await makeLooksDue(stage(), postId);
    await stage().runSweep();
    expect(fragile.lost()).toBe(true);
    expect(await stage().sandbox.comments(postId)).toEqual([commentId]);
    const { incidents, publications, plannedLooks, claims, visibility } = await stage().story(ad);
    expect(incidents).toHaveLength(1);
    expect(publications.map((each) => each.commentId).sort()).toEqual([commentId, second].sort());
    expect(plannedLooks.every(({ doneAt }) => doneAt !== null)).toBe(true);
    expect(claims).toMatchObject([{ state: 'ours' }]);
    // Of the run, and of the look.
    expect(visibility.filter(({ visible }) => visible).length).toBeGreaterThanOrEqual(2);
    const removed = await stage().rows('select comment_id from publications where removed_at is not null and surface_id = $1', [
      postId,
    ]);
    expect(removed).toEqual([{ comment_id: second }]);
  });
});
