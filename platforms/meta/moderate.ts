import { z } from 'zod';
import type { SurfaceRef } from '../../domain/surface.ts';
import { type CallContext, PlatformError } from '../platform.ts';
import { sayFault } from './answer.ts';
import { classify, formatCode, kindAfterWrite } from './classify.ts';
import { MENDS } from './error-table.ts';
import { type Graph, nameOf } from './graph.ts';
import { WRITE_DEADLINE_MS } from './settings.ts';

/** Which comment of ours is changed, and with whose token. */
export interface OwnCommentRef {
  readonly surface: SurfaceRef;
  readonly pageId: string;
  readonly commentId: string;
}

/** The ad that Instagram's comment calls may name; `null` = leave it out. */
type AdOnInstagram = string | null;

/** What the platform answers to a change that it made. */
export const Done = z.union([z.literal(true), z.object({ success: z.literal(true) })]);

/** Hides or shows one comment of ours. */
export async function setHidden(
  graph: Graph,
  comment: OwnCommentRef,
  hidden: boolean,
  adId: AdOnInstagram,
  context: CallContext,
): Promise<void> {
  const params =
    comment.surface.kind === 'facebook-post' ? { is_hidden: String(hidden) } : { hide: String(hidden), ...naming(adId) };
  await change(graph, 'POST', comment, params, context);
}

/** Deletes; a comment that is not there any more is what was wanted. */
export async function deleteComment(
  graph: Graph,
  comment: OwnCommentRef,
  adId: AdOnInstagram,
  context: CallContext,
): Promise<void> {
  const params = comment.surface.kind === 'facebook-post' ? {} : naming(adId);
  try {
    await change(graph, 'DELETE', comment, params, context);
  } catch (error) {
    if (!(error instanceof PlatformError && error.kind === 'not-found')) throw error;
  }
}

function naming(adId: AdOnInstagram): Readonly<Record<string, string>> {
  return adId === null ? {} : { ad_id: adId };
}

async function change(
  graph: Graph,
  method: 'POST' | 'DELETE',
  { pageId, commentId }: OwnCommentRef,
  params: Readonly<Record<string, string>>,
  context: CallContext,
): Promise<void> {
  const name = nameOf(method, { node: commentId });
  const outcome = await graph.write({
    method,
    node: commentId,
    params,
    as: { kind: 'page', pageId },
    context,
    deadlineMs: WRITE_DEADLINE_MS,
    sendBy: null,
  });
  if (outcome.kind === 'failed') {
    const why = graph.scrubber.clean(outcome.why, 200);
    throw outcome.handed ? unsettled(name, why) : failed('transient', `${name} was not sent: ${why}.`);
  }
  const { answer, retryAfterMs } = outcome;
  if (answer.kind === 'unreadable') throw unsettled(name, `HTTP ${answer.status} without a readable answer`);
  if (answer.kind === 'body') {
    if (!Done.safeParse(answer.body).success) throw unsettled(name, 'the answer does not say success');
    return;
  }
  const kind = kindAfterWrite(answer.fault, answer.status);
  const code = formatCode(answer.fault);
  const means = classify(answer.fault);
  const mend = means === null ? 'The code is unknown; look it up.' : MENDS[means];
  const message = `${name} failed. ${sayFault(answer.fault, graph.scrubber)}. ${mend}`;
  throw failed(kind, message, code, kind === 'throttled' ? retryAfterMs : null);
}

function unsettled(name: string, why: string): PlatformError {
  return failed('unknown-outcome', `Whether ${name} took effect is open: ${why}. Read the comment back.`);
}

function failed(
  kind: PlatformError['kind'],
  message: string,
  code: string | null = null,
  retryAfterMs: number | null = null,
): PlatformError {
  return new PlatformError({ kind, platform: 'meta', message, code, retryAfterMs });
}
