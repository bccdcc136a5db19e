import { defineSearchAttributeKey } from '@temporalio/common';
import { describe, expect, test } from 'vitest';
import { workflowIdOf } from '../../domain/ad.ts';
import { expectNoComment, expectOneComment } from '../helpers/expectations.ts';
import { onlySurface, stageForThisFile } from '../helpers/stage.ts';
import { until } from '../helpers/until.ts';

describe.concurrent('a run', () => {
  const stage = stageForThisFile();

  test('ends as not commentable where comments are off', async () => {
    const { ad, postId } = await stage().newAd({ post: { comments_enabled: false } });
    const end = await stage().run(ad);
    expect(end).toMatchObject({ outcome: 'not-commentable', says: expect.stringContaining('switched off') });
    await expectNoComment(stage(), postId);
    const story = await stage().story(ad);
    expect(story.judgements).toMatchObject([{ verdict: 'block', outcome: 'not-commentable' }]);
    expect(story.claims).toEqual([]);
    expect(story.baselines).toEqual([]);
  });

  test.for([{ hide_new_comments: true }, { hide_after_seconds: 0 }])(
    'ends as hidden, and asks for a person, where the platform hides the comment (%j)',
    async (post) => {
      const { ad, postId } = await stage().newAd({ post });
      const end = await stage().run(ad);
      expect(end.outcome).toBe('hidden');
      expect(await stage().sandbox.truth(postId)).toMatchObject({ ours: 1, hidden: 1, everCreated: 1 });
      const story = await stage().story(ad);
      expect(story.visibility).toMatchObject([{ visible: false }]);
      expect(story.baselines).toHaveLength(1);
      const { typedSearchAttributes } = await stage().temporal.workflow.getHandle(workflowIdOf(ad)).describe();
      expect(typedSearchAttributes.get(defineSearchAttributeKey('FcNeedsHuman', 'BOOL'))).toBe(true);
    },
  );

  test('ends though the ledger says that it waits for its own claim, as a late step of an earlier life may have noted', async () => {
    const { ad, postId } = await stage().newAd();
    await stage().rows(
      "insert into waiting (workflow_id, run_id, reason, key) values ($1, 'an-earlier-life', 'awaiting-claim', $2)",
      [workflowIdOf(ad), postId],
    );
    expect((await stage().run(ad)).outcome).toBe('visible');
    expect(await stage().sandbox.truth(postId)).toMatchObject({ ours: 1, everCreated: 1 });
  });

  test('waits for a comment that the list shows only later', async () => {
    const { ad, postId } = await stage().newAd({ post: { list_lag_seconds: 2 } });
    const end = await stage().run(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), postId, onlySurface(end).text);
    expect((await stage().story(ad)).visibility).toMatchObject([{ visible: true, rank: 1 }]);
  });

  test('names its place in a thread in which others have spoken', async () => {
    const { ad } = await stage().newAd({ strangers: 2 });
    expect(onlySurface(await stage().run(ad)).rank).toMatchObject({ of: expect.any(Number) });
    const [look] = (await stage().story(ad)).visibility;
    expect(look?.rank).toBeGreaterThanOrEqual(1);
    expect(look?.of).toBeGreaterThanOrEqual(look?.rank ?? 9);
  });

  test('ends as unconfirmed when the comment does not read as it was sent', async () => {
    const { ad, postId } = await stage().newAd();
    const match = { method: 'GET', path: `^${postId.split('_')[1]}_\\d+$` };
    await stage().sandbox.fault({ fault: 'delay', ms: 2_500, match });
    await stage().client.start(ad);
    const { commentId } = await until('the comment is there', async () => (await stage().sandbox.writes(postId))[0]);
    await stage().sandbox.patch(commentId, { message: 'something else' });
    const end = await stage().client.result(ad);
    expect(end).toMatchObject({ outcome: 'unconfirmed', says: expect.stringContaining('does not read as') });
    expect((await stage().story(ad)).visibility).toMatchObject([{ visible: false }]);
    expect(await stage().sandbox.writes(postId)).toHaveLength(1);
  });

  test('keeps explicit zeros for an ad that has not delivered', async () => {
    const { ad } = await stage().newAd();
    await stage().run(ad);
    const [baseline, ...more] = (await stage().story(ad)).baselines;
    expect(more).toEqual([]);
    expect(baseline).toMatchObject({ delivered: false, rows: 28, impressions: 0, clicks: 0, currency: 'EUR' });
  });

  test('keeps the numbers of before the comment, once', async () => {
    const numbers = { publisher_platform: 'facebook', platform_position: 'feed', impressions: 1000, clicks: 20, spend: 5 };
    const { ad } = await stage().newAd({ ad: { delivery: { since: '10d ago', daily: [numbers] } } });
    await stage().run(ad);
    const [first] = (await stage().story(ad)).baselines;
    expect(first?.delivered).toBe(true);
    expect(first?.impressions).toBeGreaterThan(1000);
    await stage().run(ad);
    expect((await stage().story(ad)).baselines).toEqual([first]);
  });

  test('waits for ids that come later, then publishes', async () => {
    const { ad, postId } = await stage().newAd({ creative: { appears_after_seconds: 2 } });
    await stage().client.start(ad);
    expect(await stage().waiting(ad, 'awaiting-surface')).toMatchObject({ stage: 'resolve', surfaces: [] });
    const end = await stage().client.result(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), postId, onlySurface(end).text);
    expect((await stage().story(ad)).waiting).toEqual([]);
  });

  test('ends as not commentable for an ad that nobody knows', async () => {
    const end = await stage().run({ platform: 'meta', accountId: 'act_100200', adId: '999' });
    expect(end).toMatchObject({ outcome: 'not-commentable', surfaces: [], says: expect.stringContaining('999') });
  });

  test('ends as refused, naming the field, when the answer about the ad keeps not fitting', async () => {
    const { ad, postId } = await stage().newAd();
    await stage().sandbox.fault({ fault: 'bad-shape', times: 9, match: { method: 'GET', objectId: ad.adId } });
    const end = await stage().run(ad);
    expect(end.outcome).toBe('refused');
    expect(end.says).toMatch(/does not fit|unexpected|expected/);
    await expectNoComment(stage(), postId);
  });

  test('ends as blocked for an account that is not the brand’s, and asks the platform nothing', async () => {
    const ad = { platform: 'meta', accountId: 'act_666', adId: '23850000002' } as const;
    const end = await stage().run(ad);
    expect(end).toMatchObject({ outcome: 'blocked', surfaces: [], says: expect.stringContaining('act_666') });
    const story = await stage().story(ad);
    expect(story.runs).toMatchObject([{ outcome: 'blocked' }]);
    expect(story.resolutions).toEqual([]);
  });
});

describe('ids that never come', () => {
  const stage = stageForThisFile({ timing: { awaitingSurfaceMs: 3_000 } });

  test('end the run as not commentable', async () => {
    const { ad } = await stage().newAd({ creative: { appears_after_seconds: 3_600 } });
    const end = await stage().run(ad);
    expect(end).toMatchObject({ outcome: 'not-commentable', wait: null, says: expect.stringContaining('in time') });
    const story = await stage().story(ad);
    expect(story.runs).toMatchObject([{ outcome: 'not-commentable' }]);
    expect(story.waiting).toEqual([]);
  });
});
