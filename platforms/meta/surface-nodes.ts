import { z } from 'zod';
import type { Surface } from '../../domain/surface.ts';
import { Actor, Address, maybe, ObjectId, Word } from './fields.ts';
import { postOwner } from './snapshot.ts';

/** Fields of a post that make a surface. */
export const POST_FIELDS = 'id,permalink_url,is_published,from{id}';
/** Fields of an Instagram media that make a surface. */
export const MEDIA_FIELDS = 'id,permalink,media_product_type,owner{id}';

export const PostNode = z.object({
  id: ObjectId,
  permalink_url: maybe(Address),
  is_published: maybe(z.boolean()),
  from: maybe(Actor),
});

export const MediaNode = z.object({
  id: ObjectId,
  permalink: maybe(Address),
  media_product_type: maybe(Word),
  owner: maybe(Actor),
});

/** A Facebook post as a surface, under the id that the post itself gives. */
export function surfaceOfPost(node: z.infer<typeof PostNode>): Surface {
  return {
    platform: 'meta',
    kind: 'facebook-post',
    surfaceId: node.id,
    // The id of a post begins with its Page's.
    identityId: node.from?.id ?? postOwner(node.id),
    permalink: node.permalink_url,
    dark: node.is_published === null ? null : !node.is_published,
  };
}

/** An Instagram media as a surface. */
export function surfaceOfMedia(node: z.infer<typeof MediaNode>): Surface {
  return {
    platform: 'meta',
    kind: 'instagram-media',
    surfaceId: node.id,
    identityId: node.owner?.id ?? null,
    permalink: node.permalink,
    dark: node.media_product_type === null ? null : node.media_product_type === 'AD',
  };
}

const KNOWN_KINDS: readonly (string | null)[] = ['AD', 'FEED', 'REELS', 'STORY'];

/** Of a kind that nobody knows, nobody knows either whether people can comment it. */
export function hasKnownKind(node: z.infer<typeof MediaNode>): boolean {
  return KNOWN_KINDS.includes(node.media_product_type);
}

/** Stories take no comments, whatever their switches say. */
export function isStory(node: z.infer<typeof MediaNode>): boolean {
  return node.media_product_type === 'STORY';
}
