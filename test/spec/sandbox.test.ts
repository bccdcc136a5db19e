import { describe, expect, it } from 'vitest';
import { type Endpoint, EVERYWHERE, PARAMETERS } from '../../sandbox/graph/parameters.ts';
import { sandboxControl } from '../helpers/sandbox-control.ts';
import { type PlainClient, plainClient } from './client.ts';
import { COMMENT, SAMPLE_CALLS } from './endpoints.ts';
import { answerProblems } from './judge.ts';
import { oracleFor } from './oracle.ts';
import type { Exchange } from './recorder.ts';
import { carryOut, examine, LOOK_NAMES, VERB_NAMES } from './verbs.ts';
import { shownNodes } from './views.ts';
import { MEDIA, OPEN_WORLD, POST, recordedSandbox, SECRETS, sandboxOfThisFile } from './world.ts';

const oracle = oracleFor('sandbox');
const ENDPOINTS = Object.keys(PARAMETERS) as readonly Endpoint[];
const NODES = shownNodes();
const CLASSES = [...new Map(NODES.map((node) => [node.className, node])).values()];
const STRANGER = 'fc_unknown';

const answers = (exchanges: readonly Exchange[]) => [
  ...new Set(exchanges.flatMap((exchange) => answerProblems(oracle, exchange))),
];

/** The path of a call, with a comment of its own where it needs one. */
async function pathFor(endpoint: Endpoint, client: PlainClient): Promise<string> {
  const { path } = SAMPLE_CALLS[endpoint];
  if (!path.startsWith(COMMENT)) return path;
  const { surfaceId, pageId } = endpoint.includes('facebook') ? POST : MEDIA;
  const { body } = await client.call('POST', `${surfaceId}/comments`, { message: 'Woven.' }, pageId);
  return path.replace(COMMENT, String(body.id));
}

describe('what the sandbox has', () => {
  it.each(CLASSES)('every field of $className is a field or an edge that Meta publishes', ({ className, plain, edges }) => {
    expect(plain.filter((name) => oracle.fieldType(className, name) === undefined)).toEqual([]);
    expect(edges.filter((name) => oracle.call(className, `GET /${name}`) === undefined)).toEqual([]);
  });

  it('shows every kind of object that the example has', () => {
    expect(CLASSES.map(({ className }) => className).sort()).toEqual([
      'Ad',
      'AdAccount',
      'AdCreative',
      'AdSet',
      'Campaign',
      'Comment',
      'IGComment',
      'IGMedia',
      'IGUser',
      'Page',
      'PagePost',
    ]);
  });

  it.each(ENDPOINTS)('every parameter that %s takes is one that Meta publishes', (endpoint) => {
    const { className, key } = SAMPLE_CALLS[endpoint];
    expect(oracle.call(className, key)).toBeDefined();
    expect(
      [...PARAMETERS[endpoint], ...EVERYWHERE].filter((name) => oracle.paramType(className, key, name) === undefined),
    ).toEqual([]);
  });
});

describe('what the sandbox refuses', () => {
  const url = sandboxOfThisFile(OPEN_WORLD);

  it.each(ENDPOINTS)('an unknown parameter of %s, by name', async (endpoint) => {
    const client = plainClient(url());
    const { key, params, pageId } = SAMPLE_CALLS[endpoint];
    const [method = ''] = key.split(' ');
    const path = await pathFor(endpoint, client);
    const refused = await client.call(method, path, { ...params, [STRANGER]: '1' }, pageId);
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 100, message: expect.stringContaining(STRANGER) } } });
    const taken = await client.call(method, path, params, pageId);
    expect(taken.status).toBe(200);
  });

  it.each(CLASSES)('an unknown field of $className, and an unknown modifier and parameter of each of its edges', async (node) => {
    const client = plainClient(url());
    const asked = [
      { path: node.id, params: { fields: STRANGER } },
      { path: node.id, params: { [STRANGER]: '1' } },
      ...node.edges.flatMap((edge) => [
        { path: node.id, params: { fields: `${edge}.${STRANGER}(1)` } },
        { path: node.id, params: { fields: `${edge}.limit(1){${STRANGER}}` } },
        { path: `${node.id}/${edge}`, params: { [STRANGER]: '1' } },
      ]),
    ];
    for (const { path, params } of asked) {
      const answer = await client.call('GET', path, params, node.pageId);
      // An empty list has nobody to ask for the field.
      if (answer.status === 200 && JSON.stringify(answer.body).includes('"data":[]')) continue;
      expect([path, params, answer]).toMatchObject([path, params, { status: 400, body: { error: { code: 100 } } }]);
      expect(JSON.stringify(answer.body)).toContain(STRANGER);
    }
  });
});

describe('what the sandbox answers', () => {
  it('fits the published types, for every object of the example with all its fields', async () => {
    const { url, exchanges } = await recordedSandbox(OPEN_WORLD);
    const client = plainClient(url);
    for (const { id, plain, edges, pageId } of NODES) {
      const fields = [...plain, ...edges.map((edge) => `${edge}.limit(3)`)].join(',');
      const { status } = await client.call('GET', id, { fields }, pageId);
      expect([id, status]).toEqual([id, 200]);
    }
    expect(exchanges.length).toBeGreaterThanOrEqual(NODES.length);
    expect(answers(exchanges)).toEqual([]);
  });

  it('fits the published types, for every call that it knows', async () => {
    const { url, sandboxUrl, exchanges } = await recordedSandbox();
    const client = plainClient(url);
    for (const endpoint of ENDPOINTS) {
      const { key, params, pageId } = SAMPLE_CALLS[endpoint];
      await client.call(key.split(' ')[0] ?? '', await pathFor(endpoint, client), params, pageId);
    }
    const batch = JSON.stringify([{ method: 'GET', relative_url: POST.adId }]);
    await client.call('POST', '', { batch });
    const page = await client.call('GET', POST.pageId, { fields: 'access_token' });
    for (const token of [SECRETS.systemUserToken, String(page.body.access_token)]) {
      await client.call('GET', 'debug_token', { input_token: token });
    }
    await client.call('GET', STRANGER);
    await sandboxControl(sandboxUrl).fault({ fault: 'error', code: 2, is_transient: true });
    await client.call('GET', POST.adId);
    expect(answers(exchanges)).toEqual([]);
  });

  it.each(VERB_NAMES)('fits the published types, whatever %s asks', async (verb) => {
    const { url, exchanges } = await recordedSandbox();
    await carryOut(verb, url);
    expect(answers(exchanges)).toEqual([]);
  });

  it.each(LOOK_NAMES)('fits the published types, whatever %s of doctor asks', async (look) => {
    const { url, exchanges } = await recordedSandbox();
    await examine(look, url);
    expect(answers(exchanges)).toEqual([]);
  });

  it('needs every line of beyond.ts that stands there for it', () => {
    expect(oracle.idleLines()).toEqual([]);
  });
});
