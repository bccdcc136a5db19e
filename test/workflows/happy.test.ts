import { defineSearchAttributeKey } from '@temporalio/common';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { describe, expect, test } from 'vitest';
import { workflowIdOf } from '../../domain/ad.ts';
import { surfaceKey } from '../../domain/surface-key.ts';
import { expectNoComment, expectOneComment } from '../helpers/expectations.ts';
import { onlySurface, stageForThisFile } from '../helpers/stage.ts';

const stage = stageForThisFile();

describe.concurrent('an ad with a thread', () => {
  test('gets one comment on its Facebook post, verified, with the ledger telling the whole story', async () => {
    const { ad, postId } = await stage().newAd();
    const end = await stage().run(ad);
    expect(end).toMatchObject({ outcome: 'visible', marketId: 'de-DE', patternId: 'next-step', stage: 'baseline', wait: null });
    const surface = onlySurface(end);
    expect(surface).toMatchObject({ outcome: 'visible', publishedNow: true, rank: { rank: 1, of: 1 }, wait: null });
    expect(surface.link).toContain(`fcid=${surfaceKey('brightloom', { platform: 'meta', surfaceId: postId })}`);
    await expectOneComment(stage(), postId, surface.text);

    const story = await stage().story(ad);
    expect(story.runs).toMatchObject([{ outcome: 'visible', surfaces: [{ surfaceId: postId, outcome: 'visible' }] }]);
    expect(story.claims).toMatchObject([{ state: 'ours', epoch: 1 }]);
    const { commentId } = surface;
    expect(story.attempts).toMatchObject([{ n: 1, text: surface.text, result: { kind: 'accepted', commentId } }]);
    expect(story.attempts[0]?.records.map(({ by }) => by).sort()).toEqual(['activity', 'workflow']);
    expect(story.publications).toMatchObject([{ commentId, origin: 'accepted', text: surface.text }]);
    expect(story.visibility).toMatchObject([{ commentId, visible: true, rank: 1 }]);
    expect(story.plannedLooks).toHaveLength(2);
    expect(story.baselines).toMatchObject([
      { surfaces: [{ surfaceId: postId, utm: { source: 'facebook', campaign: 'first-comment-de-de' } }] },
    ]);
    expect(story.waiting).toEqual([]);
  });

  test('gets one comment on each of its two surfaces, each with its own text', async () => {
    const { ad, postId, mediaId } = await stage().newAd({ market: 'en-GB', on: ['facebook', 'instagram'] });
    const end = await stage().run(ad);
    expect(end.outcome).toBe('visible');
    const [post, media] = end.surfaces;
    expect(post).toMatchObject({ surface: { kind: 'facebook-post' }, outcome: 'visible' });
    expect(media).toMatchObject({ surface: { kind: 'instagram-media' }, outcome: 'visible', link: null });
    await expectOneComment(stage(), postId, post?.text ?? null);
    await expectOneComment(stage(), mediaId, media?.text ?? null);
    const [written] = await stage().sandbox.writes(mediaId);
    expect(written).toMatchObject({ authorId: '17840000001', adId: ad.adId });
    const story = await stage().story(ad);
    expect(story.publications).toHaveLength(2);
    expect(story.baselines).toHaveLength(1);
    expect(story.baselines[0]?.surfaces).toHaveLength(2);
  });

  test('gets its Facebook comment although its Instagram side is bad', async () => {
    const wish = { market: 'es-ES', on: ['facebook', 'instagram'], media: { comments_enabled: false } } as const;
    const { ad, postId, mediaId } = await stage().newAd(wish);
    const end = await stage().run(ad);
    expect(end.outcome).toBe('not-commentable');
    expect(end.surfaces).toMatchObject([{ outcome: 'visible' }, { outcome: 'not-commentable' }]);
    await expectOneComment(stage(), postId, end.surfaces[0]?.text ?? null);
    await expectNoComment(stage(), mediaId);
    const { runs, attempts } = await stage().story(ad);
    expect(runs).toMatchObject([{ outcome: 'not-commentable' }]);
    expect(attempts).toMatchObject([{ surfaceId: postId }]);
  });

  test('shares one comment with another ad on the same post that is started at the same time', async () => {
    const first = await stage().newAd({ market: 'fr-FR' });
    const second = await stage().newAd({ market: 'fr-FR', samePostAs: first });
    const ends = await Promise.all([stage().run(first.ad), stage().run(second.ad)]);
    expect(ends.map(({ outcome }) => outcome).sort()).toEqual(['covered', 'visible']);
    const [one, other] = ends.map(onlySurface);
    expect(one?.commentId).toBe(other?.commentId);
    await expectOneComment(stage(), first.postId, one?.text ?? null);
    const { attempts, publications, baselines } = await stage().story(first.ad);
    expect(attempts).toHaveLength(1);
    expect(publications).toHaveLength(1);
    expect(baselines).toHaveLength(1);
    expect((await stage().story(second.ad)).baselines).toHaveLength(1);
  });
});

describe('at its end a run', () => {
  test('can be found by its search attributes and read in its details', async () => {
    const { ad, postId } = await stage().newAd({ market: 'pt-PT' });
    const end = await stage().run(ad);
    const handle = stage().temporal.workflow.getHandle(workflowIdOf(ad));
    const { typedSearchAttributes: attributes, status } = await handle.describe();
    expect(status.name).toBe('COMPLETED');
    const keyword = (name: string) => attributes.get(defineSearchAttributeKey(name, 'KEYWORD'));
    const names = ['FcPlatform', 'FcAccount', 'FcAd', 'FcMarket', 'FcStage', 'FcOutcome', 'FcWaiting', 'FcBackfill'];
    expect(Object.fromEntries(names.map((name) => [name, keyword(name)]))).toEqual({
      FcPlatform: 'meta',
      FcAccount: 'act_100200',
      FcAd: ad.adId,
      FcMarket: 'pt-PT',
      FcStage: 'baseline',
      FcOutcome: 'visible',
      FcWaiting: undefined,
      FcBackfill: 'no',
    });
    expect(attributes.get(defineSearchAttributeKey('FcSurfaces', 'KEYWORD_LIST'))).toEqual([postId]);
    expect(attributes.get(defineSearchAttributeKey('FcNeedsHuman', 'BOOL'))).toBe(false);

    const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
    for (const part of ['## visible', `meta/act_100200/${ad.adId}`, '| market | pt-PT |', onlySurface(end).commentId ?? '-'])
      expect(currentDetails).toContain(part);
  });

  test('has left no token in its history', async () => {
    const { ad } = await stage().newAd();
    await stage().run(ad);
    const history = await stage().temporal.workflow.getHandle(workflowIdOf(ad)).fetchHistory();
    const payloads = [...historyToJSON(history).matchAll(/"data": ?"([^"]+)"/g)].map(([, data]) =>
      Buffer.from(data ?? '', 'base64').toString(),
    );
    expect(payloads.join('\n')).toContain('next-step');
    expect(payloads.join('\n')).not.toMatch(/EAA|app-secret-of-the-tests/);
  });
});
