import { expect, test } from 'vitest';
import { onlySurface, stageForThisFile } from '../helpers/stage.ts';

const stage = stageForThisFile();

test('retry of a closed run keeps its mode: a backfill stays a backfill', async () => {
  // A paused ad is a backfill's no and a pipeline's yes, so the outcome tells the mode.
  const { ad } = await stage().newAd({ ad: { effective_status: 'PAUSED' } });
  await stage().client.start(ad, { mode: 'backfill' });
  expect((await stage().client.result(ad)).outcome).toBe('not-commentable');
  await stage().client.retry(ad);
  expect((await stage().client.result(ad)).outcome).toBe('not-commentable');
  expect((await stage().story(ad)).runs.map(({ mode }) => mode)).toEqual(['backfill', 'backfill']);
});

test('retry of a closed run that a pipeline started is one of a pipeline', async () => {
  const { ad } = await stage().newAd();
  const first = onlySurface(await stage().run(ad));
  await stage().client.retry(ad);
  expect(onlySurface(await stage().client.result(ad))).toMatchObject({ outcome: 'visible', commentId: first.commentId });
  expect((await stage().story(ad)).runs.map(({ mode }) => mode)).toEqual(['pipeline', 'pipeline']);
});
