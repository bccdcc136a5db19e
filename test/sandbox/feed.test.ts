import { expect, test } from 'vitest';
import { feedWorld, GERMAN, REELS, STORIES } from '../pages/feed-world.ts';
import { MEDIA, POST, running, smallWorld } from './small-world.ts';

test('The feed escapes whatever the world and the comments say', async () => {
  const script = '<script>alert("x")</script>';
  const pages = [{ id: '4000001', name: script, market: '"><img id=x>', instagram_business_account: '17840000001' }];
  const { call, comment } = await running(smallWorld({ pages, posts: [{ id: POST, message: script }] }));
  await comment(`${script} https://x.example/"onmouseover="alert(1)`);
  const page = await call('/feed');
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(page.text).not.toContain('<script>');
  expect(page.text).not.toContain('<img id');
  expect(page.text).not.toContain('"onmouseover=');
  expect(page.text).toContain('&lt;script&gt;');
});

test('Whoever opens the sandbox without a path lands on the feed', async () => {
  const { call } = await running();
  const page = await call('/');
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(page.text).toBe((await call('/feed')).text);
});

test('The feed asks nothing of any other host, and may not', async () => {
  const { call, comment } = await running();
  await comment('with a link https://www.brightloom.example/en-gb/waffle');
  for (const path of [
    '/feed',
    '/feed?ad=23850000001',
    '/feed/feed.css',
    '/feed/feed.js',
    '/feed/pictures/bed-plain-0-square.svg',
  ]) {
    const answer = await call(path);
    expect(answer.status).toBe(200);
    expect(answer.text).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    expect(answer.text).not.toMatch(/@import|url\(['"]?(?!#)/);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  }
});

test('A page that did not change is not sent again', async () => {
  const { call, comment, sandbox } = await running();
  const etag = (await call('/feed')).headers.get('etag') ?? '';
  const again = () => fetch(`${sandbox.url}/feed`, { headers: { 'if-none-match': etag } });
  expect((await again()).status).toBe(304);
  await comment('ours');
  expect((await again()).status).toBe(200);
});

test('Our comment carries its rank among those that people see, on each network', async () => {
  const liked = { object_id: POST, from: { id: '9', name: 'Stranger' }, message: 'liked', created_time: '9d ago', like_count: 3 };
  const { call, comment } = await running(smallWorld({ comments: [liked] }));
  await comment('ours');
  await comment('ours', MEDIA);
  expect((await call('/feed?placement=facebook')).text).toContain('<b>Visible</b> <span>place 2 of 2</span>');
  expect((await call('/feed?placement=instagram')).text).toContain('<b>Visible</b> <span>the only comment</span>');
});

test('A hidden comment is on no phone: only the operator reads it, beside the phone', async () => {
  const { call, comment } = await running(smallWorld({ posts: [{ id: POST, hide_new_comments: true }] }));
  await comment('nobody sees this');
  const { text } = await call('/feed?placement=facebook');
  expect(text).toContain('<b>Hidden</b>');
  expect(text).toContain('0 comments');
  expect(text.match(/nobody sees this/g)).toHaveLength(1);
  expect(text).toMatch(/Only we see this<\/p><blockquote[^>]*>nobody sees this/);
});

test('Two comments of ours under one post are said to be two', async () => {
  const { call, comment } = await running();
  await comment('ours');
  expect((await call('/feed')).text).not.toContain('of ours stand here');
  await comment('ours again');
  expect((await call('/feed')).text).toContain('2 of ours stand here');
});

test('Market, placement and state narrow the feed; what no view knows narrows nothing', async () => {
  const { call } = await running(feedWorld());
  const ads = async (query: string) =>
    [...(await call(`/feed${query}`)).text.matchAll(/<article [^>]*data-key="([\w-]+)"/g)].map(([, key]) => key);
  const all = await ads('');
  expect(all).toHaveLength(7);
  expect(await ads('?market=de-DE')).toHaveLength(4);
  expect(await ads('?market=xx-XX')).toEqual([]);
  expect(await ads('?placement=instagram/reels')).toEqual([`${REELS}-instagram`, '23850000001-instagram']);
  expect(await ads('?state=visible')).toEqual([]);
  expect(await ads('?state=loud&placement=print&page=-3&page=x&other=1')).toEqual(all);
  expect(await ads('?market=de-DE&market=en-GB')).toHaveLength(4);
});

test('Positions decide where an ad is met: those without a thread get words, never a phone', async () => {
  const { call } = await running(feedWorld());
  const stories = (await call(`/feed?ad=${STORIES}`)).text;
  expect(stories).not.toContain('class="phone ');
  expect(stories).toContain('Facebook stories, Instagram stories');
  const reels = (await call(`/feed?ad=${REELS}`)).text;
  expect(reels.match(/class="phone /g)).toHaveLength(1);
  expect(reels).toContain('aria-label="Phone: Instagram reels"');
});

test('An unknown ad and an unknown file are not found', async () => {
  const { call } = await running(feedWorld());
  expect((await call('/feed?ad=1')).status).toBe(404);
  expect((await call(`/feed?ad=${GERMAN}`)).status).toBe(200);
  for (const file of [
    'feed/none.css',
    'feed/..%2fserver.ts',
    'feed/pictures/bed-plain-9-square.svg',
    'feed/pictures/toString-plain-0-wide.svg',
  ]) {
    expect((await call(`/${file}`)).status).toBe(404);
  }
});

test('Looking at the feed starts no clock: an ad whose post comes later is not read by it', async () => {
  const seed = smallWorld();
  const creatives = (seed.creatives ?? []).map((creative) => ({ ...creative, appears_after_seconds: 60 }));
  const { call } = await running({ ...seed, creatives });
  expect((await call('/feed')).text).toContain('still making this post');
  await call('/control/clock', { method: 'POST', json: { advanceSeconds: 120 } });
  expect((await call('/feed')).text).toContain('still making this post');
  await call('/v26.0/23850000001?fields=creative{id,effective_object_story_id}');
  await call('/control/clock', { method: 'POST', json: { advanceSeconds: 120 } });
  expect((await call('/feed')).text).not.toContain('still making this post');
});

test('Ten thousand ads come page by page, each page small', async () => {
  const seed = feedWorld();
  const ads = Array.from({ length: 10_000 }, (_, index) => ({
    id: String(23_860_000_000 + index),
    name: `Ad ${index}`,
    adset_id: '2381000002',
    creative_id: index % 2 === 0 ? '2382000001' : '2382000002',
  }));
  const { call } = await running({ ...seed, ads });
  const first = await call('/feed');
  const cards = (text: string) => [...text.matchAll(/<article [^>]*data-key="([\w-]+)"/g)].map(([, key]) => key);
  expect(cards(first.text)).toHaveLength(72);
  expect(first.text.length).toBeLessThan(400_000);
  expect(first.text).toContain('Page 1 of 139');
  const next = /rel="next" href="([^"]+)"/.exec(first.text)?.[1] ?? '';
  const second = cards((await call(next)).text);
  expect(second).toHaveLength(72);
  expect(second.filter((key) => cards(first.text).includes(key))).toEqual([]);
  const last = await call('/feed?page=999999');
  expect(last.text).toContain('Page 139 of 139');
  expect(cards(last.text)).toHaveLength(64);
});

test('A very long thread is cut on the phone, with the number of those left out', async () => {
  const comments = Array.from({ length: 400 }, (_, index) => ({
    object_id: POST,
    from: { id: '9', name: 'S' },
    message: `said ${index}`,
  }));
  const { call } = await running(smallWorld({ comments }));
  const { text } = await call('/feed?placement=facebook/feed');
  expect(text).toContain('View all 400 comments');
  expect(text).toContain('and 370 more');
  expect(text.length).toBeLessThan(60_000);
});

test("An ad's button speaks the language of its market, and English where no words are known", async () => {
  const seed = feedWorld();
  const { call } = await running(seed);
  expect((await call(`/feed?ad=${GERMAN}`)).text).toContain('<em lang="de">Jetzt einkaufen</em>');
  expect((await call('/feed?ad=23850000001&placement=facebook')).text).toContain('<em lang="en">Shop now</em>');
  const creatives = (seed.creatives ?? []).map((creative) => ({
    ...creative,
    object_story_spec: { link_data: { link: 'https://www.brightloom.example/', call_to_action: { type: 'GET_QUOTE' } } },
  }));
  const other = await running(feedWorld({ creatives }));
  expect((await other.call(`/feed?ad=${GERMAN}`)).text).toContain('<em lang="en">Get quote</em>');
});

test('Both sides of an ad, and all ads on one post, are drawn in one colour', async () => {
  const seed = feedWorld();
  const own = seed.creatives ?? [];
  const creatives = [...own, ...own.slice(0, 1).map((first) => ({ ...first, id: '2382000099' }))];
  const again = { id: '23850000099', name: 'Again', adset_id: '2381000001', creative_id: '2382000099' };
  const { call } = await running(feedWorld({ creatives, ads: [...(seed.ads ?? []), again] }));
  const colours = async (ad: string) =>
    new Set([...(await call(`/feed?ad=${ad}`)).text.matchAll(/pictures\/\w+-\w+-(\d)-/g)].map(([, tint]) => tint));
  const both = await colours('23850000001');
  expect(both.size).toBe(1);
  expect(await colours('23850000099')).toEqual(both);
});
