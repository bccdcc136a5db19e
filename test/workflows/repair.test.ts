import { describe, expect, test } from 'vitest';
import { surfaceKey } from '../../domain/surface-key.ts';
import { onlySurface, stageForThisFile } from '../helpers/stage.ts';
import { until } from '../helpers/until.ts';
import { landLate, nextSecond } from '../sweep/scene.ts';

const stage = stageForThisFile();

/** Delays the reading-back, until the comment of the run is there. */
async function afterPublishing(postId: string): Promise<string> {
  return (await until('the comment is there', async () => (await stage().sandbox.writes(postId))[0])).commentId;
}

const readingBack = (postId: string) => ({
  fault: 'delay',
  ms: 4_000,
  match: { method: 'GET', path: `^${postId.split('_')[1]}_\\d+$` },
});

describe.concurrent('a second comment of ours that verify finds', () => {
  test('is removed when it came later, with the incident before it', async () => {
    const { ad, postId } = await stage().newAd();
    await stage().sandbox.fault(readingBack(postId));
    await stage().client.start(ad);
    const first = await afterPublishing(postId);
    const second = await landLate(stage(), postId);
    const end = await stage().client.result(ad);
    expect(end.outcome).toBe('visible');
    expect(onlySurface(end)).toMatchObject({ commentId: first });
    expect(await stage().sandbox.comments(postId)).toEqual([first]);
    const { incidents, publications, visibility } = await stage().story(ad);
    expect(incidents).toMatchObject([
      { kind: 'second-comment', evidence: { stays: first }, did: expect.stringContaining(second) },
    ]);
    expect(visibility).toMatchObject([{ commentId: first, visible: true }]);
    expect(publications.map(({ commentId }) => commentId).sort()).toEqual([first, second].sort());
    const removed = await stage().rows(
      'select comment_id, removed_by, removed_says from publications where removed_at is not null and comment_id = $1',
      [second],
    );
    expect(removed).toMatchObject([{ removed_by: 'repair', removed_says: expect.stringContaining(first) }]);
  });

  test('stays when people can see it and not the first, and the run goes on with it', async () => {
    const { ad, postId } = await stage().newAd();
    await stage().sandbox.fault(readingBack(postId));
    await stage().client.start(ad);
    const first = await afterPublishing(postId);
    const second = await landLate(stage(), postId);
    await stage().sandbox.patch(first, { is_hidden: true });
    const end = await stage().client.result(ad);
    expect(onlySurface(end)).toMatchObject({ outcome: 'visible', commentId: second });
    expect(await stage().sandbox.comments(postId)).toEqual([second]);
    const again = onlySurface(await stage().run(ad));
    expect(again).toMatchObject({ outcome: 'visible', commentId: second, publishedNow: false });
  });

  test('is left to a person when no attempt explains it', async () => {
    const { ad, postId } = await stage().newAd();
    await stage().sandbox.fault(readingBack(postId));
    await stage().client.start(ad);
    const first = await afterPublishing(postId);
    await nextSecond();
    const message = `Something else: https://www.brightloom.example/de-de/?fcid=${surfaceKey('brightloom', { platform: 'meta', surfaceId: postId })}`;
    const second = await stage().sandbox.comment({ object_id: postId, message, application_id: '900100' });
    const end = await stage().client.result(ad);
    expect(onlySurface(end)).toMatchObject({ outcome: 'visible', commentId: first, says: expect.stringContaining(second) });
    expect(await stage().sandbox.comments(postId)).toEqual([first, second].sort());
    expect((await stage().story(ad)).incidents).toMatchObject([
      { kind: 'second-comment', did: expect.stringContaining('no attempt explains') },
    ]);
  });
});
