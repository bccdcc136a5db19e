import { createHmac } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { ERROR_TABLE } from '../../platforms/meta/error-table.ts';
import { openHttpDoor } from '../../platforms/meta/exchange.ts';
import {
  APP_SECRET,
  CONTEXT,
  fault,
  INSTAGRAM,
  MEDIA,
  PAGE_TOKEN,
  POST,
  publishing,
  type Reply,
  SYSTEM_TOKEN,
  tinyGraph,
} from './tiny-graph.ts';

const onPost = (reply: Reply) => (request: { method: string }) => (request.method === 'POST' ? reply : undefined);

describe('publish', () => {
  it('sends the exact bytes once, with the Page token in the header only and its proof in the form', async () => {
    const graph = await tinyGraph(onPost({ json: { id: '5500001_1' } }));
    const result = await graph.adapter.publish(publishing(), CONTEXT);
    expect(result).toEqual({ kind: 'accepted', commentId: '5500001_1' });
    const [write, ...others] = graph.writes();
    expect(others).toEqual([]);
    expect(write?.path).toBe(`${POST}/comments`);
    expect(write?.form.get('message')).toBe('Hello from Brightloom – 50 % linen');
    expect(write?.token).toBe(PAGE_TOKEN);
    expect(write?.form.get('appsecret_proof')).toBe(createHmac('sha256', APP_SECRET).update(PAGE_TOKEN).digest('hex'));
    expect(write?.headers['user-agent']).toContain('first-comment');
    // A socket of its own, so that no dying one is reused.
    expect(write?.headers.connection).toBe('close');
    const outsideHeader = graph.seen.map((each) => `${each.url} ${each.form}`).join('\n');
    expect(outsideHeader).not.toContain(PAGE_TOKEN);
    expect(outsideHeader).not.toContain(SYSTEM_TOKEN);
  });

  it('names the ad on Instagram only, and only when it is told to', async () => {
    const reply = onPost({ json: { id: '1801' } });
    const graph = await tinyGraph(reply);
    await graph.adapter.publish(publishing({ surface: INSTAGRAM }), CONTEXT);
    await graph.adapter.publish(publishing(), CONTEXT);
    const silent = await tinyGraph(reply, { sendAdIdOnInstagram: false });
    await silent.adapter.publish(publishing({ surface: INSTAGRAM }), CONTEXT);
    expect(graph.writes().map(({ path, form }) => [path, form.get('ad_id')])).toEqual([
      [`${MEDIA}/comments`, '23850000001'],
      [`${POST}/comments`, null],
    ]);
    expect(silent.writes().map(({ form }) => form.get('ad_id'))).toEqual([null]);
  });

  it('sends no byte after sendBy, although the platform would answer', async () => {
    const graph = await tinyGraph(onPost({ json: { id: '5500001_1' } }));
    const result = await graph.adapter.publish(publishing({ sendBy: performance.now() - 1 }), CONTEXT);
    expect(result.kind).toBe('not-sent');
    expect(graph.writes()).toEqual([]);
  });

  it('sends no byte when getting the Page token took until after sendBy', async () => {
    const graph = await tinyGraph((request) =>
      request.method === 'POST'
        ? { json: { id: '5500001_1' } }
        : { do: (response) => setTimeout(() => response.end(JSON.stringify({ access_token: PAGE_TOKEN })), 150) },
    );
    const result = await graph.adapter.publish(publishing({ sendBy: performance.now() + 40 }), CONTEXT);
    expect(result.kind).toBe('not-sent');
    expect(graph.writes()).toEqual([]);
  });

  it('is not sent when the connection is refused', async () => {
    const graph = await tinyGraph(onPost({ json: { id: '5500001_1' } }));
    expect(await graph.adapter.publish(publishing(), CONTEXT)).toMatchObject({ kind: 'accepted' });
    await graph.stop();
    expect(await graph.adapter.publish(publishing(), CONTEXT)).toMatchObject({ kind: 'not-sent' });
  });

  it('is not sent when the connection is still opening at sendBy', async () => {
    const mute = createServer();
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    // It takes the connection but never answers the TLS greeting.
    const door = openHttpDoor(`https://127.0.0.1:${(mute.address() as AddressInfo).port}`);
    const request = { method: 'POST', path: '/v26.0/1/comments', token: PAGE_TOKEN, form: 'message=x' } as const;
    const times = { deadlineMs: 4_000, sendBy: performance.now() + 60, signal: undefined };
    const late = { kind: 'failed', handed: false, why: expect.stringContaining('has passed') };
    expect(await door.exchange({ ...request, ...times })).toMatchObject(late);
    mute.close();
  });

  it('is never sent later when it had to queue until after sendBy', async () => {
    const held: ServerResponse[] = [];
    const graph = await tinyGraph(onPost({ do: (response) => held.push(response) }));
    const busy = Array.from({ length: 32 }, () => graph.adapter.publish(publishing(), CONTEXT));
    await vi.waitFor(() => expect(held).toHaveLength(32));
    const queued = publishing({ text: 'queued', sendBy: performance.now() + 30 });
    expect(await graph.adapter.publish(queued, CONTEXT)).toMatchObject({ kind: 'not-sent' });
    for (const response of held) response.end('{"id":"5500001_1"}');
    await Promise.all(busy);
    expect(await graph.adapter.publish(publishing({ deadlineMs: 200 }), CONTEXT)).toMatchObject({ kind: 'unknown' });
    expect(graph.writes().map(({ form }) => form.get('message'))).not.toContain('queued');
  });

  it('is not sent when the caller has already given up, and unknown when it gives up while waiting', async () => {
    const gone = new AbortController();
    const waiting = new AbortController();
    const graph = await tinyGraph((request) => {
      if (request.method !== 'POST') return undefined;
      waiting.abort();
      return { do: () => undefined };
    });
    gone.abort();
    expect(await graph.adapter.publish(publishing(), { ...CONTEXT, signal: gone.signal })).toMatchObject({ kind: 'not-sent' });
    expect(graph.writes()).toEqual([]);
    expect(await graph.adapter.publish(publishing(), { ...CONTEXT, signal: waiting.signal })).toMatchObject({ kind: 'unknown' });
  });

  const openEnds: readonly (readonly [string, Reply])[] = [
    ['the connection is cut before the answer', { do: (response) => response.destroy() }],
    [
      'the connection is cut in the middle of the answer',
      {
        do: (response) => {
          response.writeHead(200, { 'content-length': '500' });
          response.write('{"id":"5500', () => response.destroy());
        },
      },
    ],
    ['no answer comes before the deadline', { do: () => undefined }],
    ['HTML comes with HTTP 502', { status: 502, text: '<html>Bad Gateway</html>' }],
    ['HTML comes with HTTP 200', { status: 200, text: '<html>Hello</html>' }],
    ['the body is empty', { status: 200, text: '' }],
    ['an id comes with HTTP 400', { status: 400, json: { id: '5500001_1' } }],
    ['the answer has no id', { json: { success: true } }],
    ['the id is a number', { json: { id: 5500001 } }],
    ['the error has no code', { status: 400, json: { error: { message: 'no' } } }],
    ['the platform redirects', { status: 302, json: {}, headers: { location: 'https://elsewhere.example/' } }],
    ['an ambiguous error comes with HTTP 200', { ...fault(2), status: 200 }],
    ['a definite error comes with HTTP 500', { ...fault(200), status: 500 }],
    ['the code is unknown', fault(987654)],
    ['the answer is larger than any could be', { status: 200, text: `{"id":"1","x":"${'x'.repeat(5_000_000)}"}` }],
  ];
  it.each(openEnds)('is unknown, and tried once, when %s', async (_, reply) => {
    const graph = await tinyGraph(onPost(reply));
    const result = await graph.adapter.publish(publishing({ deadlineMs: 400 }), CONTEXT);
    expect(result.kind).toBe('unknown');
    expect(graph.writes()).toHaveLength(1);
  });

  const meaning: Readonly<Record<string, string>> = {
    throttle: 'throttled',
    auth: 'auth',
    permission: 'permission',
    missing: 'not-found',
    invalid: 'invalid',
    policy: 'policy',
  };
  it.each(ERROR_TABLE)(
    'answers code $code/$subcode as its class $means says, after one try',
    async ({ code, subcode, means }) => {
      const graph = await tinyGraph(onPost(fault(code, subcode)));
      const result = await graph.adapter.publish(publishing(), CONTEXT);
      const text = subcode === undefined ? `${code}` : `${code}/${subcode}`;
      const why = meaning[means];
      expect(result).toMatchObject(why === undefined ? { kind: 'unknown', code: text } : { kind: 'refused', why, code: text });
      expect(graph.writes()).toHaveLength(1);
    },
  );

  it('says a definite no that came with HTTP 200', async () => {
    const graph = await tinyGraph(onPost({ ...fault(368, 1390008), status: 200 }));
    expect(await graph.adapter.publish(publishing(), CONTEXT)).toMatchObject({ kind: 'refused', why: 'policy' });
  });

  it('passes on how long a closed limit stays closed', async () => {
    const usage = { '4000001': [{ type: 'pages', call_count: 100, estimated_time_to_regain_access: 7 }] };
    const headers = { 'x-business-use-case-usage': JSON.stringify(usage) };
    const graph = await tinyGraph(onPost({ ...fault(80001), headers }));
    const result = await graph.adapter.publish(publishing(), CONTEXT);
    expect(result).toMatchObject({ kind: 'refused', why: 'throttled', retryAfterMs: 420_000 });
  });

  it('keeps an accepted comment when the listener to usage throws', async () => {
    const headers = { 'x-app-usage': '{"call_count":1}' };
    const graph = await tinyGraph(onPost({ json: { id: '5500001_1' }, headers }), {
      onUsage: () => {
        throw new Error('a defect of the listener');
      },
    });
    expect(await graph.adapter.publish(publishing(), CONTEXT)).toMatchObject({ kind: 'accepted' });
  });

  it('refuses with the reason when no Page token is to be had, and writes nothing', async () => {
    const dead = await tinyGraph(() => fault(190, 463, `Error validating ${SYSTEM_TOKEN}`));
    const refused = await dead.adapter.publish(publishing(), CONTEXT);
    expect(refused).toMatchObject({ kind: 'refused', why: 'auth', code: '190/463' });
    expect(JSON.stringify(refused)).not.toContain(SYSTEM_TOKEN);
    const unassigned = await tinyGraph((request) => ({ json: { id: request.path } }));
    expect(await unassigned.adapter.publish(publishing(), CONTEXT)).toMatchObject({ kind: 'refused', why: 'permission' });
    expect([...dead.writes(), ...unassigned.writes()]).toEqual([]);
  });

  it('is not sent when the Page token is not to be had just now', async () => {
    const graph = await tinyGraph(() => ({ status: 503, text: 'busy' }));
    expect(await graph.adapter.publish(publishing(), CONTEXT)).toMatchObject({ kind: 'not-sent' });
    expect(graph.writes()).toEqual([]);
  });

  it('drops a Page token that the platform calls dead, and tries the write no second time by itself', async () => {
    const graph = await tinyGraph((request, count) => {
      if (request.method !== 'POST') return undefined;
      return count === 1 ? fault(190, 460) : { json: { id: '5500001_1' } };
    });
    expect(await graph.adapter.publish(publishing(), CONTEXT)).toMatchObject({ kind: 'refused', why: 'auth' });
    expect(graph.writes()).toHaveLength(1);
    expect(await graph.adapter.publish(publishing(), CONTEXT)).toMatchObject({ kind: 'accepted' });
    expect(graph.seen.filter(({ query }) => query.get('fields') === 'access_token')).toHaveLength(2);
  });
});
