import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMetaAdapter } from '../../platforms/meta/index.ts';
import { createScrubber } from '../../platforms/meta/scrub.ts';
import { type PlatformAdapter, PlatformError } from '../../platforms/platform.ts';
import {
  APP_SECRET,
  CONTEXT,
  everythingIn,
  FACEBOOK,
  fault,
  PAGE,
  PAGE_TOKEN,
  POST,
  type Reply,
  SIGNS,
  SYSTEM_TOKEN,
  tinyGraph,
} from './tiny-graph.ts';

const POST_BODY = { id: POST, permalink_url: 'https://www.facebook.example/p', is_published: true, from: { id: PAGE } };
const SECRETS = [
  APP_SECRET,
  SYSTEM_TOKEN,
  PAGE_TOKEN,
  createHmac('sha256', APP_SECRET).update(PAGE_TOKEN).digest('hex'),
  createHmac('sha256', APP_SECRET).update(SYSTEM_TOKEN).digest('hex'),
];

async function errorOf(call: Promise<unknown>): Promise<PlatformError> {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof PlatformError) return error;
  throw new Error('a PlatformError was expected', { cause: error });
}

function readThread(adapter: PlatformAdapter, signal?: AbortSignal) {
  const request = { surface: FACEBOOK, identityId: PAGE, pageId: PAGE, depth: { kind: 'first-page' }, signs: SIGNS } as const;
  return adapter.readThread(request, signal ? { ...CONTEXT, signal } : CONTEXT);
}

const onComments = (reply: Reply) => (request: { path: string }) => (request.path.endsWith('/comments') ? reply : undefined);

