import { expect, test } from 'vitest';
import { FirstCommentClient } from '../../client/index.ts';
import { expectNoComment } from '../helpers/expectations.ts';
import { stageForThisFile } from '../helpers/stage.ts';

const stage = stageForThisFile();

test.for([
  { brandId: 'acme', profile: 'production' },
  { brandId: 'acme', profile: 'sandbox' },
  { brandId: 'brightloom', profile: 'production' },
])(
  'a run that was started for another brand or profile than the worker’s ends as blocked and says so (%j)',
  async (startsFor) => {
    const { ad, postId } = await stage().newAd();
    const client = new FirstCommentClient(stage().temporal, startsFor);
    await client.start(ad);
    const end = await client.result(ad);
    expect(end.outcome).toBe('blocked');
    expect(end.says).toContain('this worker serves brand brightloom with profile sandbox');
    expect(end.says).toContain(`started for brand ${startsFor.brandId} with profile ${startsFor.profile}`);
    await expectNoComment(stage(), postId);
    expect((await stage().story(ad)).runs).toMatchObject([{ outcome: 'blocked', says: end.says }]);
  },
);

test('a run that was started for the worker’s own brand and profile goes on, also when it is tried again', async () => {
  const { ad } = await stage().newAd();
  const client = new FirstCommentClient(stage().temporal, { brandId: 'brightloom', profile: 'sandbox' });
  await client.start(ad);
  expect((await client.result(ad)).outcome).toBe('visible');
  await client.retry(ad);
  expect((await client.result(ad)).outcome).toBe('visible');
});
