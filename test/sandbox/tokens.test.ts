import { expect, test } from 'vitest';
import { AD, MEDIA, PAGE, POST, proofOf, running, SECRETS, smallWorld } from './small-world.ts';

const APP = { id: '900100', require_appsecret_proof: true };

test('A token that nobody knows is refused with 190/467, HTTP 400 and a challenge', async () => {
  const { call } = await running();
  const answer = await call(`/v26.0/${AD}`, { token: 'nobody-knows-this-token' });
  expect([answer.status, answer.at('error', 'code'), answer.at('error', 'error_subcode')]).toEqual([400, 190, 467]);
  expect(answer.headers.get('www-authenticate')).toContain('invalid_token');
  expect(answer.text).not.toContain('nobody-knows-this-token');
});

test('A call without a token is refused', async () => {
  const { call } = await running();
  expect((await call(`/v26.0/${AD}`, { token: '' })).at('error', 'code')).toBe(104);
});

test('A token in the query works like one in the header, and is counted', async () => {
  const { call } = await running();
  expect((await call(`/v26.0/${AD}?access_token=${SECRETS.systemUserToken}`, { token: '' })).status).toBe(200);
  expect((await call('/control/calls')).at('tokensInUrl')).toBe(1);
});

test('An app that requires the proof refuses calls without it or with a wrong one', async () => {
  const { call } = await running(smallWorld({ app: APP }));
  const code = async (proof?: string) => (await call(`/v26.0/${AD}`, proof ? { proof } : {})).at('error', 'code');
  expect(await code()).toBe(100);
  expect(await code('00')).toBe(100);
  expect(await code(proofOf('another token'))).toBe(100);
  expect(await code(proofOf(SECRETS.systemUserToken))).toBeUndefined();
});

test('A dead system user token takes its Page tokens with it, and both work again when it is mended', async () => {
  const { call, pageToken } = await running();
  const token = await pageToken();
  const kill = (invalid_subcode: number | null) =>
    call('/control/tokens/system-user', { method: 'PATCH', json: { invalid_subcode } });
  await kill(463);
  expect((await call(`/v26.0/${AD}`)).at('error', 'error_subcode')).toBe(463);
  expect((await call(`/v26.0/${POST}`, { token })).at('error', 'error_subcode')).toBe(463);
  await kill(null);
  expect((await call(`/v26.0/${POST}`, { token })).status).toBe(200);
});

test('Only the Page itself comments: a user token is refused, and sees an empty thread', async () => {
  const { call, comment, standing } = await running();
  await comment('by the Page');
  const refused = await call(`/v26.0/${POST}/comments`, { method: 'POST', form: { message: 'x' } });
  expect([refused.status, refused.at('error', 'code')]).toEqual([403, 200]);
  expect((await call(`/v26.0/${POST}/comments`)).at('data')).toEqual([]);
  expect(await standing()).toBe(1);
});

test("Another Page's token cannot even see the post", async () => {
  const pages = [
    { id: PAGE, name: 'Small UK', instagram_business_account: '17840000001' },
    { id: '4000002', name: 'Small DE' },
  ];
  const { call, pageToken } = await running(smallWorld({ pages }));
  const token = await pageToken('4000002');
  expect(token).not.toBe(await pageToken());
  const answer = await call(`/v26.0/${POST}/comments`, { method: 'POST', form: { message: 'x' }, token });
  expect([answer.at('error', 'code'), answer.at('error', 'error_subcode')]).toEqual([100, 33]);
});

test.each([
  ['pages_manage_engagement', POST, 200],
  ['pages_read_engagement', POST, 10],
  ['instagram_manage_comments', MEDIA, 10],
])('Without the scope %s nobody comments on %s', async (scope, surface, code) => {
  const { call, pageToken, standing } = await running();
  const token = await pageToken();
  const scopes = ['ads_read', 'pages_read_engagement', 'pages_manage_engagement', 'instagram_basic', 'instagram_manage_comments'];
  const json = { scopes: scopes.filter((each) => each !== scope) };
  await call('/control/tokens/system-user', { method: 'PATCH', json });
  const answer = await call(`/v26.0/${surface}/comments`, { method: 'POST', form: { message: 'x' }, token });
  expect([answer.status, answer.at('error', 'code')]).toEqual([403, code]);
  expect(await standing(surface)).toBe(0);
});

test('A missing task on the Page refuses the comment, a lost role kills the Page token', async () => {
  const { call, pageToken } = await running();
  const token = await pageToken();
  const patch = (pages: unknown) => call('/control/tokens/system-user', { method: 'PATCH', json: { pages } });
  await patch([{ id: PAGE, tasks: ['MODERATE'] }]);
  const refused = await call(`/v26.0/${POST}/comments`, { method: 'POST', form: { message: 'x' }, token });
  expect(refused.at('error', 'code')).toBe(200);
  expect(refused.at('error', 'message')).toContain('CREATE_CONTENT');
  await patch([]);
  expect((await call(`/v26.0/${POST}`, { token })).at('error', 'error_subcode')).toBe(492);
});

test('A foreign ad account and its ads are out of reach', async () => {
  const { call } = await running(smallWorld({ system_user: { id: '700100', ad_accounts: [] } }));
  expect((await call('/v26.0/act_100200')).at('error', 'code')).toBe(200);
  expect((await call(`/v26.0/${AD}`)).at('error', 'error_subcode')).toBe(33);
});

test("Another app's token writes under its own application, and our proof does not fit it", async () => {
  const other = { name: 'agency', token: 'another-app-token', user_id: '700200', app_id: '900200' };
  const { call } = await running(smallWorld({ app: APP, other_tokens: [other] }));
  const proof = proofOf(other.token);
  expect((await call(`/v26.0/${AD}`, { token: other.token, proof })).at('error', 'code')).toBe(100);
  const token = String((await call(`/v26.0/${PAGE}?fields=access_token`, { token: other.token })).at('access_token'));
  await call(`/v26.0/${POST}/comments`, { method: 'POST', form: { message: 'theirs' }, token });
  expect((await call('/control/writes')).at('writes', 0, 'applicationId')).toBe('900200');
  expect((await call('/control/truth')).at('surfaces', 0, 'ours')).toBe(0);
});

test('debug_token tells a live token from a dead one, and whose it is', async () => {
  const { call, pageToken } = await running();
  const token = await pageToken();
  const debug = (input: string) => call(`/v26.0/debug_token?input_token=${input}`, { token: `900100|${SECRETS.appSecret}` });
  expect((await debug(token)).at('data')).toMatchObject({ is_valid: true, type: 'PAGE', profile_id: PAGE, app_id: '900100' });
  await call('/control/tokens/system-user', { method: 'PATCH', json: { invalid_subcode: 460 } });
  expect((await debug(token)).at('data')).toMatchObject({ is_valid: false, error: { subcode: 460 } });
});

test('The Pages of a system user are listed with their tokens', async () => {
  const { call, pageToken } = await running();
  const accounts = await call('/v26.0/me/accounts');
  expect(accounts.at('data', 0)).toMatchObject({ id: PAGE, access_token: await pageToken() });
  expect((await call('/v26.0/700100/assigned_pages')).at('data', 0, 'id')).toBe(PAGE);
});
