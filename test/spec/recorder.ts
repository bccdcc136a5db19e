import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isObject } from './values.ts';

/** One HTTP exchange with the sandbox, in the words of the spec. */
export interface Exchange {
  readonly method: string;
  /** `v26.0` */
  readonly version: string;
  /** The class of the object that was called; '' when the call is on none. */
  readonly className: string;
  /** `/` for the object itself, `/comments` for an edge. */
  readonly endpoint: string;
  /** Query and body together, as text. */
  readonly params: Readonly<Record<string, string>>;
  readonly status: number;
  /** Names of the answer's headers that are the platform's own. */
  readonly headers: readonly string[];
  readonly answer: unknown;
}

export interface Recorder {
  readonly url: string;
  readonly exchanges: readonly Exchange[];
  close(): Promise<void>;
}

/** How the sandbox's kinds of objects are called in the spec. */
export const CLASS_OF: Readonly<Record<string, string>> = {
  account: 'AdAccount',
  ad: 'Ad',
  'ad-set': 'AdSet',
  campaign: 'Campaign',
  creative: 'AdCreative',
  'facebook-comment': 'Comment',
  instagram: 'IGUser',
  'instagram-comment': 'IGComment',
  media: 'IGMedia',
  page: 'Page',
  post: 'PagePost',
};

/** An HTTP server in front of the sandbox that writes down whatever passes, without changing it. */
export async function recordBefore(sandboxUrl: string, userId: string): Promise<Recorder> {
  const exchanges: Exchange[] = [];
  const known = new Map<string, string>([
    [userId, 'SystemUser'],
    ['me', 'User'],
  ]);

  /** Asked before the call, as the call may be the one that deletes the object. */
  async function classOf(id: string): Promise<string> {
    const found = known.get(id);
    if (found !== undefined) return found;
    const answer = await fetch(`${sandboxUrl}/control/objects/${id}`);
    if (!answer.ok) return `no object ${id}`;
    const { kind, record } = (await answer.json()) as { kind: string; record: { network?: string } };
    const className = CLASS_OF[kind === 'comment' ? `${record.network}-comment` : kind] ?? kind;
    known.set(id, className);
    return className;
  }

  async function pass(came: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(came);
    const url = new URL(came.url ?? '/', sandboxUrl);
    const [version = '', first = '', ...rest] = url.pathname.split('/').filter((part) => part !== '');
    const isCall = first === 'debug_token' || first === '';
    const className = isCall ? '' : await classOf(first);
    const method = came.method ?? 'GET';
    const passed = await forward(url, method, came.headers, body);
    exchanges.push({
      method,
      version,
      className,
      endpoint: isCall ? rootEndpoint(first, url.searchParams) : `/${rest.join('/')}`,
      params: { ...Object.fromEntries(url.searchParams), ...bodyParams(body, came.headers['content-type']) },
      status: passed.status,
      headers: Object.keys(passed.headers).filter((name) => name.startsWith('x-')),
      answer: passed.text === '' ? undefined : JSON.parse(passed.text),
    });
    response.writeHead(passed.status, { 'content-type': passed.headers['content-type'] ?? 'application/json' });
    response.end(passed.text.replaceAll(sandboxUrl, urlOf(server)));
  }

  const server = createServer((came, response) => {
    pass(came, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: urlOf(server),
    exchanges,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** As it came, also with a body where none belongs: the official SDK sends one with GET. */
async function forward(url: URL, method: string, came: IncomingHttpHeaders, body: string) {
  const { host: _host, connection: _connection, ...headers } = came;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, { method, headers }, resolve).on('error', reject).end(body);
  });
  return { status: response.statusCode ?? 0, headers: response.headers, text: await textOf(response) };
}

/** Several objects at once are called by a parameter, not by a path. */
function rootEndpoint(first: string, query: URLSearchParams): string {
  return first === '' && query.has('ids') ? '/?ids=' : `/${first}`;
}

function urlOf(server: ReturnType<typeof createServer>): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function bodyParams(body: string, contentType: string | undefined): Readonly<Record<string, string>> {
  if (body === '') return {};
  if (!contentType?.includes('json')) return Object.fromEntries(new URLSearchParams(body));
  const values: unknown = JSON.parse(body);
  if (!isObject(values)) return {};
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}
