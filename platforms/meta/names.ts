import type { SurfaceRef } from '../../domain/surface.ts';
import type { CreativeNode } from './creative-node.ts';

/** The post and the media that a creative names, by the creative's own strings. */
export function namesOf(
  creative: Pick<CreativeNode, 'effective_object_story_id' | 'effective_instagram_media_id'>,
): readonly SurfaceRef[] {
  const { effective_object_story_id: postId, effective_instagram_media_id: mediaId } = creative;
  return [
    ...(postId === null ? [] : [{ platform: 'meta', kind: 'facebook-post', surfaceId: postId } as const]),
    ...(mediaId === null ? [] : [{ platform: 'meta', kind: 'instagram-media', surfaceId: mediaId } as const]),
  ];
}
