import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { Pool } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CUT_PLACES, type CutPlace, type CutProxy, openCutProxy } from '../../bench/chaos/cut-proxy.ts';
import { until } from '../helpers/until.ts';

const ANSWER = JSON.stringify({ id: '5500001_1', padding: 'x'.repeat(2_000) });
const BODY = `message=${'y'.repeat(2_000)}`;
const POST = { method: 'POST', path: /\/comments$/ } as const;

/** What reached the platform: connections, requests begun, requests that it has whole. */
const seen = { connections: 0, begun: 0, whole: 0 };
const platform = createServer((request, response) => {
  seen.begun += 1;
  // A cut in the middle of its body.
  request.on('error', () => undefined);
  request.resume().on('end', () => {
    seen.whole += 1;
    response.end(ANSWER);
  });
});
platform.on('connection', () => {
  seen.connections += 1;
});

let proxy: CutProxy;
let pool: Pool;

beforeAll(async () => {
  await new Promise<void>((resolve) => platform.listen(0, '127.0.0.1', resolve));
  proxy = await openCutProxy({ target: `http://127.0.0.1:${(platform.address() as AddressInfo).port}` });
});

afterAll(async () => {
  await proxy.close();
  platform.close();
});

beforeEach(() => {
  Object.assign(seen, { connections: 0, begun: 0, whole: 0 });
  pool = new Pool(proxy.url, { pipelining: 0 });
  return () => pool.destroy();
});

const post = async (signal?: AbortSignal) => {
  const answer = await pool.request({ method: 'POST', path: '/v26.0/1_2/comments', body: BODY, ...(signal && { signal }) });
  return answer.body.text();
};

/** What the platform sees of a request that is cut there, and whether its caller has the answer. */
const EXPECTED: Readonly<Record<CutPlace, { connections: number; begun: number; whole: number; answered: boolean }>> = {
  'before-connect': { connections: 0, begun: 0, whole: 0, answered: false },
  'after-headers': { connections: 1, begun: 1, whole: 0, answered: false },
  'mid-request-body': { connections: 1, begun: 1, whole: 0, answered: false },
  'after-request-body': { connections: 1, begun: 1, whole: 1, answered: false },
  'mid-answer': { connections: 1, begun: 1, whole: 1, answered: false },
  'after-answer': { connections: 1, begun: 1, whole: 1, answered: true },
};

describe('the proxy that cuts', () => {
  it.each(CUT_PLACES)('%s: the platform has what passed before, the caller what came back before', async (place) => {
    proxy.arm({ place, match: POST });
    const { answered, ...reached } = EXPECTED[place];
    const end = await post().then(
      (text) => text === ANSWER,
      () => false,
    );
    expect(end).toBe(answered);
    await until(`the platform saw ${JSON.stringify(reached)}`, async () => JSON.stringify(seen) === JSON.stringify(reached));
    expect(proxy.hits.at(-1)).toMatchObject({ place, kind: 'cut', method: 'POST', path: '/v26.0/1_2/comments' });
    // It was armed once.
    expect(await post()).toBe(ANSWER);
  });

  it('lets pass what does not match, and counts how often a cut may happen', async () => {
    const before = proxy.hits.length;
    proxy.arm({ place: 'mid-answer', match: POST, times: 2 });
    expect(await (await pool.request({ method: 'GET', path: '/v26.0/1_2/comments' })).body.text()).toBe(ANSWER);
    await expect(post()).rejects.toThrow();
    await expect(post()).rejects.toThrow();
    expect(await post()).toBe(ANSWER);
    expect(proxy.hits.length - before).toBe(2);
  });

  it('hangs after the request until the caller gives up, while the platform acts', async () => {
    proxy.arm({ place: 'after-request-body', match: POST, kind: 'hang' });
    const patience = new AbortController();
    const posted = post(patience.signal);
    await until('the platform has the request', async () => seen.whole === 1);
    patience.abort(new Error('gave up'));
    await expect(posted).rejects.toThrow('gave up');
  });

  it('refuses connections as where nobody listens, until it listens again', async () => {
    await proxy.refuse();
    await expect(post()).rejects.toThrow('ECONNREFUSED');
    await proxy.listen();
    expect(await post()).toBe(ANSWER);
  });

  it('ends the connection when the target has gone', async () => {
    const silent = createTcpServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const toSilent = await openCutProxy({ target: `http://127.0.0.1:${(silent.address() as AddressInfo).port}` });
    await expect(new Pool(toSilent.url).request({ method: 'GET', path: '/' })).rejects.toThrow();
    await toSilent.close();
    silent.close();
  });
});
