import { z } from 'zod';
import { type CallContext, PlatformError, type PublishRequest, type PublishResult } from '../platform.ts';
import { COMPARE, misfit, sayFault } from './answer.ts';
import { formatCode, kindAfterWrite } from './classify.ts';
import { ObjectId } from './fields.ts';
import { type Graph, nameOf, type WriteOutcome } from './graph.ts';

const Created = z.object({ id: ObjectId });

/** Posts one comment, once. Every way in which it can end is a value (protocol b to d). */
export async function publish(
  graph: Graph,
  request: PublishRequest,
  sendAdIdOnInstagram: boolean,
  context: CallContext,
): Promise<PublishResult> {
  const namesAd = request.surface.kind === 'instagram-media' && sendAdIdOnInstagram;
  let outcome: WriteOutcome;
  try {
    outcome = await graph.write({
      method: 'POST',
      node: request.surface.surfaceId,
      edge: 'comments',
      params: { message: request.text, ...(namesAd ? { ad_id: request.adId } : {}) },
      as: { kind: 'page', pageId: request.pageId },
      context,
      deadlineMs: request.deadlineMs,
      sendBy: request.sendBy,
    });
  } catch (error) {
    return beforeSending(graph, error);
  }
  const { surfaceId } = request.surface;
  return judgeWrite(graph, nameOf('POST', { node: surfaceId, edge: 'comments' }), outcome, (body, name) => {
    const created = Created.safeParse(body);
    if (!created.success) return { kind: 'unknown', says: `${name}: ${misfit(created.error)}`, code: null };
    // An echo of the surface's own id names no comment.
    if (created.data.id === surfaceId)
      return { kind: 'unknown', says: `${name}: the answer does not fit in id (it names the surface). ${COMPARE}`, code: null };
    return { kind: 'accepted', commentId: created.data.id };
  });
}

/** `write` throws only while it gets the Page token, so nothing was sent; a definite no to that is a definite no to us. */
export function beforeSending(graph: Graph, error: unknown): PublishResult {
  const says = graph.scrubber.clean(error instanceof Error ? error.message : 'the call could not be prepared');
  if (!(error instanceof PlatformError)) return { kind: 'not-sent', says };
  const { kind: why, code, retryAfterMs } = error;
  if (why === 'transient' || why === 'schema' || why === 'unknown-outcome') return { kind: 'not-sent', says };
  return { kind: 'refused', why, code, says, retryAfterMs };
}

/** How a write ended; `read` tells what an answer without a fault means. */
export function judgeWrite(
  graph: Graph,
  name: string,
  outcome: WriteOutcome,
  read: (body: unknown, name: string) => PublishResult,
): PublishResult {
  if (outcome.kind === 'failed') {
    const says = graph.scrubber.clean(outcome.why);
    return outcome.handed ? { kind: 'unknown', says, code: null } : { kind: 'not-sent', says };
  }
  const { answer, retryAfterMs } = outcome;
  switch (answer.kind) {
    case 'unreadable':
      return { kind: 'unknown', says: `${name}: HTTP ${answer.status} without a readable answer`, code: `http-${answer.status}` };
    case 'fault': {
      const says = sayFault(answer.fault, graph.scrubber);
      const code = formatCode(answer.fault);
      const why = kindAfterWrite(answer.fault, answer.status);
      if (why === 'unknown-outcome') return { kind: 'unknown', says, code };
      return { kind: 'refused', why, code, says, retryAfterMs: why === 'throttled' ? retryAfterMs : null };
    }
    case 'body':
      return read(answer.body, name);
  }
}
