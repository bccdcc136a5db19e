import { WorkflowNotFoundError } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import { type AdRef, workflowIdOf } from '../../domain/ad.ts';
import { surfaceKey } from '../../domain/surface-key.ts';
import { describe as describeRun } from '../../workflows/describe.ts';
import { expectNoComment, expectOneComment } from '../helpers/expectations.ts';
import { onlySurface, openStage, stageForThisFile } from '../helpers/stage.ts';
import { until } from '../helpers/until.ts';

const stage = stageForThisFile();

/** As Temporal does by itself when the retention time is over. */
async function forgetHistory(ad: AdRef): Promise<void> {
  const { workflowService, workflow } = stage().temporal;
  const workflowExecution = { workflowId: workflowIdOf(ad) };
  await workflowService.deleteWorkflowExecution({ namespace: stage().namespace, workflowExecution });
  await until('Temporal has forgotten the run', async () => {
    try {
      await workflow.getHandle(workflowIdOf(ad)).describe();
      return false;
    } catch (error) {
      return error instanceof WorkflowNotFoundError;
    }
  });
}

async function needsHuman(ad: AdRef): Promise<unknown> {
  const { typedSearchAttributes } = await stage().temporal.workflow.getHandle(workflowIdOf(ad)).describe();
  return typedSearchAttributes.getAll().find(({ key }) => key.name === 'FcNeedsHuman')?.value;
}

/** As if the database had been set back to before the comment. */
async function forgetComment(postId: string): Promise<void> {
  const surface = `meta/facebook-post/${postId}`;
  await stage().rows('delete from planned_looks where surface = $1', [surface]);
  await stage().rows('delete from visibility_looks where surface = $1', [surface]);
  await stage().rows('delete from publications where surface = $1', [surface]);
  await stage().rows('delete from attempt_records where attempt_id in (select attempt_id from attempts where surface = $1)', [
    surface,
  ]);
  await stage().rows('delete from attempts where surface = $1', [surface]);
  await stage().rows('delete from claim_owners where surface = $1', [surface]);
  await stage().rows('delete from claims where surface = $1', [surface]);
}

describe.concurrent('a second start', () => {
  test('of a running run is that run', async () => {
    const { ad, mediaId } = await stage().newAd({ market: 'it-IT', on: ['instagram'], strangers: 1 });
    const first = await stage().client.start(ad);
    await stage().waiting(ad, 'awaiting-approval');
    const second = await stage().client.start(ad);
    expect(second.runId).toBe(first.runId);
    await stage().client.approve(ad, { by: 'Mara', why: 'fits' });
    const end = await stage().client.result(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), mediaId, onlySurface(end).text);
    expect((await stage().story(ad)).runs).toHaveLength(1);
  });

  test('of a closed run verifies anew, publishes nothing and keeps the first baseline', async () => {
    const { ad, postId } = await stage().newAd();
    const first = onlySurface(await stage().run(ad));
    const end = await stage().run(ad);
    expect(end.outcome).toBe('visible');
    expect(onlySurface(end)).toMatchObject({ outcome: 'visible', commentId: first.commentId, publishedNow: false });
    await expectOneComment(stage(), postId, first.text);
    const story = await stage().story(ad);
    expect(story.runs.map(({ outcome }) => outcome)).toEqual(['visible', 'visible']);
    expect(story.attempts).toHaveLength(1);
    expect(story.visibility).toHaveLength(2);
    expect(story.baselines).toHaveLength(1);
  });

  test('publishes nothing when Temporal has forgotten the first run', async () => {
    const { ad, postId } = await stage().newAd();
    const first = onlySurface(await stage().run(ad));
    await forgetHistory(ad);
    const end = await stage().run(ad);
    expect(onlySurface(end)).toMatchObject({ outcome: 'visible', commentId: first.commentId, publishedNow: false });
    await expectOneComment(stage(), postId, first.text);
    expect((await stage().story(ad)).attempts).toHaveLength(1);
    // The server takes its time to delete.
  });

  test('in another namespace on the same ledger is covered by the run that published', async () => {
    const { ad, postId } = await stage().newAd();
    const first = onlySurface(await stage().run(ad));
    const elsewhere = await openStage({ beside: stage() });
    try {
      const end = await elsewhere.run(ad);
      expect(onlySurface(end)).toMatchObject({ outcome: 'covered', commentId: first.commentId, publishedNow: false });
    } finally {
      await elsewhere.close();
    }
    await expectOneComment(stage(), postId, first.text);
    expect((await stage().story(ad)).claims).toMatchObject([{ namespace: stage().namespace, epoch: 1 }]);
  });

  test('of an ad whose post another ad commented before keeps the numbers of before that comment', async () => {
    const numbers = { publisher_platform: 'facebook', platform_position: 'feed', impressions: 1000, clicks: 20, spend: 5 };
    const first = await stage().newAd();
    const second = await stage().newAd({ samePostAs: first, ad: { delivery: { since: '60d ago', daily: [numbers] } } });
    await stage().run(first.ad);
    await stage().rows("update publications set published_at = published_at - interval '10 days' where surface_id = $1", [
      first.postId,
    ]);
    expect((await stage().run(second.ad)).outcome).toBe('covered');
    const [publication] = (await stage().story(first.ad)).publications;
    const [baseline] = await stage().rows<{ until: string }>('select until::text from baselines where ad_id = $1', [
      second.ad.adId,
    ]);
    expect(Date.parse(baseline?.until ?? '')).toBeLessThan(Date.parse(publication?.at ?? ''));
  });

  test('that may write nothing any more says that our comment still stands there, and asks for a person', async () => {
    const archived = await stage().newAd();
    const shared = await stage().newAd();
    const untouched = await stage().newAd({ ad: { effective_status: 'ARCHIVED' } });
    const ends = [
      { seeded: archived, outcome: 'not-commentable', first: onlySurface(await stage().run(archived.ad)) },
      { seeded: shared, outcome: 'blocked', first: onlySurface(await stage().run(shared.ad)) },
    ];
    const updated_time = new Date().toISOString();
    await stage().sandbox.patch(archived.ad.adId, { effective_status: 'ARCHIVED', updated_time });
    await stage().sandbox.patch(shared.ad.adId, { special_ad_categories: ['HOUSING'], updated_time });
    for (const { seeded, outcome, first } of ends) {
      const end = await stage().run(seeded.ad);
      const says = expect.stringMatching(new RegExp(`.; our comment ${first.commentId} still stands there$`));
      expect(end).toMatchObject({ outcome, says });
      expect(onlySurface(end)).toMatchObject({ says, commentId: first.commentId, text: first.text, publishedNow: false });
      expect(describeRun(end)).toContain(`Comment \`${first.commentId}\``);
      expect(await needsHuman(seeded.ad)).toBe(true);
      await expectOneComment(stage(), seeded.postId, first.text);
    }
    const bare = onlySurface(await stage().run(untouched.ad));
    expect(bare).toMatchObject({ outcome: 'not-commentable', commentId: null, says: expect.not.stringContaining('our comment') });
    expect(await needsHuman(untouched.ad)).toBe(false);
  });

  test('adopts our comment when the ledger has lost it', async () => {
    const { ad, postId } = await stage().newAd();
    const first = onlySurface(await stage().run(ad));
    await forgetComment(postId);
    const end = await stage().run(ad);
    expect(onlySurface(end)).toMatchObject({ outcome: 'visible', commentId: first.commentId, publishedNow: false });
    await expectOneComment(stage(), postId, first.text);
    const story = await stage().story(ad);
    expect(story.attempts).toEqual([]);
    expect(story.publications).toMatchObject([{ commentId: first.commentId, origin: 'adopted' }]);
    expect(story.claims).toMatchObject([{ state: 'ours' }]);
    expect(story.plannedLooks).toHaveLength(2);
  });
});

