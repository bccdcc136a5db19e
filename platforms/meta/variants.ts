import { z } from 'zod';
import type { AdFormat } from '../../domain/facts.ts';
import { type CallContext, PlatformError } from '../platform.ts';
import type { CreativeNode } from './creative-node.ts';
import { Id } from './fields.ts';
import { type Graph, type Speaker, SYSTEM } from './graph.ts';
import { postOwner } from './snapshot.ts';

export const DynamicPosts = z.object({ data: z.array(z.object({ id: Id })) });

export const NAMES_NO_VARIANT = 'a dynamic creative has a post for each variant and names none of them';

/**
 * Why the posts that a creative names are not, or may not be, the ones that people see; `null` when they are. An ad that is
 * put together from parts may have a post for each variant: Meta lists them under the named post (`dynamic_posts`). One more
 * call, only for the formats that need it. The edge's shape is one of catalogue posts, so of a dynamic creative its silence
 * proves nothing, until somebody has looked (docs/platforms/meta.md, `dynamic-creative-ids`).
 */
export async function reasonForVariants(
  graph: Graph,
  format: AdFormat,
  creative: CreativeNode,
  context: CallContext,
): Promise<string | null> {
  if (format !== 'dynamic-creative' && format !== 'flexible') return null;
  const postId = creative.effective_object_story_id;
  if (postId === null) return format === 'flexible' ? null : withoutPost(creative.effective_instagram_media_id);
  switch (await variantsOf(graph, postId, context)) {
    case 'some':
      return `Meta shows a post of its own for each variant of the ad, and post ${postId} is only the template`;
    case 'not-told':
      return `post ${postId} is gone or may not be seen, or Meta does not say which variants of it people see`;
    case 'none':
      return format === 'flexible'
        ? null
        : `a dynamic creative may have a post for each variant; Meta lists none under post ${postId}, so nobody knows whether people see that one`;
  }
}

function withoutPost(mediaId: string | null): string {
  if (mediaId === null) return NAMES_NO_VARIANT;
  return `a dynamic creative may have a media for each variant; nothing tells whether people see media ${mediaId}`;
}

async function variantsOf(graph: Graph, postId: string, context: CallContext): Promise<'some' | 'none' | 'not-told'> {
  const pageId = postOwner(postId);
  const as: Speaker = pageId === null ? SYSTEM : { kind: 'page', pageId };
  const call = { node: postId, edge: 'dynamic_posts', params: { fields: 'id', limit: '1' }, as, context };
  try {
    const { data } = await graph.read(call, DynamicPosts);
    return data.length > 0 ? 'some' : 'none';
  } catch (error) {
    // Read as "none", a no would let through what nobody has seen.
    if (error instanceof PlatformError && (error.kind === 'not-found' || error.kind === 'permission')) return 'not-told';
    throw error;
  }
}
