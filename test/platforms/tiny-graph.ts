import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { OurSigns } from '../../domain/ours.ts';
import { createMetaAdapter, type MetaAdapter, type MetaSettings } from '../../platforms/meta/index.ts';
import type { PublishRequest } from '../../platforms/platform.ts';

export const APP_SECRET = 'app-secret-0123456789abcdef';
export const SYSTEM_TOKEN = 'EAASystemUserToken0123456789';
/** Unlike Meta's tokens in form, so that only a scrubber that has learnt it can know it. */
export const PAGE_TOKEN = 'page-token-0123456789abcdef';
export const PAGE = '4000001';
export const POST = '4000001_5500001';
export const MEDIA = '17900000001';
export const ACCOUNT = 'act_100200';
export const CONTEXT = { accountId: ACCOUNT };
export const FACEBOOK = { platform: 'meta', kind: 'facebook-post', surfaceId: POST } as const;
/** By which a comment without an author may be ours. */
export const SIGNS: OurSigns = {
  knownCommentIds: ['5500001_77'],
  attemptTexts: ['Woven in Portugal.'],
  surfaceKey: 'abc123',
  keyParameter: 'fcid',
  appIds: ['900100'],
};
export const INSTAGRAM = { platform: 'meta', kind: 'instagram-media', surfaceId: MEDIA } as const;

/** One request as the server saw it. */
export interface Seen {
  readonly method: string;
  /** Without the version: `4000001_5500001/comments`. */
  readonly path: string;
  readonly url: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly token: string | undefined;
  readonly headers: IncomingMessage['headers'];
}

/** What to answer: a body, a status with a body, or a hand on the response itself. */
export type Reply =
  | { readonly json: unknown; readonly status?: number; readonly headers?: Record<string, string> }
  | { readonly text: string; readonly status: number }
  | { readonly do: (response: ServerResponse) => void };

export interface TinyGraph {
  readonly seen: readonly Seen[];
  readonly writes: () => readonly Seen[];
  readonly adapter: MetaAdapter;
  /** From then on the port is closed. */
  readonly stop: () => Promise<void>;
}

/** A Graph API of one test: `answer` says what comes back; a Page's token is given out unless it says otherwise. */
export async function tinyGraph(
  answer: (request: Seen, count: number) => Reply | undefined,
  settings: Partial<MetaSettings> = {},
): Promise<TinyGraph> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://graph');
      const one: Seen = {
        method: request.method ?? '',
        path: url.pathname.replace('/v26.0/', ''),
        url: request.url ?? '',
        query: url.searchParams,
        form: new URLSearchParams(Buffer.concat(chunks).toString()),
        token: request.headers.authorization?.replace('Bearer ', ''),
        headers: request.headers,
      };
      seen.push(one);
      const count = seen.filter(({ path, method }) => path === one.path && method === one.method).length;
      send(response, answer(one, count) ?? usual(one));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const adapter = createMetaAdapter({
    baseUrl: `http://127.0.0.1:${port}`,
    graphVersion: 'v26.0',
    appId: '900100',
    secrets: () => ({ appSecret: APP_SECRET, systemUserToken: SYSTEM_TOKEN }),
    sendAdIdOnInstagram: true,
    ...settings,
  });
  async function stop(): Promise<void> {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  onTestFinished(async () => {
    await stop();
    await adapter.close();
  });
  return { seen, writes: () => seen.filter(({ method }) => method !== 'GET'), adapter, stop };
}

function usual(request: Seen): Reply {
  return request.query.get('fields') === 'access_token'
    ? { json: { id: request.path, access_token: PAGE_TOKEN } }
    : fault(100, 33, `no object ${request.path}`);
}

function send(response: ServerResponse, reply: Reply): void {
  if ('do' in reply) {
    reply.do(response);
    return;
  }
  if ('text' in reply) {
    response.writeHead(reply.status, { 'content-type': 'text/html' }).end(reply.text);
    return;
  }
  response
    .writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers })
    .end(JSON.stringify(reply.json));
}

/** Meta's error envelope. */
export function fault(code: number, subcode?: number, message = 'no', extra: Record<string, unknown> = {}): Reply {
  return {
    status: 400,
    json: { error: { message, type: 'OAuthException', code, error_subcode: subcode, fbtrace_id: 'Atrace', ...extra } },
  };
}

/** A publish request on the Facebook post, good for long enough on a busy machine. */
export function publishing(changes: Partial<PublishRequest> = {}): PublishRequest {
  return {
    surface: FACEBOOK,
    identityId: PAGE,
    pageId: PAGE,
    adId: '23850000001',
    text: 'Hello from Brightloom – 50 % linen',
    sendBy: performance.now() + 20_000,
    deadlineMs: 5_000,
    ...changes,
  };
}

/** Every text in a thrown error: message, stack, causes, enumerable fields. */
export function everythingIn(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error) ?? String(error);
  const own = `${error.message}\n${error.stack}\n${JSON.stringify(error)}\n${JSON.stringify({ ...error })}`;
  return error.cause === undefined ? own : `${own}\n${everythingIn(error.cause)}`;
}