describe.concurrent('a comment of the brand that stands there already', () => {
  const keyOf = (postId: string) => surfaceKey('brightloom', { platform: 'meta', surfaceId: postId });

  test('is adopted when it carries our key and was written by our app', async () => {
    const { ad, postId } = await stage().newAd();
    const message = `An older text of ours: https://www.brightloom.example/de-de/leinen?fcid=${keyOf(postId)}`;
    const commentId = await stage().sandbox.comment({ object_id: postId, message, application_id: '900100' });
    const end = await stage().run(ad);
    expect(onlySurface(end)).toMatchObject({ outcome: 'visible', commentId, publishedNow: false });
    await expectNoComment(stage(), postId);
    expect((await stage().story(ad)).publications).toMatchObject([{ commentId, origin: 'adopted', text: message }]);
  });

  test('covers the surface when a person wrote it by hand, and is neither adopted nor joined', async () => {
    const { ad, postId } = await stage().newAd();
    await stage().sandbox.comment({ object_id: postId, message: 'Hallo von uns!' });
    const end = await stage().run(ad);
    expect(end.outcome).toBe('covered-by-brand');
    await expectNoComment(stage(), postId);
    const story = await stage().story(ad);
    expect(story.attempts).toEqual([]);
    expect(story.publications).toEqual([]);
    expect(story.runs).toMatchObject([{ outcome: 'covered-by-brand' }]);
  });

  test('covers the surface when another tool copied our link', async () => {
    const { ad, postId } = await stage().newAd();
    const message = `https://www.brightloom.example/de-de/leinen?fcid=${keyOf(postId)}`;
    await stage().sandbox.comment({ object_id: postId, message, application_id: '111222' });
    expect((await stage().run(ad)).outcome).toBe('covered-by-brand');
    await expectNoComment(stage(), postId);
    expect((await stage().story(ad)).publications).toEqual([]);
  });

  test('is seen by the look before publishing, also when it came after the facts were judged', async () => {
    const { ad, mediaId } = await stage().newAd({ market: 'it-IT', on: ['instagram'], strangers: 1 });
    await stage().client.start(ad);
    await stage().waiting(ad, 'awaiting-approval');
    await stage().sandbox.comment({ object_id: mediaId, message: 'Ciao da noi!' });
    await stage().client.approve(ad, { by: 'Mara', why: 'fits' });
    expect((await stage().client.result(ad)).outcome).toBe('covered-by-brand');
    await expectNoComment(stage(), mediaId);
    const story = await stage().story(ad);
    expect(story.attempts).toEqual([]);
    expect(story.claims).toMatchObject([{ state: 'released' }]);
  });
});
