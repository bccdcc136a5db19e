import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { requestProblems } from './judge.ts';
import { officialSdkAt, proofOf, type SdkCursor, type Speak } from './official-sdk.ts';
import { oracleFor } from './oracle.ts';
import type { Exchange } from './recorder.ts';
import { MEDIA, POST, recordedSandbox, SECRETS, WORLD } from './world.ts';

const WITHOUT_PROOF = { ...WORLD, app: { ...WORLD.app, require_appsecret_proof: false } };
const GUIDE = readFileSync(join(import.meta.dirname, '../../docs/testing.md'), 'utf8');
const oracle = oracleFor('official-sdk');

/** `GET v24.0 AdAccount/ads`, each once, in the order in which they were first made. */
const callsIn = (exchanges: readonly Exchange[]) => [
  ...new Set(
    exchanges.map(
      ({ method, version, className, endpoint }) => `${method} ${version} ${className}${endpoint.replace(/^\/$/, '')}`,
    ),
  ),
];

/** Turns all pages, by the addresses that the answers themselves name. */
async function allPages(first: SdkCursor): Promise<readonly string[]> {
  const ids = first.map(({ id }) => id);
  for (let cursor = first; cursor.hasNext(); ) {
    cursor = await cursor.next();
    ids.push(...cursor.map(({ id }) => id));
  }
  return ids;
}

async function pageTokenOf(speak: Speak, pageId: string): Promise<string> {
  return String((await speak('Page', pageId).get(['name', 'access_token'])).access_token);
}

const CALLS = [
  'GET v24.0 AdAccount/ads',
  'GET v24.0 Ad',
  'GET v24.0 AdCreative',
  'GET v24.0 Page',
  'GET v24.0 PagePost',
  'GET v24.0 PagePost/comments',
  'POST v24.0 PagePost/comments',
  'GET v24.0 Comment',
  'POST v24.0 Comment',
  'DELETE v24.0 Comment',
  'GET v24.0 IGMedia',
  'GET v24.0 IGMedia/comments',
  'POST v24.0 IGMedia/comments',
  'GET v24.0 IGComment',
  'POST v24.0 IGComment',
  'DELETE v24.0 IGComment',
];

it("Meta's own SDK lists ads, reads down to the post, and writes, hides and deletes a comment on both networks", async () => {
  const { url, sandboxUrl, exchanges } = await recordedSandbox(WITHOUT_PROOF);
  const speak = officialSdkAt(url);

  const ads = await speak('AdAccount', 'act_100200').getAds(['id', 'name', 'effective_status'], {
    effective_status: ['ACTIVE', 'PAUSED'],
    limit: 4,
  });
  const ids = await allPages(ads);
  expect(ids).toContain(POST.adId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(4);

  const ad = await speak('Ad', POST.adId).get(['name', 'creative']);
  const creative = await speak('AdCreative', (ad.creative as { id: string }).id).get(['effective_object_story_id', 'status']);
  expect(creative.effective_object_story_id).toBe(POST.surfaceId);

  const asPage = await pageTokenOf(speak, POST.pageId);
  const post = speak('PagePost', POST.surfaceId, asPage);
  expect(await post.get(['message', 'permalink_url', 'is_published'])).toMatchObject({ id: POST.surfaceId });
  const before = await allPages(await post.getComments(['id', 'message'], { order: 'reverse_chronological', limit: 1 }));
  const { id } = await post.createComment([], { message: 'Woven in Portugal.' });
  const after = await post.getComments(['id', 'message'], { order: 'reverse_chronological', limit: 1 });
  expect(await allPages(after)).toEqual([id, ...before]);
  const comment = speak('Comment', id, asPage);
  expect(await comment.get(['message', 'is_hidden', 'from'])).toMatchObject({ message: 'Woven in Portugal.', is_hidden: false });
  expect(await comment.update([], { is_hidden: true })).toEqual({ success: true });
  // An object that was read before sends no parameters of its own when it is deleted; a fresh one would send its id.
  const hidden = await speak('Comment', id, asPage).get(['is_hidden']);
  expect(hidden).toMatchObject({ is_hidden: true });
  expect(await hidden.delete([])).toEqual({ success: true });
  expect(await allPages(await post.getComments(['id']))).not.toContain(id);

  const asOther = await pageTokenOf(speak, MEDIA.pageId);
  const media = speak('IGMedia', MEDIA.surfaceId, asOther);
  expect(await media.get(['media_product_type', 'permalink'])).toMatchObject({ id: MEDIA.surfaceId });
  const others = await allPages(await media.getComments(['id', 'text'], { limit: 1 }));
  const written = await media.createComment([], { message: 'Lino.', ad_id: MEDIA.adId });
  expect(await allPages(await media.getComments(['id', 'text'], { limit: 1 }))).toEqual([written.id, ...others]);
  const ours = await speak('IGComment', written.id, asOther).get(['text', 'hidden']);
  expect(ours).toMatchObject({ text: 'Lino.', hidden: false });
  expect(await ours.update([], { hide: true, ad_id: MEDIA.adId })).toEqual({ success: true });
  expect(await ours.get(['hidden'])).toMatchObject({ hidden: true });
  expect(await ours.delete([], { ad_id: MEDIA.adId })).toEqual({ success: true });

  expect(exchanges.filter(({ status }) => status !== 200)).toEqual([]);
  expect([...callsIn(exchanges)].sort()).toEqual([...CALLS].sort());
  expect(exchanges.flatMap((exchange) => requestProblems(oracle, exchange))).toEqual([]);
  const { tokensInUrl } = (await (await fetch(`${sandboxUrl}/control/calls`)).json()) as { tokensInUrl: number };
  expect(tokensInUrl).toBe(exchanges.length);
});

it("Meta's own SDK must bring the proof where the app requires it", async () => {
  const { url, exchanges } = await recordedSandbox();
  const speak = officialSdkAt(url);
  await expect(speak('Ad', POST.adId).get(['name'])).rejects.toMatchObject({
    status: 400,
    response: { code: 100, message: expect.stringContaining('appsecret_proof') },
  });
  const signed = { appsecret_proof: proofOf(SECRETS.systemUserToken) };
  expect(await speak('Ad', POST.adId).get(['name'], signed)).toMatchObject({ id: POST.adId });
  // The address of the next page carries the token but no proof, so pages are turned by cursor.
  const page = await speak('AdAccount', 'act_100200').getAds(['id'], { limit: 3, ...signed });
  const { after } = page.paging.cursors;
  await expect(page.next()).rejects.toMatchObject({ response: { code: 100 } });
  const second = await speak('AdAccount', 'act_100200').getAds(['id'], { limit: 3, after, ...signed });
  expect(second).toHaveLength(3);
  expect(exchanges.flatMap((exchange) => requestProblems(oracle, exchange))).toEqual([]);
});

it('needs every line of beyond.ts that stands there for it', () => {
  expect(oracle.idleLines()).toEqual([]);
});

it('The calls are listed in docs/testing.md', () => {
  expect(CALLS.filter((call) => !GUIDE.includes(`\`${call}\``))).toEqual([]);
});
