import type { ThreadReading } from '../../domain/facts.ts';
import type { CallContext, ThreadDepth, ThreadRequest } from '../platform.ts';
import { DIALECTS, type SeenComment } from './comment-nodes.ts';
import type { Graph } from './graph.ts';
import { type Page, walkPages } from './paging.ts';
import { createTally, type Tally } from './tally.ts';

/** A thread longer than this is reported as not read to its end. */
const MOST_PAGES = 500;

/** Reads top-level comments, newest first and unfiltered, as deep as asked. */
export async function readThread(graph: Graph, request: ThreadRequest, context: CallContext): Promise<ThreadReading> {
  const readAt = new Date().toISOString();
  const dialect = DIALECTS[request.surface.kind];
  const { depth } = request;
  const tally = createTally(request.identityId, request.signs);

  function walk(order: Readonly<Record<string, string>>, limit: number, enough: () => boolean) {
    return walkPages(
      (after): Promise<Page<SeenComment>> =>
        graph.read(
          {
            node: request.surface.surfaceId,
            edge: 'comments',
            params: { fields: dialect.listFields, ...order, limit: String(limit), ...(after === null ? {} : { after }) },
            as: { kind: 'page', pageId: request.pageId },
            context,
          },
          dialect.page,
        ),
      (comments) => {
        tally.add(comments);
        return enough() ? 'stop' : 'go-on';
      },
      MOST_PAGES,
    );
  }

  const newest = depth.kind === 'bounded' ? Math.min(dialect.pageSize, Math.max(1, depth.newest)) : dialect.pageSize;
  const end = await walk(dialect.newestFirst, newest, () => deepEnough(depth, tally));
  const ends = [end];
  if (end === 'stopped' && depth.kind === 'bounded' && depth.oldest > 0 && dialect.oldestFirst !== null) {
    const before = tally.seen;
    const oldest = Math.min(dialect.pageSize, depth.oldest);
    ends.push(await walk(dialect.oldestFirst, oldest, () => tally.seen >= before + depth.oldest));
  }
  const complete = !ends.includes('cut') && tally.unattributed === 0;
  return { own: tally.own, strangers: tally.strangers, complete, readAt };
}

function deepEnough(depth: ThreadDepth, tally: Tally): boolean {
  switch (depth.kind) {
    case 'first-page':
      return tally.seen > 0;
    case 'bounded':
      return tally.seen >= depth.newest;
    case 'until':
      return tally.reachedBack(depth.olderThan);
  }
}
