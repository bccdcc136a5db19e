import { z } from 'zod';
import { type CallContext, PlatformError, type UsageReport } from '../platform.ts';
import { type Answer, faultOfRead, fitBody, readAnswer, requireSame, tooLong, unanswered, unreadable } from './answer.ts';
import { classify } from './classify.ts';
import type { HttpDoor, HttpHeaders, HttpOutcome } from './exchange.ts';
import { appSecretProof, type Scrubber } from './scrub.ts';
import { type GraphAddress, type MetaSecrets, type MetaSettings, READ_DEADLINE_MS } from './settings.ts';
import { longestWait, readUsage } from './usage.ts';

/** Whose token a call carries: the system user's, or that of a Page. */
export type Speaker = { readonly kind: 'system' } | { readonly kind: 'page'; readonly pageId: string };

export const SYSTEM: Speaker = { kind: 'system' };

/** Whose token a look carries: also the app's own, or one that cannot be any. */
export type LookSpeaker = Speaker | { readonly kind: 'app' } | { readonly kind: 'nobody' };

/** One call of the Graph API. `name` is how errors call it; it holds ids at most. */
export interface GraphCall {
  readonly node: string;
  readonly edge?: string;
  readonly params: Readonly<Record<string, string>>;
  readonly as: Speaker;
  readonly context: CallContext;
  /** The object may answer under another id than the one it was asked by, as posts do under a creative's string. */
  readonly mayBeRenamed?: boolean;
}

/** A read of which everything is of interest, status and headers too; only for examining the platform. */
export interface GraphLook extends Omit<GraphCall, 'as'> {
  readonly as: LookSpeaker;
}

/** What came back, before anybody judges it. */
export type LookOutcome =
  | { readonly kind: 'answered'; readonly answer: Answer; readonly headers: HttpHeaders }
  | { readonly kind: 'failed'; readonly why: string };

export interface GraphWrite extends GraphCall {
  readonly method: 'POST' | 'DELETE';
  readonly deadlineMs: number;
  readonly sendBy: number | null;
}

/** What became of a write, before anybody judges it. */
export type WriteOutcome =
  | { readonly kind: 'answered'; readonly answer: Answer; readonly retryAfterMs: number | null }
  | { readonly kind: 'failed'; readonly handed: boolean; readonly why: string };

export interface Graph {
  readonly scrubber: Scrubber;
  /** @throws PlatformError for anything but an answer that fits. */
  read<T>(call: GraphCall, schema: z.ZodType<T>): Promise<T>;
  /** @throws PlatformError only for what goes wrong before the call, such as a Page token that is not to be had. */
  look(call: GraphLook): Promise<LookOutcome>;
  /** What the platform says about the system user's token, asked as the app. */
  lookAtOwnToken(context: CallContext): Promise<LookOutcome>;
  /** @throws PlatformError only for what goes wrong before the write, such as a Page token that is not to be had. */
  write(call: GraphWrite): Promise<WriteOutcome>;
}

const ID = /^[\w-]{1,100}$/;

/** A token goes into a header: what could not stand there is none. */
export const PageToken = z.object({
  access_token: z
    .string()
    .regex(/^[\x21-\x7e]{1,2000}$/)
    .optional(),
});

