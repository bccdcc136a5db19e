import { expect, test } from 'vitest';
import { AD, MEDIA, POST, proofOf, running, smallWorld } from './small-world.ts';

type Sandboxed = Awaited<ReturnType<typeof running>>;

/** Follows `next` as a careful client does and gives the ids of every page. */
async function pages({ call, pageToken, sandbox }: Sandboxed, path: string): Promise<string[][]> {
  const token = await pageToken();
  const found: string[][] = [];
  for (let next: string | undefined = path; next !== undefined; ) {
    const page = await call(next.replace(sandbox.url, ''), { token });
    found.push((page.at('data') as { id: string }[]).map(({ id }) => id));
    next = page.at('paging', 'next') as string | undefined;
  }
  return found;
}

test('A list is paged by cursor, and an empty page in between still has a next', async () => {
  const world = smallWorld({ posts: [{ id: POST, empty_pages: 2, empty_pages_at: 'after-first' }] });
  const sandboxed = await running(world);
  const ids = [];
  for (const word of ['a', 'b', 'c']) ids.push(await sandboxed.comment(word));
  const found = await pages(sandboxed, `/v26.0/${POST}/comments?order=chronological&limit=2`);
  expect(found).toEqual([ids.slice(0, 2), [], [], ids.slice(2)]);
});

test('A list may begin with an empty page', async () => {
  const world = smallWorld({ posts: [{ id: POST, empty_pages: 1, empty_pages_at: 'start' }] });
  const sandboxed = await running(world);
  const id = await sandboxed.comment('there');
  expect(await pages(sandboxed, `/v26.0/${POST}/comments?order=chronological`)).toEqual([[], [id]]);
});

test('The next page carries the token, as on the real platform, and never the proof', async () => {
  const { call, comment, pageToken } = await running();
  await comment('a');
  await comment('b');
  const token = await pageToken();
  const next = String((await call(`/v26.0/${POST}/comments?limit=1`, { token, proof: proofOf(token) })).at('paging', 'next'));
  expect(new URL(next).searchParams.get('access_token')).toBe(token);
  expect(next).not.toContain('appsecret_proof');
});

test('A comment that arrives between two pages shifts none of the rest', async () => {
  const sandboxed = await running();
  const [first, second] = [await sandboxed.comment('1'), await sandboxed.comment('2')];
  const token = await sandboxed.pageToken();
  const path = `/v26.0/${POST}/comments?order=reverse_chronological&limit=1`;
  const page = await sandboxed.call(path, { token });
  expect(page.at('data', 0, 'id')).toBe(second);
  await sandboxed.comment('3');
  const next = await sandboxed.call(`${path}&after=${page.at('paging', 'cursors', 'after')}`, { token });
  expect(next.at('data', 0, 'id')).toBe(first);
});

test('A hidden comment leaves the default list of Facebook but not the unfiltered one, and leaves the list of Instagram', async () => {
  const posts = [{ id: POST, hide_new_comments: true }];
  const media = [{ id: MEDIA, instagram_account_id: '17840000001', hide_new_comments: true }];
  const { call, comment, pageToken } = await running(smallWorld({ posts, media }));
  const token = await pageToken();
  const id = await comment('unseen');
  const onInstagram = await comment('unseen', MEDIA);
  expect((await call(`/v26.0/${id}?fields=is_hidden`, { token })).at('is_hidden')).toBe(true);
  expect((await call(`/v26.0/${POST}/comments`, { token })).at('data')).toEqual([]);
  expect((await call(`/v26.0/${POST}/comments?filter=stream`, { token })).at('data', 0, 'id')).toBe(id);
  expect((await call(`/v26.0/${MEDIA}/comments`, { token })).at('data')).toEqual([]);
  expect((await call(`/v26.0/${onInstagram}?fields=hidden`, { token })).at('hidden')).toBe(true);
});

test('A comment can be hidden some seconds after it was written', async () => {
  const { call, comment, pageToken } = await running(smallWorld({ posts: [{ id: POST, hide_after_seconds: 5 }] }));
  const token = await pageToken();
  const id = await comment('seen for a while');
  expect((await call(`/v26.0/${id}?fields=is_hidden`, { token })).at('is_hidden')).toBe(false);
  await call('/control/clock', { method: 'POST', json: { advanceSeconds: 6 } });
  expect((await call(`/v26.0/${id}?fields=is_hidden`, { token })).at('is_hidden')).toBe(true);
});

test('A new comment is readable by id before it is listed', async () => {
  const { call, comment, pageToken } = await running(smallWorld({ posts: [{ id: POST, list_lag_seconds: 20 }] }));
  const token = await pageToken();
  const id = await comment('late in the list');
  const path = `/v26.0/${POST}/comments?order=reverse_chronological`;
  expect((await call(`/v26.0/${id}`, { token })).at('id')).toBe(id);
  expect((await call(path, { token })).at('data')).toEqual([]);
  await call('/control/clock', { method: 'POST', json: { advanceSeconds: 20 } });
  expect((await call(path, { token })).at('data', 0, 'id')).toBe(id);
});

