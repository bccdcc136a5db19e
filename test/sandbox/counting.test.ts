import { expect, test } from 'vitest';
import { AD, PAGE, POST, running, smallWorld } from './small-world.ts';

test('Calls are counted by endpoint and as Meta counts: ids and batch items one each, field expansion nothing', async () => {
  const { call } = await running();
  await call(`/v26.0/${AD}?fields=id,creative{id},adset{id},campaign{id}`);
  await call(`/v26.0/?ids=${AD},${PAGE}`);
  const batch = [
    { method: 'GET', relative_url: `v26.0/${AD}?fields=id` },
    { method: 'GET', relative_url: POST },
    { method: 'GET', relative_url: AD },
  ];
  await call('/v26.0/', { method: 'POST', form: { batch: JSON.stringify(batch) } });
  const report = await call('/control/calls');
  expect(JSON.parse(report.text)).toEqual({
    requests: 3,
    asMetaCounts: 6,
    tokensInUrl: 0,
    byEndpoint: {
      'GET /?ids=': { requests: 1, asMetaCounts: 2 },
      'GET /{ad}': { requests: 1, asMetaCounts: 3 },
      'GET /{post}': { requests: 0, asMetaCounts: 1 },
      'POST /': { requests: 1, asMetaCounts: 0 },
    },
  });
  await call('/control/calls', { method: 'DELETE' });
  expect((await call('/control/calls')).at('requests')).toBe(0);
});

test('A batch answers every item in order, as text, with its headers; an item may be null', async () => {
  const { call, arm } = await running();
  await arm({ match: { objectId: PAGE }, fault: 'null-item' });
  const batch = [AD, PAGE, '999'].map((id) => ({ method: 'GET', relative_url: `${id}?fields=id` }));
  const answer = await call('/v26.0/', { method: 'POST', form: { batch: JSON.stringify(batch) } });
  expect(answer.at(0, 'code')).toBe(200);
  expect(JSON.parse(String(answer.at(0, 'body')))).toEqual({ id: AD });
  expect(answer.at(0, 'headers')).toContainEqual({
    name: 'x-business-use-case-usage',
    value: expect.stringContaining('ads_management'),
  });
  expect(answer.at(1)).toBeNull();
  expect(answer.at(2, 'code')).toBe(400);
});

test('A batch of more than fifty is refused as a whole', async () => {
  const { call } = await running();
  const batch = Array.from({ length: 51 }, () => ({ method: 'GET', relative_url: AD }));
  const answer = await call('/v26.0/', { method: 'POST', form: { batch: JSON.stringify(batch) } });
  expect(answer.at('error', 'type')).toBe('GraphBatchException');
});

test('Usage headers are low by default and name whose limit was drawn on', async () => {
  const { call, pageToken } = await running();
  const ad = await call(`/v26.0/${AD}`);
  expect(JSON.parse(ad.headers.get('x-app-usage') ?? '')).toEqual({ call_count: 1, total_time: 1, total_cputime: 1 });
  const ofAd = JSON.parse(ad.headers.get('x-business-use-case-usage') ?? '');
  expect(ofAd['100200'][0]).toMatchObject({ type: 'ads_management', call_count: 1, estimated_time_to_regain_access: 0 });
  const post = await call(`/v26.0/${POST}`, { token: await pageToken() });
  expect(JSON.parse(post.headers.get('x-business-use-case-usage') ?? '')[PAGE][0].type).toBe('pages');
});

test('A world that says so lets usage grow with the calls until the bucket closes, and opens it again', async () => {
  const { call } = await running(smallWorld({ usage: { mode: 'growing', calls_to_full: 4, window_seconds: 600 } }));
  const percents = [];
  for (let n = 0; n < 4; n += 1) {
    const answer = await call(`/v26.0/${AD}`);
    percents.push(JSON.parse(answer.headers.get('x-business-use-case-usage') ?? '')['100200'][0].call_count);
  }
  expect(percents).toEqual([25, 50, 75, 100]);
  const closed = await call(`/v26.0/${AD}`);
  expect([closed.status, closed.at('error', 'code')]).toEqual([400, 80004]);
  const usage = JSON.parse(closed.headers.get('x-business-use-case-usage') ?? '')['100200'][0];
  expect(usage.estimated_time_to_regain_access).toBe(10);
  await call('/control/clock', { method: 'POST', json: { advanceSeconds: 601 } });
  expect((await call(`/v26.0/${AD}`)).status).toBe(200);
});
