import type { CallContext, EditRequest, PublishResult } from '../platform.ts';
import { misfit } from './answer.ts';
import { type Graph, nameOf, type WriteOutcome } from './graph.ts';
import { Done } from './moderate.ts';
import { beforeSending, judgeWrite } from './publish.ts';

/** Gives one comment of ours another text, once; every way in which it can end is a value, as of `publish`. Instagram cannot. */
export async function editComment(
  graph: Graph,
  { surface, pageId, commentId, text, sendBy, deadlineMs }: EditRequest,
  context: CallContext,
): Promise<PublishResult | 'unsupported'> {
  if (surface.kind === 'instagram-media') return 'unsupported';
  const as = { kind: 'page', pageId } as const;
  let outcome: WriteOutcome;
  try {
    outcome = await graph.write({ method: 'POST', node: commentId, params: { message: text }, as, context, deadlineMs, sendBy });
  } catch (error) {
    return beforeSending(graph, error);
  }
  return judgeWrite(graph, nameOf('POST', { node: commentId }), outcome, (body, name) => {
    const done = Done.safeParse(body);
    if (!done.success) return { kind: 'unknown', says: `${name}: ${misfit(done.error)}`, code: null };
    return { kind: 'accepted', commentId };
  });
}