test('The default order of Facebook puts what people liked first', async () => {
  const liked = { object_id: POST, from: { id: '9', name: 'S' }, message: 'liked', created_time: '9d ago', like_count: 3 };
  const { call, comment, pageToken } = await running(smallWorld({ comments: [liked] }));
  const id = await comment('ours');
  const list = (await call(`/v26.0/${POST}/comments?fields=message`, { token: await pageToken() })).at('data') as {
    id: string;
  }[];
  expect(list.map((entry) => entry.id).indexOf(id)).toBe(1);
});

test('The default order of Facebook counts a reply as two likes', async () => {
  const from = { id: '9', name: 'Stranger' };
  const comments = [
    { id: `${POST.split('_')[1]}_1`, object_id: POST, from, message: 'answered', created_time: '9d ago' },
    { object_id: POST, from, message: 'liked', created_time: '3d ago', like_count: 3 },
    ...['yes', 'no'].map((message) => ({ object_id: POST, from, message, replies_to: `${POST.split('_')[1]}_1` })),
  ];
  const { call, pageToken } = await running(smallWorld({ comments }));
  const list = await call(`/v26.0/${POST}/comments?fields=message`, { token: await pageToken() });
  expect((list.at('data') as { message: string }[]).map(({ message }) => message)).toEqual(['answered', 'liked']);
});

test.each([
  ['506', 506, undefined],
  ['368', 368, 1390008],
] as const)('A second identical comment can be refused with %s', async (policy, code, subcode) => {
  const { call, comment, pageToken, standing } = await running(smallWorld({ posts: [{ id: POST, duplicate_policy: policy }] }));
  await comment('the same');
  const form = { message: 'the same' };
  const again = await call(`/v26.0/${POST}/comments`, { method: 'POST', form, token: await pageToken() });
  expect([again.at('error', 'code'), again.at('error', 'error_subcode')]).toEqual([code, subcode]);
  expect(await standing()).toBe(1);
});

test('Without such a policy the same call twice makes two comments', async () => {
  const { comment, standing } = await running();
  expect(await comment('the same')).not.toBe(await comment('the same'));
  expect(await standing()).toBe(2);
});

test('Comments that are switched off, and an Instagram media that wants its ad, refuse a comment', async () => {
  const media = [{ id: MEDIA, instagram_account_id: '17840000001', requires_ad_id: true }];
  const { call, pageToken, standing } = await running(smallWorld({ posts: [{ id: POST, comments_enabled: false }], media }));
  const token = await pageToken();
  const post = (surface: string, form: Record<string, string>) =>
    call(`/v26.0/${surface}/comments`, { method: 'POST', form, token });
  expect((await post(POST, { message: 'x' })).at('error', 'code')).toBe(100);
  expect((await post(MEDIA, { message: 'x' })).at('error', 'error_subcode')).toBe(33);
  expect((await post(MEDIA, { message: 'x', ad_id: '5' })).at('error', 'code')).toBe(100);
  expect((await post(MEDIA, { message: 'x', ad_id: AD })).status).toBe(200);
  expect([await standing(POST), await standing(MEDIA)]).toEqual([0, 1]);
});

test('Facebook edits and hides, Instagram hides only, both delete', async () => {
  const { call, comment, pageToken } = await running();
  const token = await pageToken();
  const facebook = await comment('before');
  const instagram = await comment('before', MEDIA);
  const post = (id: string, form: Record<string, string>) => call(`/v26.0/${id}`, { method: 'POST', form, token });
  expect((await post(facebook, { message: 'after' })).at('success')).toBe(true);
  expect((await post(facebook, { is_hidden: 'true' })).at('success')).toBe(true);
  expect((await post(instagram, { message: 'after' })).at('error', 'code')).toBe(100);
  expect((await post(instagram, { hide: 'true' })).at('success')).toBe(true);
  for (const id of [facebook, instagram]) {
    expect((await call(`/v26.0/${id}`, { method: 'DELETE', token })).at('success')).toBe(true);
    expect((await call(`/v26.0/${id}`, { token })).at('error', 'error_subcode')).toBe(33);
  }
  const writes = (await call('/control/writes')).at('writes') as { action: string; commentId: string; text: string }[];
  expect(writes.map((entry) => entry.action)).toEqual(['created', 'created', 'edited', 'hidden', 'hidden', 'deleted', 'deleted']);
  expect(writes[2]).toMatchObject({ commentId: facebook, text: 'after' });
});