describe('a failed read', () => {
  const kinds: readonly (readonly [string, Reply, string, string | null])[] = [
    ['a closed limit', fault(80001, 2494055), 'throttled', '80001/2494055'],
    ['a permission', fault(10), 'permission', '10'],
    ['the permission family', fault(294), 'permission', '294'],
    ['a vanished object', fault(100, 33), 'not-found', '100/33'],
    ['a wrong parameter', fault(100), 'invalid', '100'],
    ['a subcode without a row', fault(100, 99), 'invalid', '100/99'],
    ['an internal error', fault(2), 'transient', '2'],
    ['an insights timeout', fault(100, 1504018), 'transient', '100/1504018'],
    ['a policy block', fault(368), 'policy', '368'],
    ['an unknown code', fault(987654), 'invalid', '987654'],
    ['an unknown code that is called transient', fault(987654, undefined, 'no', { is_transient: true }), 'transient', '987654'],
    ['HTML with 502', { status: 502, text: '<html>' }, 'transient', 'http-502'],
    ['HTML with 200', { status: 200, text: '<html>' }, 'schema', 'http-200'],
    ['a cut connection', { do: (response) => response.destroy() }, 'transient', null],
    ['a body without the list', { json: { items: [] } }, 'schema', null],
    ['a next page without a cursor', { json: { data: [], paging: { next: 'https://x/' } } }, 'schema', null],
    ['a body beyond the bound', { status: 200, text: ' '.repeat(5_000_000) }, 'schema', 'too-long'],
  ];
  it.each(kinds)('names %s', async (_, reply, kind, code) => {
    const graph = await tinyGraph(onComments(reply));
    expect(await errorOf(readThread(graph.adapter))).toMatchObject({ kind, code, platform: 'meta' });
  });

  it('fetches a dead Page token again once, and then gives up', async () => {
    const healed = await tinyGraph((request, count) => {
      if (request.query.get('fields') === 'access_token') return { json: { id: PAGE, access_token: `${PAGE_TOKEN}${count}` } };
      return request.token === `${PAGE_TOKEN}2` ? { json: { data: [] } } : fault(190, 463);
    });
    expect(await readThread(healed.adapter)).toMatchObject({ complete: true });
    const lost = await tinyGraph(onComments(fault(190, 460)));
    expect(await errorOf(readThread(lost.adapter))).toMatchObject({ kind: 'auth', code: '190/460' });
    expect(lost.seen.filter(({ path }) => path.endsWith('/comments'))).toHaveLength(2);
  });

  it('asks for the token of a Page once, however many calls need it', async () => {
    const graph = await tinyGraph(onComments({ json: { data: [] } }));
    await Promise.all([readThread(graph.adapter), readThread(graph.adapter), readThread(graph.adapter)]);
    expect(graph.seen.filter(({ query }) => query.get('fields') === 'access_token')).toHaveLength(1);
  });

  it('uses a renewed system-user token, and new Page tokens with it, at the next call', async () => {
    let systemUserToken = 'EAAOldSystemToken000000';
    const graph = await tinyGraph(
      (request) =>
        request.query.get('fields') === 'access_token'
          ? { json: { id: PAGE, access_token: `Page${request.token}` } }
          : { json: { data: [] } },
      { secrets: () => ({ appSecret: APP_SECRET, systemUserToken }) },
    );
    await readThread(graph.adapter);
    systemUserToken = 'EAANewSystemToken000000';
    await readThread(graph.adapter);
    expect(graph.seen.map(({ token }) => token)).toEqual([
      'EAAOldSystemToken000000',
      'PageEAAOldSystemToken000000',
      'EAANewSystemToken000000',
      'PageEAANewSystemToken000000',
    ]);
  });

  it('ends when the caller gives up', async () => {
    const stop = new AbortController();
    const graph = await tinyGraph(
      onComments({
        do: () => {
          stop.abort();
        },
      }),
    );
    expect(await errorOf(readThread(graph.adapter, stop.signal))).toMatchObject({ kind: 'transient' });
  });

  it('does not wait for a Page token longer than the caller does', async () => {
    const stop = new AbortController();
    const graph = await tinyGraph(() => ({
      do: () => {
        stop.abort();
      },
    }));
    const waiting = readThread(graph.adapter, stop.signal);
    expect(await errorOf(waiting)).toMatchObject({ kind: 'transient', message: 'The caller gave up.' });
  });

  it('names the call and the field of an answer that does not fit, and nothing of its body', async () => {
    const graph = await tinyGraph(
      onComments({
        json: { data: [{ id: '1_1', message: 'A private remark', from: { name: 'Jane Roe' }, created_time: 'yesterday' }] },
      }),
    );
    const error = await errorOf(readThread(graph.adapter));
    expect(error.kind).toBe('schema');
    expect(error.message).toContain(`GET ${POST}/comments`);
    expect(error.message).toContain('data.0.created_time');
    expect(everythingIn(error)).not.toMatch(/private remark|Jane Roe|yesterday/);
  });

  const leaks: readonly (readonly [string, (request: { url: string; token: string | undefined }) => Reply])[] = [
    [
      'echoes token and URL',
      ({ url, token }) => fault(100, undefined, `Bad call ${url} with ${token} and access_token=${token}`),
    ],
    ['echoes them with an unknown code', ({ url, token }) => fault(987654, undefined, `${url} ${token} ${APP_SECRET}`)],
    [
      'echoes the proof alone',
      ({ url }) => fault(100, undefined, `proof ${new URL(url, 'http://x').searchParams.get('appsecret_proof')} is bad`),
    ],
    ['echoes them as trace', ({ token }) => fault(2, undefined, 'no', { fbtrace_id: token })],
    ['echoes them as HTML', ({ url, token }) => ({ status: 502, text: `<html>${url} ${token} ${APP_SECRET}</html>` })],
    [
      'echoes them in a body that does not fit',
      ({ url, token }) => ({ json: { data: [{ id: `${url} ${token}`, [`${token}`]: token }] } }),
    ],
    ['echoes them as a field name', ({ token }) => ({ json: { data: { [`${token}`]: token } } })],
    ['cuts the connection', () => ({ do: (response) => response.destroy() })],
  ];
  it.each(leaks)('holds no secret when the platform %s', async (_, reply) => {
    const graph = await tinyGraph((request) => (request.path.endsWith('/comments') ? reply(request) : undefined));
    const error = await errorOf(readThread(graph.adapter));
    const text = everythingIn(error);
    for (const secret of SECRETS) expect(text).not.toContain(secret);
    expect(error.message.length).toBeLessThanOrEqual(500);
  });

  it('refuses an id that would lead the call elsewhere', async () => {
    const graph = await tinyGraph(() => ({ json: { data: [] } }));
    const surface = { ...FACEBOOK, surfaceId: '../v1.0/me?x=' };
    const request = { surface, identityId: PAGE, pageId: PAGE, depth: { kind: 'first-page' }, signs: SIGNS } as const;
    expect(await errorOf(graph.adapter.readThread(request, CONTEXT))).toMatchObject({ kind: 'invalid' });
    expect(graph.seen).toEqual([]);
  });

  it('reads a post whose token is fine', async () => {
    const graph = await tinyGraph((request) => {
      if (request.path === POST) return { json: { ...POST_BODY, comments: { data: [], summary: { can_comment: true } } } };
      return request.query.get('fields') === 'is_published' ? { json: { id: PAGE, is_published: true } } : undefined;
    });
    const surface = { ...FACEBOOK, identityId: null, permalink: null, dark: null };
    expect(await graph.adapter.readSurface(surface, PAGE, CONTEXT)).toEqual({
      surface: { ...FACEBOOK, identityId: PAGE, permalink: 'https://www.facebook.example/p', dark: false },
      commentsEnabled: true,
      identityPublished: true,
    });
  });
});

