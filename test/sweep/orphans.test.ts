import { WorkflowNotFoundError } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import { type AdRef, workflowIdOf } from '../../domain/ad.ts';
import { onlySurface, stageForThisFile } from '../helpers/stage.ts';
import { until } from '../helpers/until.ts';
import { makeLooksDue, makeOld, sweepUntil } from './scene.ts';

/** Runs settle late, so that a test can end them first. */
const stage = stageForThisFile({ timing: { lateLandingMs: 60_000, selfWakeMs: 600_000, sweepEveryMs: 100 } });

/** A run that ends with a request under way of which nobody knows what became of it. */
async function orphaned(fault: Readonly<Record<string, unknown>>, wish: Parameters<ReturnType<typeof stage>['newAd']>[0] = {}) {
  const seeded = await stage().newAd(wish);
  const objectId = wish.on?.includes('instagram') ? seeded.mediaId : seeded.postId;
  await stage().sandbox.fault({ ...fault, match: { method: 'POST', objectId } });
  await stage().client.start(seeded.ad);
  await stage().waiting(seeded.ad, 'settling');
  return { ...seeded, objectId };
}

const terminate = (ad: AdRef) => stage().temporal.workflow.getHandle(workflowIdOf(ad)).terminate('by the test');

/** As Temporal does by itself when the retention time is over. */
async function forgetHistory(ad: AdRef): Promise<void> {
  await terminate(ad);
  const { workflowService, workflow } = stage().temporal;
  const workflowExecution = { workflowId: workflowIdOf(ad) };
  await workflowService.deleteWorkflowExecution({ namespace: stage().namespace, workflowExecution });
  await until('Temporal has forgotten the run', () =>
    workflow
      .getHandle(workflowIdOf(ad))
      .describe()
      .then(
        () => false,
        (error: unknown) => error instanceof WorkflowNotFoundError,
      ),
  );
}

const resultOf = async (ad: AdRef) => (await stage().story(ad)).attempts[0]?.result?.kind;

describe.concurrent('an attempt of unknown outcome whose run is gone', () => {
  test.each([
    ['was terminated', terminate],
    ['was forgotten by Temporal', forgetHistory],
  ])(
    'is found by a sweep when the run %s, and looked at',
    async (_, end) => {
      const { ad, postId } = await orphaned({ fault: 'cut-after' });
      await end(ad);
      await makeOld(stage(), postId);
      await sweepUntil(stage(), 'the attempt is settled', async () => (await resultOf(ad)) === 'found');
      await sweepUntil(stage(), 'somebody has looked', async () => (await stage().story(ad)).visibility.length > 0);
      const { publications, claims, visibility, plannedLooks } = await stage().story(ad);
      const [written] = await stage().sandbox.writes(postId);
      expect(publications).toMatchObject([{ commentId: written?.commentId, origin: 'adopted' }]);
      expect(claims).toMatchObject([{ state: 'ours' }]);
      expect(visibility).toMatchObject([{ visible: true }]);
      expect(plannedLooks).toHaveLength(3);
      // The same ad's next run is its own, although a sweep has held the claim since.
      expect(onlySurface(await stage().run(ad))).toMatchObject({ outcome: 'visible', publishedNow: false });
      expect(await stage().sandbox.truth(postId)).toMatchObject({ ours: 1, everCreated: 1 });
    },
    180_000,
  );

  test('is proven absent by a sweep, and the way is free for another run', async () => {
    const { ad, postId } = await orphaned({ fault: 'cut-before' });
    await terminate(ad);
    await makeOld(stage(), postId);
    await sweepUntil(stage(), 'the attempt is settled', async () => (await resultOf(ad)) === 'absent');
    expect((await stage().story(ad)).claims).toMatchObject([{ state: 'released' }]);
    expect(onlySurface(await stage().run(ad))).toMatchObject({ outcome: 'visible', publishedNow: true });
    expect(await stage().sandbox.truth(postId)).toMatchObject({ ours: 1, everCreated: 1 });
  });

  test('stays open where absence cannot be proven, and a person is told how to settle it, once', async () => {
    const { ad, mediaId } = await orphaned({ fault: 'cut-before' }, { market: 'es-ES', on: ['instagram'] });
    await terminate(ad);
    await makeOld(stage(), mediaId);
    const told = () =>
      stage().rows('select evidence from incidents where kind = $1 and surface_id = $2', ['unconfirmed', mediaId]);
    await sweepUntil(stage(), 'a person is told', async () => (await told()).length > 0);
    const [attempt] = (await stage().story(ad)).attempts;
    expect(attempt?.result?.kind).toBe('unknown');
    expect(await told()).toMatchObject([
      { evidence: { says: expect.stringContaining(`first-comment settle ${attempt?.attemptId}`) } },
    ]);
    const { attempts, incidents } = await stage().ledger.readOverview();
    expect(attempts).toContainEqual(expect.objectContaining({ attemptId: attempt?.attemptId, surfaceId: mediaId, ad }));
    expect(incidents).toContainEqual(expect.objectContaining({ kind: 'unconfirmed', surfaceId: mediaId }));
    await stage().rows('update attempts set sweep_next_at = null where surface_id = $1', [mediaId]);
    await stage().runSweep();
    expect(await told()).toHaveLength(1);
    await stage().ledger.recordResult(attempt?.attemptId ?? '', { kind: 'absent', says: 'Mara: I looked' }, 'person');
    expect(onlySurface(await stage().run(ad))).toMatchObject({ outcome: 'visible', publishedNow: true });
  });

  test('is settled under a withdrawal order too, and what is found is removed under it', async () => {
    const { ad, postId } = await orphaned({ fault: 'cut-after' });
    await stage().ledger.orderWithdrawal({ criteria: { surfaceId: postId }, by: 'Mara', why: 'wrong price' });
    await terminate(ad);
    await makeOld(stage(), postId);
    await sweepUntil(stage(), 'the attempt is settled', async () => (await resultOf(ad)) === 'found');
    await sweepUntil(stage(), 'it is gone', async () => (await stage().sandbox.comments(postId)).length === 0);
    const { publications, claims, withdrawn, incidents } = await stage().story(ad);
    expect(publications).toHaveLength(1);
    expect(claims).toMatchObject([{ state: 'withdrawn' }]);
    expect(withdrawn).toMatchObject([{ removed: true }]);
    expect(incidents).toEqual([]);
  });

  test('is removed where it stands on a withdrawn surface', async () => {
    const { ad, postId } = await orphaned({ fault: 'cut-after' });
    await terminate(ad);
    await stage().rows("update claims set state = 'withdrawn' where surface like $1", [`%${postId}`]);
    await makeOld(stage(), postId);
    await sweepUntil(stage(), 'the attempt is settled', async () => (await resultOf(ad)) === 'found');
    await makeLooksDue(stage(), postId);
    await sweepUntil(stage(), 'it is gone', async () => (await stage().sandbox.comments(postId)).length === 0);
    expect((await stage().story(ad)).claims).toMatchObject([{ state: 'withdrawn' }]);
  });

  test('is left to its run while that goes on', async () => {
    const { ad, postId } = await orphaned({ fault: 'cut-after' });
    await makeOld(stage(), postId);
    await stage().runSweep();
    await stage().runSweep();
    expect(await resultOf(ad)).toBe('unknown');
    expect((await stage().story(ad)).claims).toMatchObject([{ workflowId: workflowIdOf(ad), epoch: 1 }]);
    await terminate(ad);
  });
});
