import { expect, test } from 'vitest';
import { MEDIA, POST, running, smallWorld } from './small-world.ts';

test('The feed escapes whatever the world and the comments say', async () => {
  const script = '<script>alert("x")</script>';
  const pages = [{ id: '4000001', name: script, market: '"><img id=x>', instagram_business_account: '17840000001' }];
  const { call, comment } = await running(smallWorld({ pages, posts: [{ id: POST, message: script }] }));
  await comment(`${script} https://x.example/"onmouseover="alert(1)`);
  const page = await call('/feed');
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(page.text).not.toContain('<script');
  expect(page.text).not.toContain('<img');
  expect(page.text).not.toContain('"onmouseover=');
  expect(page.text).toContain('&lt;script&gt;');
});

test('The feed asks nothing of any other host', async () => {
  const { call, comment } = await running();
  await comment('with a link https://www.brightloom.example/en-gb/waffle');
  const page = await call('/feed');
  expect(page.text).not.toMatch(/(?:src|href)="https?:/);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
});

test('Our comment carries its rank among those that people see, on each network', async () => {
  const liked = { object_id: POST, from: { id: '9', name: 'Stranger' }, message: 'liked', created_time: '9d ago', like_count: 3 };
  const { call, comment } = await running(smallWorld({ comments: [liked] }));
  await comment('ours');
  await comment('ours', MEDIA);
  expect((await call('/feed')).text).toContain('first comment · rank 2 of 2');
  expect((await call('/feed?surface=instagram')).text).toContain('first comment · rank 1 of 1');
});

test('A hidden comment is shown to the operator only, without a rank', async () => {
  const { call, comment } = await running(smallWorld({ posts: [{ id: POST, hide_new_comments: true }] }));
  await comment('nobody sees this');
  const { text } = await call('/feed');
  expect(text).toContain('hidden · only you see this');
  expect(text).toContain('0 comments');
  expect(text).not.toContain('first comment · rank');
});

test('The feed can be narrowed to one market', async () => {
  const { call } = await running();
  expect((await call('/feed?market=en-GB')).text).toContain('data-ad="23850000001"');
  expect((await call('/feed?market=de-DE')).text).not.toContain('data-ad=');
});
