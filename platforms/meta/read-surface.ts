import { z } from 'zod';
import type { SurfaceReading } from '../../domain/facts.ts';
import type { Surface } from '../../domain/surface.ts';
import type { CallContext } from '../platform.ts';
import { maybe } from './fields.ts';
import type { Graph, Speaker } from './graph.ts';
import {
  hasKnownKind,
  isStory,
  MEDIA_FIELDS,
  MediaNode,
  POST_FIELDS,
  PostNode,
  surfaceOfMedia,
  surfaceOfPost,
} from './surface-nodes.ts';

export const PostWithSwitch = PostNode.extend({
  comments: maybe(z.object({ summary: maybe(z.object({ can_comment: maybe(z.boolean()) })) })),
});
export const MediaWithSwitch = MediaNode.extend({ is_comment_enabled: maybe(z.boolean()) });
export const PageNode = z.object({ is_published: maybe(z.boolean()) });

/** Reads whether a surface can be commented right now. */
export async function readSurface(graph: Graph, surface: Surface, pageId: string, context: CallContext): Promise<SurfaceReading> {
  const as: Speaker = { kind: 'page', pageId };
  return surface.kind === 'facebook-post'
    ? readPost(graph, surface, pageId, as, context)
    : readMedia(graph, surface, as, context);
}

async function readPost(
  graph: Graph,
  surface: Surface,
  pageId: string,
  as: Speaker,
  context: CallContext,
): Promise<SurfaceReading> {
  const fields = `${POST_FIELDS},comments.limit(0).summary(true)`;
  const [post, page] = await Promise.all([
    graph.read({ node: surface.surfaceId, params: { fields }, as, context }, PostWithSwitch),
    graph.read({ node: pageId, params: { fields: 'is_published' }, as, context }, PageNode),
  ]);
  return {
    surface: surfaceOfPost(post),
    commentsEnabled: post.comments?.summary?.can_comment ?? null,
    identityPublished: page.is_published,
  };
}

async function readMedia(graph: Graph, surface: Surface, as: Speaker, context: CallContext): Promise<SurfaceReading> {
  const fields = `${MEDIA_FIELDS},is_comment_enabled`;
  const media = await graph.read({ node: surface.surfaceId, params: { fields }, as, context }, MediaWithSwitch);
  return {
    surface: surfaceOfMedia(media),
    commentsEnabled: isStory(media) ? false : hasKnownKind(media) ? media.is_comment_enabled : null,
    // Instagram knows no unpublished account.
    identityPublished: null,
  };
}
