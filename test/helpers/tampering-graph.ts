import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, request as forward } from 'undici';

/** One question with the sandbox's sound answer. */
export interface Exchange {
  /** Tells one question from another; without the proof, with whose token it came. */
  readonly key: string;
  readonly method: string;
  /** Without the version: `4000001_5500001/comments`. */
  readonly path: string;
  readonly params: URLSearchParams;
  readonly status: number;
  readonly body: string;
}

export interface Tampered {
  readonly status?: number;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A server between the adapter and the sandbox that spoils answers on their way. */
export interface TamperingGraph {
  readonly url: string;
  /** The questions asked since the last `forget`, in their order, with their sound answers. */
  readonly exchanges: readonly Exchange[];
  forget(): void;
  /** From now on each answer goes through `spoil`; `null` lets it pass as it is. */
  tamper(spoil: (exchange: Exchange) => Tampered | null): void;
  /** All answers are sound again. */
  restore(): void;
  close(): Promise<void>;
}

/** `replays`: what was asked once is answered as it was then, without asking the sandbox, so that no write happens twice. */
export async function openTamperingGraph(sandboxUrl: string, { replays }: { replays: boolean }): Promise<TamperingGraph> {
  const known = new Map<string, { readonly status: number; readonly body: string }>();
  const agent = new Agent({ keepAliveTimeout: 60_000 });
  let exchanges: Exchange[] = [];
  let spoil: (exchange: Exchange) => Tampered | null = () => null;

  async function answer(request: IncomingMessage, form: string, response: ServerResponse): Promise<void> {
    const asked = new URL(request.url ?? '/', sandboxUrl);
    const method = request.method ?? 'GET';
    const params = new URLSearchParams(method === 'POST' ? form : asked.search);
    params.delete('appsecret_proof');
    const path = asked.pathname.replace(/^\/v[\d.]+\//, '');
    const key = `${method} ${path}?${params} ${request.headers.authorization ?? ''}`;
    let sound = replays ? known.get(key) : undefined;
    if (sound === undefined) {
      sound = await askSandbox(asked, method, request, form);
      known.set(key, sound);
    }
    const exchange: Exchange = { key, method, path, params, ...sound };
    exchanges.push(exchange);
    const { status = sound.status, body, headers } = spoil(exchange) ?? { body: sound.body };
    response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8', ...headers }).end(body);
  }

  async function askSandbox(asked: URL, method: string, request: IncomingMessage, form: string) {
    const headers = { authorization: request.headers.authorization ?? '' };
    const posting = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
    const answered = await forward(`${sandboxUrl}${asked.pathname}${asked.search}`, {
      method: method as 'GET' | 'POST' | 'DELETE',
      dispatcher: agent,
      ...(method === 'POST' ? { headers: posting, body: form } : { headers }),
    });
    return { status: answered.statusCode, body: await answered.body.text() };
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      answer(request, Buffer.concat(chunks).toString(), response).catch((error: unknown) => response.destroy(error as Error));
    });
  });
  // A busy machine may leave a connection idle for long; one that is just closing would fail a call for no reason.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get exchanges() {
      return exchanges;
    },
    forget() {
      exchanges = [];
    },
    tamper(change) {
      spoil = change;
    },
    restore() {
      spoil = () => null;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await agent.close();
    },
  };
}
