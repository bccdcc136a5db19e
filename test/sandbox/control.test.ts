import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readWorld } from '../../sandbox/server.ts';
import { AD, PAGE, POST, running, smallWorld } from './small-world.ts';

test('Health says who it is', async () => {
  const { call } = await running();
  const health = await call('/control/health');
  expect(JSON.parse(health.text)).toMatchObject({ service: 'first-comment-sandbox', pid: process.pid, ads: 1 });
});

test('A hand-written comment by the brand or a stranger stands in the thread and is not ours', async () => {
  const { call, comment } = await running();
  const write = (json: unknown) => call('/control/comments', { method: 'POST', json });
  await write({ object_id: POST, message: 'by hand' });
  await write({ object_id: POST, message: 'a question', from: { id: '9', name: 'Stranger' } });
  await comment('by the app');
  const comments = (await call(`/control/comments?objectId=${POST}`)).at('comments') as { authorId: string; via: string }[];
  expect(comments.map(({ authorId, via }) => [authorId, via])).toEqual(
    expect.arrayContaining([
      [PAGE, 'hand'],
      ['9', 'hand'],
      [PAGE, 'api'],
    ]),
  );
  const truth = (await call('/control/truth')).at('surfaces', 0);
  expect(truth).toMatchObject({ objectId: POST, ours: 1, everCreated: 1, mostAtOnce: 1, texts: ['by the app'] });
});

test('The truth remembers a second comment that was removed again', async () => {
  const { call, comment, pageToken } = await running();
  await comment('one');
  const second = await comment('two');
  await call(`/v26.0/${second}`, { method: 'DELETE', token: await pageToken() });
  expect((await call('/control/truth')).at('surfaces', 0)).toMatchObject({ ours: 1, everCreated: 2, mostAtOnce: 2 });
});

test('Objects can be added and changed, and a change that does not fit is refused with its field', async () => {
  const { call } = await running();
  await call('/control/seed', { method: 'POST', json: { posts: [{ id: '4000001_88' }] } });
  expect((await call('/v26.0/4000001_88')).status).toBe(200);
  await call(`/control/objects/${AD}`, { method: 'PATCH', json: { effective_status: 'DISAPPROVED' } });
  expect((await call(`/v26.0/${AD}?fields=effective_status`)).at('effective_status')).toBe('DISAPPROVED');
  const refused = await call(`/control/objects/${AD}`, { method: 'PATCH', json: { effective_status: 'SLEEPY' } });
  expect(refused.status).toBe(400);
  expect(refused.at('problem')).toContain('effective_status');
  expect((await call('/control/objects/999', { method: 'PATCH', json: {} })).at('problem')).toContain('999');
});

test('A seed that refers to what does not exist is refused as a whole', async () => {
  const { call } = await running();
  const json = { posts: [{ id: '4000001_88' }], ads: [{ id: '77', name: 'x', adset_id: '404', creative_id: '2382000001' }] };
  const refused = await call('/control/seed', { method: 'POST', json });
  expect(refused.at('problem')).toBe('ad 77: adset_id names 404, which does not exist');
  expect((await call('/control/objects/4000001_88')).status).toBe(404);
});

test('The example world reads, with the sections of all its files', () => {
  const world = readWorld(new URL('../../examples/brightloom/sandbox-world.yaml', import.meta.url).pathname);
  const ids = world.ads.map((ad) => Number(ad.id)).sort((a, b) => a - b);
  expect(ids).toEqual(Array.from({ length: ids.length }, (_, index) => 23850000001 + index));
  expect(ids.length).toBeGreaterThanOrEqual(36);
  expect(new Set(world.campaigns.map(({ account_id }) => account_id))).toEqual(new Set(['act_100200', 'act_100300']));
});

test('Every mistake of a world file is named with file, line, column and field', () => {
  const directory = mkdtempSync(join(tmpdir(), 'sandbox-world-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, 'world.yaml');
  writeFileSync(
    file,
    "app: { id: '1' }\nsystem_user: { id: '2' }\nads:\n  - id: 23850000001\n    name: x\nposts:\n  - { id: 'no' }\n",
  );
  expect(() => readWorld(file)).toThrow(`${file}:4:9: ads.0.id: ids are strings: put it in quotes`);
  expect(() => readWorld(file)).toThrow(`${file}:7:11: posts.0.id: a post id is <page id>_<digits>`);
  expect(() => readWorld(join(directory, 'none.yaml'))).toThrow('none.yaml: cannot be read');
});

test('A world may go on in other files, whose mistakes are named with their own file and line', () => {
  const directory = mkdtempSync(join(tmpdir(), 'sandbox-world-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, 'world.yaml');
  const more = join(directory, 'more.yaml');
  const first = "include: [more.yaml]\napp: { id: '1' }\nsystem_user: { id: '2' }\npages:\n  - { id: '4', name: One }\n";
  writeFileSync(file, first);
  writeFileSync(more, "pages:\n  - { id: '5', name: Two }\n");
  expect(readWorld(file).pages.map(({ name }) => name)).toEqual(['One', 'Two']);
  writeFileSync(more, "pages:\n  - { id: '5', name: Two }\n  - { id: '6', nam: Three }\n");
  expect(() => readWorld(file)).toThrow(`${more}:3:5: pages.1`);
  writeFileSync(file, first.replace(/pages:[\s\S]*/, 'pages: none\n'));
  expect(() => readWorld(file)).toThrow(`${file}:4:8: pages: `);
  writeFileSync(file, first);
  writeFileSync(more, "app: { id: '1' }\nposts: none\n");
  expect(() => readWorld(file)).toThrow(`${more}:1:6: app: only the first file may say this`);
  expect(() => readWorld(file)).toThrow(`${more}:2:8: posts: expected a list`);
  writeFileSync(file, first.replace('[more.yaml]', 'more.yaml'));
  expect(() => readWorld(file)).toThrow(`${file}:1:10: include: expected a list of file names`);
  writeFileSync(file, first.replace('more.yaml', 'lost.yaml'));
  expect(() => readWorld(file)).toThrow('lost.yaml: cannot be read');
});

test('The control API answers only the machine it runs on, the rest may be reached from outside when told so', async () => {
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((each) => each && !each.internal && each.family === 'IPv4')?.address;
  const { sandbox, call } = await running(smallWorld(), { host: '0.0.0.0' });
  expect((await call('/control/health')).status).toBe(200);
  const other = `http://${outside ?? '127.0.0.1'}:${sandbox.port}`;
  expect((await fetch(`${other}/feed`)).status).toBe(200);
  const refused = outside === undefined ? [] : ['/control/health', '/%63ontrol/health'];
  for (const path of refused) expect((await fetch(other + path)).status).toBe(403);
});
