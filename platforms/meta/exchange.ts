import { type Dispatcher, errors, Pool } from 'undici';
import { createHandOver, type HandOver, sendGuard, TOO_LATE } from './send-guard.ts';
import { CONNECT_DEADLINE_MS, MAX_ANSWER_BYTES, USER_AGENT } from './settings.ts';

/** One HTTP request, complete with its secrets; nothing of it may be put into an error. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly token: string;
  /** A form, for POST. */
  readonly form: string | null;
  readonly deadlineMs: number;
  /** See `PublishRequest.sendBy`; `null` when any moment is good. */
  readonly sendBy: number | null;
  readonly signal: AbortSignal | undefined;
}

export type HttpHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** What became of an exchange. `handed: false` proves that no byte of the request left this machine. */
export type HttpOutcome =
  | { readonly kind: 'answer'; readonly status: number; readonly headers: HttpHeaders; readonly body: Uint8Array }
  /** `tooLong`: an answer came and was longer than `MAX_ANSWER_BYTES`. */
  | { readonly kind: 'failed'; readonly handed: boolean; readonly why: string; readonly tooLong?: boolean };

export interface HttpDoor {
  exchange(request: HttpRequest): Promise<HttpOutcome>;
  close(): Promise<void>;
}

/** Opens the two pools to one origin. Nothing is retried, no redirect is followed. */
export function openHttpDoor(origin: string): HttpDoor {
  const common = {
    connect: { timeout: CONNECT_DEADLINE_MS },
    // With HTTP/1.1 the guard's moment and the first byte are one tick apart from nothing else.
    allowH2: false,
    maxResponseSize: MAX_ANSWER_BYTES,
  };
  const reads = new Pool(origin, { ...common, connections: 32, pipelining: 1 });
  // A write takes a fresh socket each time: on a reused one that the other side is just closing,
  // nobody could tell whether the request arrived, and the surface would have to settle for minutes.
  const writes = new Pool(origin, { ...common, connections: 32, pipelining: 0 });
  return {
    exchange: (request) => exchange(request.method === 'GET' ? reads : writes, request),
    async close() {
      await Promise.all([reads.close(), writes.close()]);
    },
  };
}

async function exchange(pool: Pool, request: HttpRequest): Promise<HttpOutcome> {
  const handOver = createHandOver(request.sendBy);
  const stop = new AbortController();
  if (request.signal?.aborted) return { kind: 'failed', handed: false, why: 'the caller gave up' };
  let release = () => {};
  const stopped = new Promise<HttpOutcome>((settle) => {
    function giveUp(why: string): void {
      handOver.close(why);
      settle({ kind: 'failed', handed: handOver.handed, why });
      stop.abort(new Error(why));
    }
    release = watch(request, handOver, giveUp);
  });
  try {
    // While a connection still opens, undici cannot be aborted; the race answers for it and the guard keeps the word.
    return await Promise.race([converse(pool, request, handOver, stop.signal), stopped]);
  } finally {
    release();
  }
}

/** Calls `giveUp` at the deadline, at the caller's abort, and at `sendBy` when nothing was sent by then. */
function watch(request: HttpRequest, handOver: HandOver, giveUp: (why: string) => void): () => void {
  const { sendBy, deadlineMs, signal } = request;
  const onAbort = () => giveUp('the caller gave up');
  const onSendBy = () => {
    if (!handOver.handed) giveUp(TOO_LATE);
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  const deadline = setTimeout(() => giveUp(`no complete answer within ${deadlineMs} ms`), deadlineMs);
  const unsent = sendBy === null ? undefined : setTimeout(onSendBy, Math.max(0, sendBy - performance.now() + 1));
  return () => {
    clearTimeout(deadline);
    clearTimeout(unsent);
    signal?.removeEventListener('abort', onAbort);
  };
}

async function converse(pool: Pool, request: HttpRequest, handOver: HandOver, signal: AbortSignal): Promise<HttpOutcome> {
  try {
    const answer = await pool.compose(sendGuard(handOver)).request(undiciOptions(request, signal));
    return { kind: 'answer', status: answer.statusCode, headers: answer.headers, body: await answer.body.bytes() };
  } catch (error) {
    return {
      kind: 'failed',
      handed: handOver.handed,
      why: describe(error),
      tooLong: error instanceof errors.ResponseExceededMaxSizeError,
    };
  }
}

function undiciOptions(request: HttpRequest, signal: AbortSignal): Dispatcher.RequestOptions {
  return {
    method: request.method,
    path: request.path,
    headers: {
      authorization: `Bearer ${request.token}`,
      accept: 'application/json',
      'user-agent': USER_AGENT,
      ...(request.form === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    body: request.form,
    signal,
  };
}

/** Name, code and message of a network error; never its stack or sockets. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'the connection failed';
  const code = 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';
  const inner = error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0].message : '';
  return `${error.message || inner || error.name}${code}`;
}