describe('scrubbing', () => {
  it('lets no learnt secret through, wherever it stands and however it is written', () => {
    const secret = fc.string({ minLength: 6, maxLength: 60 }).filter((text) => !/[\uD800-\uDFFF]/.test(text));
    fc.assert(
      fc.property(fc.string(), secret, fc.string(), (before, word, after) => {
        const scrubber = createScrubber();
        scrubber.learn(word);
        // Where the mask itself holds the word, nothing can be told.
        fc.pre(!'[secret]'.includes(word) && !`${before}${after}`.includes(word));
        const cleaned = scrubber.clean(`${before} ${word} ${encodeURIComponent(word)} ${after}`, 10_000);
        expect(cleaned.replaceAll('[secret]', '')).not.toContain(word);
      }),
    );
  });

  it.each([
    'https://graph.example/me?access_token=EAAabc123&x=1',
    '{"access_token":"EAAabc123"}',
    'Authorization: Bearer EAAabc123',
    'appsecret_proof=EAAabc123',
  ])('hides a token that it never learnt in %s', (text) => {
    expect(createScrubber().clean(text)).not.toContain('EAAabc123');
  });

  it('writes one line of bounded length', () => {
    expect(createScrubber().clean(`a\n\tb ${'x'.repeat(900)}`, 50)).toMatch(/^a b x+…$/);
  });
});

describe('settings', () => {
  const settings = {
    graphVersion: 'v26.0',
    appId: '900100',
    secrets: () => ({ appSecret: APP_SECRET, systemUserToken: SYSTEM_TOKEN }),
    sendAdIdOnInstagram: true,
  };

  it.each([
    'http://graph.facebook.com',
    'http://127.0.0.1.evil.example',
    'ftp://graph.facebook.com',
    'graph',
    'https://user:pw@graph.facebook.com',
    'https://graph.facebook.com/v26.0',
  ])('refuses the base URL %s', (baseUrl) => {
    expect(() => createMetaAdapter({ ...settings, baseUrl })).toThrow(/baseUrl/);
  });

  it.each(['https://graph.facebook.com', 'http://127.0.0.1:7070', 'http://localhost:7070', 'http://[::1]:7070'])(
    'takes the base URL %s',
    async (baseUrl) => {
      const adapter = createMetaAdapter({ ...settings, baseUrl });
      expect(adapter.platform).toBe('meta');
      await adapter.close();
    },
  );

  it.each(['26.0', 'v26.0/../v1.0', '', 'latest'])('refuses the Graph version "%s"', (graphVersion) => {
    expect(() => createMetaAdapter({ ...settings, baseUrl: 'https://graph.facebook.com', graphVersion })).toThrow(/graphVersion/);
  });
});
