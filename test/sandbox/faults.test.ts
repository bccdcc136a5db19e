import { expect, test } from 'vitest';
import { AD, POST, running } from './small-world.ts';

const ON_COMMENTS = { method: 'POST', path: '/comments$' };

/** Arms a fault, posts one comment into it, and says what the caller saw and whether the comment stands. */
async function postInto(fault: Record<string, unknown>) {
  const sandboxed = await running();
  const token = await sandboxed.pageToken();
  await sandboxed.arm({ match: ON_COMMENTS, ...fault });
  const post = () => sandboxed.call(`/v26.0/${POST}/comments`, { method: 'POST', form: { message: 'x' }, token });
  const seen = await post().then(
    (answer) => answer,
    () => 'cut' as const,
  );
  return { ...sandboxed, seen, post, stands: await sandboxed.standing() };
}

test.each([
  ['cut-before', {}, 0],
  ['cut-after', {}, 1],
  ['hang-before', { ms: 20 }, 0],
  ['hang-after', { ms: 20 }, 1],
])('%s: the connection dies, and %j leaves %i comments', async (fault, more, stands) => {
  const result = await postInto({ fault, ...more });
  expect(result.seen).toBe('cut');
  expect(result.stands).toBe(stands);
});

test.each([
  ['http-500-before', {}, 500, 0],
  ['http-500-after', { status: 503 }, 503, 1],
  ['html-502', {}, 502, 0],
  ['html-502', { acts: true }, 502, 1],
  ['delay', { ms: 10 }, 200, 1],
  ['error', { code: 2 }, 400, 0],
  ['error-after', { code: 1, httpStatus: 500 }, 500, 1],
  ['ok-with-error-body', {}, 200, 0],
  ['malformed-usage-header', {}, 200, 1],
  ['bad-shape', {}, 200, 1],
])('%s %j: the caller sees HTTP %i, and %i comments stand', async (fault, more, status, stands) => {
  const result = await postInto({ fault, ...more });
  expect(result.seen).toMatchObject({ status });
  expect(result.stands).toBe(stands);
});

test('late-apply answers now and acts later', async () => {
  const started = Date.now();
  const { seen, standing, call } = await postInto({ fault: 'late-apply', ms: 200, answer: 'http-500' });
  expect(seen).toMatchObject({ status: 500 });
  await expect.poll(() => standing(), { timeout: 120_000 }).toBe(1);
  const landed = Date.parse(String((await call('/control/writes')).at('writes', 0, 'at')));
  expect(landed).toBeGreaterThanOrEqual(started + 190);
});

test('An ordered error says exactly what was ordered, with its usage headers', async () => {
  const usage = { call_count: 100, estimated_time_to_regain_access: 17 };
  const { seen } = await postInto({
    fault: 'error',
    code: 80001,
    subcode: 2494055,
    message: 'There have been too many calls',
    usage,
  });
  if (seen === 'cut') throw new Error('expected an answer');
  expect(seen.at('error')).toMatchObject({
    code: 80001,
    error_subcode: 2494055,
    message: '(#80001) There have been too many calls',
  });
  const header = JSON.parse(seen.headers.get('x-business-use-case-usage') ?? '');
  expect(header['4000001'][0]).toMatchObject({ type: 'pages', call_count: 100, estimated_time_to_regain_access: 17 });
});

test('A broken usage header is no JSON, a bad shape no Graph answer, and an error body may come with 200', async () => {
  const broken = await postInto({ fault: 'malformed-usage-header' });
  if (broken.seen === 'cut') throw new Error('expected an answer');
  expect(() => JSON.parse(broken.seen === 'cut' ? '' : (broken.seen.headers.get('x-app-usage') ?? ''))).toThrow();
  const shapeless = await postInto({ fault: 'bad-shape', body: { id: 17 } });
  expect(shapeless.seen).toMatchObject({ text: '{"id":17}' });
  const error = await postInto({ fault: 'ok-with-error-body' });
  expect(error.seen === 'cut' ? undefined : error.seen.at('error', 'code')).toBe(1);
});

test('usage puts the ordered numbers on an otherwise sound answer', async () => {
  const { seen, stands } = await postInto({ fault: 'usage', usage: { call_count: 92 } });
  if (seen === 'cut') throw new Error('expected an answer');
  expect(JSON.parse(seen.headers.get('x-business-use-case-usage') ?? '')['4000001'][0].call_count).toBe(92);
  expect(stands).toBe(1);
});

test('A fault meets as many fitting calls as it was given, after those it skips, and no others', async () => {
  const { arm, call } = await running();
  await arm({ match: { endpoint: 'GET /{ad}' }, times: 2, skip: 1, fault: 'http-500-before' });
  expect((await call('/v26.0/act_100200')).status).toBe(200);
  const statuses = [];
  for (let n = 0; n < 4; n += 1) statuses.push((await call(`/v26.0/${AD}`)).status);
  expect(statuses).toEqual([200, 500, 500, 200]);
});

test('Faults can be cleared, and one that does not parse is refused with the reason', async () => {
  const { arm, call } = await running();
  await arm({ match: { objectId: AD }, times: 5, fault: 'html-502' });
  await call('/control/faults', { method: 'DELETE' });
  expect((await call(`/v26.0/${AD}`)).status).toBe(200);
  const refused = await arm({ fault: 'meteor' });
  expect(refused.status).toBe(400);
  expect(refused.at('problem')).toContain('fault');
  expect((await arm({ fault: 'cut-after', match: { path: '(' } })).status).toBe(400);
});