/** The Graph API behind one app: tokens, proofs, usage and errors are settled here, so that no verb sees a secret. */
export function createGraph(settings: MetaSettings, address: GraphAddress, door: HttpDoor, scrubber: Scrubber): Graph {
  const pageTokens = new Map<string, { readonly from: string; readonly token: Promise<string> }>();

  function secretsNow(): MetaSecrets {
    const secrets = settings.secrets();
    scrubber.learn(secrets.appSecret);
    scrubber.learn(secrets.systemUserToken);
    return secrets;
  }

  async function send(
    call: GraphLook,
    token: string,
    how: Pick<GraphWrite, 'method' | 'deadlineMs' | 'sendBy'> | null,
  ): Promise<{ readonly outcome: HttpOutcome; readonly retryAfterMs: number | null }> {
    const proof = appSecretProof(token, secretsNow().appSecret);
    scrubber.learn(token);
    scrubber.learn(proof);
    const form = new URLSearchParams({ ...call.params, appsecret_proof: proof }).toString();
    const path = `${address.prefix}/${call.node}${call.edge ? `/${call.edge}` : ''}`;
    const outcome = await door.exchange({
      method: how?.method ?? 'GET',
      path: how?.method === 'POST' ? path : `${path}?${form}`,
      form: how?.method === 'POST' ? form : null,
      token,
      deadlineMs: how?.deadlineMs ?? READ_DEADLINE_MS,
      sendBy: how?.sendBy ?? null,
      signal: call.context.signal,
    });
    if (outcome.kind === 'failed') return { outcome, retryAfterMs: null };
    const pageId = call.as.kind === 'page' ? call.as.pageId : null;
    const usage = readUsage(outcome.headers, { appId: settings.appId, accountId: call.context.accountId, pageId });
    tell(usage);
    return { outcome, retryAfterMs: longestWait(usage) };
  }

  async function lookWith(call: GraphLook, token: string): Promise<LookOutcome> {
    const { outcome } = await send(call, token, null);
    if (outcome.kind === 'failed') return { kind: 'failed', why: scrubber.clean(outcome.why, 200) };
    return { kind: 'answered', answer: readAnswer(outcome), headers: outcome.headers };
  }

  function appToken(): string {
    return `${settings.appId}|${secretsNow().appSecret}`;
  }

  function lookToken({ as, context }: GraphLook): string | Promise<string> {
    switch (as.kind) {
      case 'app':
        return appToken();
      case 'nobody':
        return 'first-comment-is-not-a-token';
      case 'system':
        return secretsNow().systemUserToken;
      case 'page':
        return unlessAborted(pageToken(as.pageId, context.accountId), context.signal);
    }
  }

  function tell(reports: readonly UsageReport[]): void {
    try {
      for (const report of reports) settings.onUsage?.(report);
    } catch (error) {
      // The answer in hand may be the only trace of a published comment: a listener's defect must not lose it.
      process.emitWarning(scrubber.clean(`onUsage threw: ${String(error)}`));
    }
  }

  async function readOnce<T>(call: GraphCall, token: string, schema: z.ZodType<T>): Promise<T> {
    const name = nameOf('GET', call);
    const { outcome, retryAfterMs } = await send(call, token, null);
    if (outcome.kind === 'failed') throw outcome.tooLong === true ? tooLong(name) : unanswered(name, outcome, scrubber);
    const answer = readAnswer(outcome);
    if (answer.kind === 'unreadable') throw unreadable(name, answer.status);
    if (answer.kind === 'fault') throw faultOfRead(name, answer, retryAfterMs, scrubber);
    if (call.edge === undefined && call.mayBeRenamed !== true) requireSame(name, 'id', call.node, idOf(answer.body));
    return fitBody(name, schema, answer.body);
  }

  async function fetchPageToken(pageId: string, systemUserToken: string, accountId: string): Promise<string> {
    // Shared by all who wait for it, so it listens to no single caller's signal.
    const call: GraphCall = { node: pageId, params: { fields: 'access_token' }, as: SYSTEM, context: { accountId } };
    const mend = 'Assign the Page to the system user with the tasks MODERATE and CREATE_CONTENT.';
    const name = nameOf('GET', call);
    const message = `${name}: Meta gives no token for Page ${pageId} (no access_token in the answer). ${mend}`;
    const denied = { kind: 'permission', platform: 'meta', message } as const;
    try {
      const { access_token: token } = await readOnce(call, systemUserToken, PageToken);
      if (token !== undefined) return token;
    } catch (error) {
      // A Page that the system user may not see answers as if it did not exist.
      if (error instanceof PlatformError && error.kind === 'not-found') throw new PlatformError({ ...denied, code: error.code });
      throw error;
    }
    throw new PlatformError(denied);
  }

  function pageToken(pageId: string, accountId: string): Promise<string> {
    const { systemUserToken } = secretsNow();
    const cached = pageTokens.get(pageId);
    // A renewed system-user token makes the Page tokens that came from the old one suspect.
    if (cached?.from === systemUserToken) return cached.token;
    const token = fetchPageToken(pageId, systemUserToken, accountId);
    const entry = { from: systemUserToken, token };
    pageTokens.set(pageId, entry);
    token.catch(() => forget(pageId, token));
    return token;
  }

  function forget(pageId: string, token: Promise<string>): void {
    if (pageTokens.get(pageId)?.token === token) pageTokens.delete(pageId);
  }

  return {
    scrubber,

    async read(call, schema) {
      checkIds(call);
      if (call.as.kind === 'system') return readOnce(call, secretsNow().systemUserToken, schema);
      const { pageId } = call.as;
      const first = pageToken(pageId, call.context.accountId);
      const token = await unlessAborted(first, call.context.signal);
      try {
        return await readOnce(call, token, schema);
      } catch (error) {
        const dead = error instanceof PlatformError && error.kind === 'auth';
        if (!dead) throw error;
        forget(pageId, first);
        return readOnce(call, await unlessAborted(pageToken(pageId, call.context.accountId), call.context.signal), schema);
      }
    },

    async look(call) {
      checkIds(call);
      return lookWith(call, await lookToken(call));
    },

    async lookAtOwnToken(context) {
      const params = { input_token: secretsNow().systemUserToken };
      return lookWith({ node: 'debug_token', params, as: { kind: 'app' }, context }, appToken());
    },

    async write(call) {
      checkIds(call);
      const { context } = call;
      const held = call.as.kind === 'page' ? pageToken(call.as.pageId, context.accountId) : null;
      const token = held ? await unlessAborted(held, context.signal) : secretsNow().systemUserToken;
      const { outcome, retryAfterMs } = await send(call, token, call);
      if (outcome.kind === 'failed') return outcome;
      const answer = readAnswer(outcome);
      // The write itself is not repeated; only the next call gets a fresh token.
      if (answer.kind === 'fault' && classify(answer.fault) === 'auth' && call.as.kind === 'page' && held) {
        forget(call.as.pageId, held);
      }
      return { kind: 'answered', answer, retryAfterMs };
    },
  };
}

/** How errors name a call: method, object and edge, without parameters. */
export function nameOf(method: string, call: Pick<GraphCall, 'node' | 'edge'>): string {
  return `${method} ${call.node}${call.edge ? `/${call.edge}` : ''}`;
}

/** Graph gives the `id` of every object, asked for or not. */
function idOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'id' in body ? body.id : undefined;
}

/** Waits for something shared, but no longer than the caller does. */
function unlessAborted<T>(shared: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return shared;
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new PlatformError({ kind: 'transient', platform: 'meta', message: 'The caller gave up.' }));
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    shared.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}

/** Ids become path segments, so anything but an id is refused before it can change where a call goes. */
function checkIds(call: GraphLook): void {
  const ids = call.as.kind === 'page' ? [call.node, call.as.pageId] : [call.node];
  const wrong = ids.find((id) => !ID.test(id));
  if (wrong === undefined) return;
  throw new PlatformError({
    kind: 'invalid',
    platform: 'meta',
    message: `"${wrong.slice(0, 40)}" is not an id of the Graph API: letters, digits, _ and - only.`,
  });
}
