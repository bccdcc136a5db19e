import { z } from 'zod';
import type { SurfaceRef } from '../../domain/surface.ts';
import type { CallContext, CommentReading } from '../platform.ts';
import { DIALECTS } from './comment-nodes.ts';
import { Id } from './fields.ts';
import type { Graph, Speaker } from './graph.ts';
import { isMissing } from './look-up.ts';
import { type Page, pageOf, walkPages } from './paging.ts';

export interface CommentRequest {
  readonly surface: SurfaceRef;
  readonly identityId: string;
  readonly pageId: string;
  readonly commentId: string;
}

/** How many comments of the default list are looked through for ours. Nobody scrolls further. */
const LISTED_BOUND = 200;
const LISTED_PAGE = 50;

const IdPage = pageOf(z.object({ id: Id }));

/** Reads one comment back, and whether the list that people get by default has it. */
export async function readComment(graph: Graph, request: CommentRequest, context: CallContext): Promise<CommentReading> {
  const dialect = DIALECTS[request.surface.kind];
  const as: Speaker = { kind: 'page', pageId: request.pageId };
  try {
    const params = { fields: dialect.readFields };
    const seen = await graph.read({ node: request.commentId, params, as, context }, dialect.node);
    const authorId = seen.authorIds.includes(request.identityId) ? request.identityId : (seen.authorIds[0] ?? null);
    return {
      kind: 'there',
      // Were it a stranger's after all, its text would still stay in here.
      comment: authorId === request.identityId ? seen.own : { ...seen.own, text: '' },
      authorId,
      hidden: seen.hidden,
      permalink: seen.permalink,
      // A hidden comment is shown to its own Page, so its place in our list says nothing about people.
      listed: seen.hidden === true ? null : await placeInDefaultList(graph, request, as, context),
    };
  } catch (error) {
    if (isMissing(error)) return { kind: 'gone' };
    throw error;
  }
}

async function placeInDefaultList(
  graph: Graph,
  { surface, commentId }: CommentRequest,
  as: Speaker,
  context: CallContext,
): Promise<{ rank: number; of: number } | null> {
  const ids: string[] = [];
  await walkPages(
    (after): Promise<Page<{ id: string }>> =>
      graph.read(
        {
          node: surface.surfaceId,
          edge: 'comments',
          params: { fields: 'id', limit: String(LISTED_PAGE), ...(after === null ? {} : { after }) },
          as,
          context,
        },
        IdPage,
      ),
    (page) => {
      ids.push(...page.map(({ id }) => id));
      return ids.includes(commentId) || ids.length >= LISTED_BOUND ? 'stop' : 'go-on';
    },
    LISTED_BOUND,
  );
  const index = ids.indexOf(commentId);
  return index < 0 ? null : { rank: index + 1, of: ids.length };
}
