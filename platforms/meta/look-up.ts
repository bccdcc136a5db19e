import type { AdSnapshot, UnusableSurface } from '../../domain/facts.ts';
import type { Surface, SurfaceKind, SurfaceRef } from '../../domain/surface.ts';
import { type CallContext, PlatformError } from '../platform.ts';
import { type Graph, type Speaker, SYSTEM } from './graph.ts';
import { postOwner } from './snapshot.ts';
import { isStory, MEDIA_FIELDS, MediaNode, POST_FIELDS, PostNode, surfaceOfMedia, surfaceOfPost } from './surface-nodes.ts';

/** What stands behind one of the creative's ids; `named` is that id, where there was one. */
export type Finding = ({ readonly surface: Surface } | { readonly unusable: UnusableSurface }) & { readonly named?: SurfaceRef };

/** Looks a post or media up under the creative's id: one call each. */
export async function lookUp(graph: Graph, snapshot: AdSnapshot, named: SurfaceRef, context: CallContext): Promise<Finding> {
  const look = named.kind === 'facebook-post' ? lookUpPost : lookUpMedia;
  return { ...(await look(graph, snapshot, named, context)), named };
}

/** No surface of the ad: it has none, or nobody reads a thread there. `named` as the creative calls it. */
export function unusable(kind: SurfaceKind | null, reason: string, named?: SurfaceRef): Finding {
  return { unusable: { kind, reason, ...(named ? { named } : {}) } };
}

/** The ad is shown there, and yet nothing can be written. */
export function closed(named: SurfaceRef, reason: string): Finding {
  return { unusable: { kind: named.kind, reason, named, delivers: true } };
}

async function lookUpPost(graph: Graph, snapshot: AdSnapshot, named: SurfaceRef, context: CallContext): Promise<Finding> {
  const postId = named.surfaceId;
  const owner = postOwner(postId) ?? snapshot.facebookPageId;
  if (owner === null) return closed(named, `nothing tells which Page owns post ${postId}`);
  const foreign = foreignOwner(snapshot, owner);
  try {
    const as: Speaker = { kind: 'page', pageId: owner };
    const call = { node: postId, params: { fields: POST_FIELDS }, as, context, mayBeRenamed: true };
    return { surface: surfaceOfPost(await graph.read(call, PostNode)) };
  } catch (error) {
    if (isMissing(error)) return closed(named, `post ${postId} is gone or may not be seen${foreign ?? ''}`);
    if (foreign !== null && error instanceof PlatformError && error.kind === 'permission') {
      return closed(named, `post ${postId} may not be seen${foreign}`);
    }
    throw error;
  }
}

/** The post of a partnership ad belongs to the partner's Page, whose token is not ours to have. */
function foreignOwner({ partnership, facebookPageId }: AdSnapshot, owner: string): string | null {
  if (partnership !== null && !partnership.sponsorIds.includes(owner)) {
    return ` (a partnership ad whose author is Page ${owner}; third-party objects are out of scope)`;
  }
  return owner === facebookPageId ? null : ` (it belongs to Page ${owner}, the ad names ${facebookPageId})`;
}

async function lookUpMedia(graph: Graph, snapshot: AdSnapshot, named: SurfaceRef, context: CallContext): Promise<Finding> {
  const mediaId = named.surfaceId;
  const partner = authorOfMedia(snapshot);
  try {
    const node = await readMedia(graph, snapshot.facebookPageId, mediaId, context);
    if (isStory(node)) return unusable('instagram-media', 'Instagram stories take no comments', named);
    return { surface: surfaceOfMedia(node) };
  } catch (error) {
    if (isMissing(error)) return closed(named, `media ${mediaId} is gone or may not be seen${partner ?? ''}`);
    if (partner !== null && error instanceof PlatformError && error.kind === 'permission') {
      return closed(named, `media ${mediaId} may not be seen${partner}`);
    }
    throw error;
  }
}

/** A Page sees the media of its own account only; the system user sees whose a media of another market is. */
async function readMedia(graph: Graph, pageId: string | null, mediaId: string, context: CallContext) {
  const call = { node: mediaId, params: { fields: MEDIA_FIELDS }, context, mayBeRenamed: true };
  if (pageId === null) return graph.read({ ...call, as: SYSTEM }, MediaNode);
  try {
    return await graph.read({ ...call, as: { kind: 'page', pageId } }, MediaNode);
  } catch (error) {
    if (isMissing(error)) return graph.read({ ...call, as: SYSTEM }, MediaNode);
    throw error;
  }
}

function authorOfMedia({ partnership, instagramAccountId }: AdSnapshot): string | null {
  if (partnership === null || (instagramAccountId !== null && partnership.sponsorIds.includes(instagramAccountId))) return null;
  const author = instagramAccountId ?? partnership.partnerIds.join(', ');
  return ` (a partnership ad whose author is ${author === '' ? 'not named' : author}; third-party objects are out of scope)`;
}

/** Whether Meta said that an object is not there, or not for us. */
export function isMissing(error: unknown): boolean {
  return error instanceof PlatformError && error.kind === 'not-found';
}
