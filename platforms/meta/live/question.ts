import type { LiveVerdict } from '../../examiner.ts';
import type { CallContext } from '../../platform.ts';
import { formatCode } from '../classify.ts';
import type { HttpHeaders } from '../exchange.ts';
import type { Graph, GraphLook } from '../graph.ts';

/** What of the account the questions are asked about; whatever is not there is `null`. */
export interface Subjects {
  readonly accountId: string | null;
  readonly pageId: string | null;
  readonly adIds: readonly string[];
  readonly posts: readonly ThreadSubject[];
  readonly media: readonly ThreadSubject[];
}

/** A post or media with the Page whose token reads it. */
export interface ThreadSubject {
  readonly id: string;
  readonly pageId: string;
  /** The Page or account that owns it. */
  readonly identityId: string;
}

/** Whose token reads a post or media. */
export function speakerOf({ pageId }: ThreadSubject) {
  return { kind: 'page', pageId } as const;
}

export interface Asking {
  readonly graph: Graph;
  readonly context: CallContext;
  readonly subjects: Subjects;
}

export interface Seen {
  readonly seen: string;
  readonly verdict: LiveVerdict;
}

/** One question, what our code assumes as the answer, and how it is asked by reading alone. */
export interface Question {
  readonly id: string;
  readonly question: string;
  readonly assumed: string;
  readonly usedIn: readonly string[];
  ask(asking: Asking): Promise<Seen>;
}

export const agrees = (seen: string): Seen => ({ seen, verdict: 'agrees' });
export const differs = (seen: string): Seen => ({ seen, verdict: 'differs' });
export const notSeen = (seen: string): Seen => ({ seen, verdict: 'not-seen' });
export const judged = (fits: boolean, seen: string): Seen => (fits ? agrees(seen) : differs(seen));

/** An answer as the questions see it: a body, or what stood in its place. */
export type Reply =
  | { readonly kind: 'body'; readonly body: unknown; readonly status: number; readonly headers: HttpHeaders }
  | { readonly kind: 'fault'; readonly code: string; readonly status: number; readonly headers: HttpHeaders }
  | { readonly kind: 'nothing'; readonly why: string };

/** Looks, and tells a refusal from an answer. @throws PlatformError when no Page token is to be had */
export async function lookUp(asking: Asking, call: Pick<GraphLook, 'node' | 'edge' | 'params' | 'as'>): Promise<Reply> {
  const look = await asking.graph.look({ ...call, context: asking.context });
  if (look.kind === 'failed') return { kind: 'nothing', why: look.why };
  const { answer, headers } = look;
  switch (answer.kind) {
    case 'body':
      return { kind: 'body', body: answer.body, status: answer.status, headers };
    case 'fault':
      return { kind: 'fault', code: formatCode(answer.fault), status: answer.status, headers };
    case 'unreadable':
      return { kind: 'nothing', why: `HTTP ${answer.status} without a readable answer` };
  }
}

/** What a question sees when the answer it needs did not come: a refusal differs, silence shows nothing. */
export function withoutBody(reply: Exclude<Reply, { kind: 'body' }>): Seen {
  return reply.kind === 'fault'
    ? differs(`refused with code ${reply.code}, HTTP ${reply.status}`)
    : notSeen(`no answer: ${reply.why}`);
}
