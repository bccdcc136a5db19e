import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { type ByteReader, type Head, readBytes } from './http-bytes.ts';

/** Where a connection is cut, in the order in which one exchange meets them. */
export const CUT_PLACES = [
  'before-connect',
  'after-headers',
  'mid-request-body',
  'after-request-body',
  'mid-answer',
  'after-answer',
] as const;
export type CutPlace = (typeof CUT_PLACES)[number];

/** `cut`: both sides lose the connection. `hang`: nothing more passes until the caller gives up; the platform goes on. */
export type CutKind = 'cut' | 'hang';

export interface CutMatch {
  readonly method?: string;
  /** Met by the path with its version and without the query: `/v26.0/4000001_5500001/comments`. */
  readonly path?: RegExp;
}

export interface ArmedCut {
  readonly place: CutPlace;
  readonly match?: CutMatch;
  /** How many fitting requests it meets; one unless given. */
  readonly times?: number;
  readonly kind?: CutKind;
  /** Comes back with its hits. */
  readonly name?: string;
}

export interface CutHit {
  readonly name: string | null;
  readonly place: CutPlace;
  readonly kind: CutKind;
  readonly method: string;
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A TCP proxy for HTTP/1.1 that cuts connections at named places of an exchange. */
export interface CutProxy {
  readonly url: string;
  readonly port: number;
  /** The cuts that happened, oldest first. */
  readonly hits: readonly CutHit[];
  arm(cut: ArmedCut): void;
  /** Forgets what is armed and did not happen yet. */
  disarm(): void;
  /** From now on connections are refused as where nobody listens, until `listen`; those that are open are cut. */
  refuse(): Promise<void>;
  listen(): Promise<void>;
  close(): Promise<void>;
}

interface Armed extends ArmedCut {
  left: number;
}

/**
 * Opens the proxy on a loopback port. `before-connect` resets the caller before anything is opened to the target: the
 * caller has sent, nobody has received. Where the caller's own connect must fail, use `refuse`.
 */
export async function openCutProxy({ target, port = 0 }: { readonly target: string; readonly port?: number }): Promise<CutProxy> {
  const { hostname, port: targetPort } = new URL(target);
  const hits: CutHit[] = [];
  const open = new Set<Socket>();
  let armed: Armed[] = [];

  function take(method: string, path: string): Armed | null {
    const found = armed.find(({ match = {} }) => (match.method ?? method) === method && (match.path?.test(path) ?? true));
    if (!found) return null;
    found.left -= 1;
    if (found.left === 0) armed = armed.filter((other) => other !== found);
    const { place, kind = 'cut', name = null } = found;
    hits.push({ name, place, kind, method, path, at: Date.now() });
    return found;
  }

  function track(socket: Socket): Socket {
    open.add(socket);
    // A cut connection is what this proxy is for.
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
    return socket;
  }

  const server = createServer((client) => {
    track(client);
    const link = { client, fromClient: readBytes(client), toTarget: () => track(connect(Number(targetPort), hostname)), take };
    serve(link).catch((error: unknown) => client.destroy(error as Error));
  });
  const bound = await listen(server, port);

  async function refuse(): Promise<void> {
    const closed = once(server, 'close');
    server.close();
    for (const socket of open) socket.resetAndDestroy();
    await closed;
  }

  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    hits,
    arm: (cut) => armed.push({ ...cut, left: cut.times ?? 1 }),
    disarm() {
      armed = [];
    },
    refuse,
    listen: async () => void (await listen(server, bound)),
    close: async () => {
      if (server.listening) await refuse();
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A caller's connection and the way on. */
interface Link {
  readonly client: Socket;
  readonly fromClient: ByteReader;
  toTarget(): Socket;
  take(method: string, path: string): Armed | null;
}

/** One exchange after the other, until a side ends or a cut happens. */
async function serve({ client, fromClient, toTarget, take }: Link): Promise<void> {
  let [target, fromTarget, idle] = [null as Socket | null, null as ByteReader | null, true];
  const endTarget = () => target?.destroy();
  client.on('close', endTarget);
  for (;;) {
    idle = true;
    const request = await fromClient.head('request');
    if (!request) return void client.end();
    idle = false;
    const [method = '', url = ''] = request.firstLine.split(' ');
    const armed = take(method, url.split('?')[0] ?? url);
    const stop = () => {
      if (armed?.kind === 'hang') return;
      target?.resetAndDestroy();
      client.resetAndDestroy();
    };
    if (armed?.place === 'before-connect') return stop();
    if (!target || !fromTarget) {
      target = toTarget();
      fromTarget = readBytes(target);
      target.on('close', () => {
        if (idle) client.end();
      });
    }
    if ((await passRequest(request, { armed, fromClient, target })) === 'ended') return stop();
    if (armed?.place === 'after-request-body') {
      // The platform has all of it and acts; only the caller never hears.
      client.off('close', endTarget);
      if (armed.kind !== 'hang') client.resetAndDestroy();
      return swallowAnswer(fromTarget, target);
    }
    const passed = await passAnswer(fromTarget, client, armed);
    if (passed === 'ended') return stop();
    if (passed === 'over' || armed?.place === 'after-answer') return void client.end(() => client.destroy());
  }
}

/** What `armed` leaves of the request goes on to the target. */
async function passRequest(
  request: Head,
  { armed, fromClient, target }: { armed: Armed | null; fromClient: ByteReader; target: Socket },
): Promise<'passed' | 'ended'> {
  await write(target, request.bytes);
  if (armed?.place === 'after-headers') return 'ended';
  const length = request.bodyLength ?? 0;
  const body = await fromClient.body(length);
  if (armed?.place === 'mid-request-body') {
    await write(target, body.subarray(0, body.length >> 1));
    return 'ended';
  }
  await write(target, body);
  return 'passed';
}

/** `over`: the target's connection ended with its answer, or instead of one. */
async function passAnswer(fromTarget: ByteReader, client: Socket, armed: Armed | null): Promise<'passed' | 'over' | 'ended'> {
  const answer = await fromTarget.head('answer');
  if (!answer) return 'over';
  await write(client, answer.bytes);
  const body = await fromTarget.body(answer.bodyLength);
  if (armed?.place === 'mid-answer') {
    await write(client, body.subarray(0, body.length >> 1));
    return 'ended';
  }
  await write(client, body);
  return answer.bodyLength === null || body.length < answer.bodyLength ? 'over' : 'passed';
}

async function swallowAnswer(fromTarget: ByteReader, target: Socket): Promise<void> {
  const answer = await fromTarget.head('answer');
  if (answer) await fromTarget.body(answer.bodyLength);
  target.destroy();
}

function write(socket: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed) resolve();
    // An error shows itself as the end of that side's bytes.
    else socket.write(bytes, () => resolve());
  });
}
