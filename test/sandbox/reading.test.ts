import { expect, test } from 'vitest';
import { AD, MEDIA, PAGE, POST, running, smallWorld } from './small-world.ts';

test('Field expansion answers an ad with everything around it in one call', async () => {
  const { call } = await running();
  const fields = 'id,name,adset{id,targeting{geo_locations}},campaign{name},creative{effective_object_story_id,status}';
  const ad = await call(`/v26.0/${AD}?fields=${fields}`);
  expect(JSON.parse(ad.text)).toEqual({
    id: AD,
    name: 'Ad',
    adset: { id: '2381000001', targeting: { geo_locations: { countries: ['GB'] } } },
    campaign: { id: '2380000001', name: 'GB_PROSPECTING' },
    creative: { id: '2382000001', effective_object_story_id: POST, status: 'ACTIVE' },
  });
});

test('An edge inside the fields takes limit and summary', async () => {
  const { call, comment, pageToken } = await running();
  await comment('one');
  const token = await pageToken();
  const post = await call(`/v26.0/${POST}?fields=comments.limit(0).summary(true)`, { token });
  expect(post.at('comments')).toEqual({ data: [], summary: { order: 'ranked', total_count: 1, can_comment: true } });
  await call(`/control/objects/${POST}`, { method: 'PATCH', json: { comments_enabled: false } });
  const closed = await call(`/v26.0/${POST}?fields=comments.limit(0).summary(true)`, { token });
  expect(closed.at('comments', 'summary', 'can_comment')).toBe(false);
});

test.each([
  [`/v26.0/${AD}?fields=id,nonsense`, 'nonsense'],
  [`/v26.0/${AD}?fields=constructor`, 'constructor'],
  [`/v26.0/${AD}?fields=creative{effective_instagram_story_id}`, 'effective_instagram_story_id'],
])('A field that does not exist is refused by name: %s', async (path, field) => {
  const { call } = await running();
  const answer = await call(path);
  expect(answer.status).toBe(400);
  expect(answer.at('error', 'code')).toBe(100);
  expect(answer.at('error', 'message')).toContain(`nonexisting field (${field})`);
  expect(answer.at('error', 'fbtrace_id')).toMatch(/^A/);
});

test('Facebook and Instagram name the same things differently', async () => {
  const { call, comment, pageToken } = await running();
  const token = await pageToken();
  const onFacebook = await comment('words');
  const onInstagram = await comment('words', MEDIA);
  const facebook = await call(`/v26.0/${onFacebook}?fields=message,created_time,is_hidden,from,application`, { token });
  expect(facebook.at('message')).toBe('words');
  expect(facebook.at('created_time')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/);
  expect(facebook.at('from')).toEqual({ id: PAGE, name: 'Small UK' });
  expect(facebook.at('application', 'id')).toBe('900100');
  const instagram = await call(`/v26.0/${onInstagram}?fields=text,timestamp,hidden,username,from`, { token });
  expect(instagram.at('text')).toBe('words');
  expect(instagram.at('from')).toEqual({ id: '17840000001', username: 'small_uk' });
  expect((await call(`/v26.0/${onInstagram}?fields=message`, { token })).at('error', 'code')).toBe(100);
});

test('A node answers with its own id, however it was called', async () => {
  const { call } = await running(smallWorld({ posts: [{ id: POST, aliases: ['4000001_99'] }] }));
  expect((await call('/v26.0/4000001_99?fields=id')).at('id')).toBe(POST);
});

test('Several ids come back keyed, and one bad id fails the whole call', async () => {
  const { call } = await running();
  const both = await call(`/v26.0/?ids=${AD},${PAGE}&fields=id,name`);
  expect(both.at(PAGE, 'name')).toBe('Small UK');
  const bad = await call(`/v26.0/?ids=${AD},999&fields=id`);
  expect([bad.status, bad.at('error', 'code'), bad.at('error', 'error_subcode')]).toEqual([400, 100, 33]);
});

test('The post of a new creative is missing at first and there after its time', async () => {
  const creatives = [{ id: '2382000001', account_id: 'act_100200', effective_object_story_id: POST, appears_after_seconds: 4 }];
  const { call } = await running(smallWorld({ creatives }));
  const path = `/v26.0/${AD}?fields=creative{status,effective_object_story_id}`;
  expect((await call(path)).at('creative')).toEqual({ id: '2382000001', status: 'IN_PROCESS' });
  await call('/control/clock', { method: 'POST', json: { advanceSeconds: 3 } });
  expect((await call(path)).at('creative', 'status')).toBe('IN_PROCESS');
  await call('/control/clock', { method: 'POST', json: { advanceSeconds: 1 } });
  expect((await call(path)).at('creative', 'effective_object_story_id')).toBe(POST);
});

test('Insights are strings by day and placement, and nothing for an ad that has not delivered', async () => {
  const usual = { publisher_platform: 'facebook', platform_position: 'feed', impressions: 1000, clicks: 20, spend: 7.5 };
  const days = [
    { ...usual, date: '2026-11-18' },
    { ...usual, publisher_platform: 'instagram', date: '2026-11-18' },
    { ...usual, date: '2026-11-19' },
  ];
  const { call } = await running(
    smallWorld({ ads: [{ id: AD, name: 'Ad', adset_id: '2381000001', creative_id: '2382000001', delivery: { days } }] }),
  );
  const range = 'time_range={"since":"2026-11-17","until":"2026-11-19"}&fields=impressions,spend';
  const daily = await call(`/v26.0/${AD}/insights?${range}&time_increment=1&breakdowns=publisher_platform,platform_position`);
  expect(daily.at('data')).toHaveLength(3);
  expect(daily.at('data', 1)).toEqual({
    impressions: '1000',
    spend: '7.50',
    date_start: '2026-11-18',
    date_stop: '2026-11-18',
    publisher_platform: 'instagram',
    platform_position: 'feed',
  });
  const sum = await call(`/v26.0/${AD}/insights?${range}`);
  expect(sum.at('data')).toEqual([{ impressions: '3000', spend: '22.50', date_start: '2026-11-17', date_stop: '2026-11-19' }]);
  const idle = await running();
  expect((await idle.call(`/v26.0/${AD}/insights?${range}`)).text).toBe('{"data":[]}');
});

test('An account lists its ads newest first, archived ones only when asked, and refuses to list deleted ones', async () => {
  const ad = { adset_id: '2381000001', creative_id: '2382000001' };
  const ads = [
    { ...ad, id: '1', name: 'old', created_time: '9d ago' },
    { ...ad, id: '2', name: 'new', created_time: '1d ago' },
    { ...ad, id: '3', name: 'gone', effective_status: 'ARCHIVED' as const },
    { ...ad, id: '4', name: 'lost', effective_status: 'DELETED' as const },
  ];
  const { call } = await running(smallWorld({ ads }));
  const ids = async (query: string) =>
    ((await call(`/v26.0/act_100200/ads?${query}`)).at('data') as { id: string }[]).map(({ id }) => id);
  expect(await ids('fields=id')).toEqual(['2', '1']);
  expect(await ids('effective_status=["ARCHIVED"]')).toEqual(['3']);
  const refused = await call('/v26.0/act_100200/ads?effective_status=["ACTIVE","DELETED"]');
  expect(refused.status).toBe(400);
  expect(refused.at('error')).toMatchObject({ code: 100, error_subcode: 1815001 });
  expect((await call('/v26.0/4?fields=effective_status')).at('effective_status')).toBe('DELETED');
});
