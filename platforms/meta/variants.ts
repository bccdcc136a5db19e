import { z } from 'zod';
import type { AdFormat } from '../../domain/facts.ts';
import { type CallContext, PlatformError } from '../platform.ts';
import type { CreativeNode } from './creative-node.ts';
import { Id } from './fields.ts';
import { type Graph, type Speaker, SYSTEM } from './graph.ts';
import { postOwner } from './snapshot.ts';

const DynamicPosts = z.object({ data: z.array(z.object({ id: Id })) });

export const NAMES_NO_VARIANT = 'a dynamic creative has a post for each variant and names none of them';

/**
 * Why the posts that a creative names are not the ones that people see; `null` when they are. An ad that is put together
 * from parts may have a post for each variant: Meta lists them under the named post (`dynamic_posts`). One more call, only
 * for the formats that need it.
 */
export async function reasonForVariants(
  graph: Graph,
  format: AdFormat,
  creative: CreativeNode,
  context: CallContext,
): Promise<string | null> {
  if (format !== 'dynamic-creative' && format !== 'flexible') return null;
  const postId = creative.effective_object_story_id;
  if (postId === null) {
    return format === 'dynamic-creative' ? NAMES_NO_VARIANT : null;
  }
  if (!(await hasDynamicPosts(graph, postId, context))) return null;
  return `Meta shows a post of its own for each variant of the ad, and post ${postId} is only the template`;
}

async function hasDynamicPosts(graph: Graph, postId: string, context: CallContext): Promise<boolean> {
  const pageId = postOwner(postId);
  const as: Speaker = pageId === null ? SYSTEM : { kind: 'page', pageId };
  const call = { node: postId, edge: 'dynamic_posts', params: { fields: 'id', limit: '1' }, as, context };
  try {
    return (await graph.read(call, DynamicPosts)).data.length > 0;
  } catch (error) {
    // A post that is gone or not ours is named by whoever looks it up.
    if (error instanceof PlatformError && (error.kind === 'not-found' || error.kind === 'permission')) return false;
    throw error;
  }
}
