import type { AdRef } from '../../domain/ad.ts';
import type { AdSnapshot, Resolution, UnusableSurface } from '../../domain/facts.ts';
import type { Surface, SurfaceKind, SurfaceRef } from '../../domain/surface.ts';
import { type CallContext, PlatformError } from '../platform.ts';
import type { AccountBook } from './accounts.ts';
import { AD_FIELDS, AdNode, type CreativeNode } from './ad-node.ts';
import { type Graph, type Speaker, SYSTEM } from './graph.ts';
import { postOwner, snapshotOf } from './snapshot.ts';
import { isStory, MEDIA_FIELDS, MediaNode, POST_FIELDS, PostNode, surfaceOfMedia, surfaceOfPost } from './surface-nodes.ts';

/** Creatives whose post is gone for good. */
const DEAD_CREATIVES: ReadonlyMap<string | null, string> = new Map([
  ['POST_DELETED', 'the post of this ad was deleted'],
  ['PRIVACY_CHECK_FAIL', 'the post of this ad may not be shown to people'],
]);

/** What stands behind one of the creative's ids; `named` is that id, where there was one. */
type Finding = ({ readonly surface: Surface } | { readonly unusable: UnusableSurface }) & { readonly named?: SurfaceRef };

/** Finds out what an ad is and on which surfaces it runs: one call for the ad, one for each of its surfaces. */
export async function resolveAd(graph: Graph, accounts: AccountBook, ad: AdRef, context: CallContext): Promise<Resolution> {
  const node = await readAd(graph, ad, context);
  if (node === null) {
    const why = `Meta knows no ad ${ad.adId}, or the system user may not see it. Check the ad's id, and that ${ad.accountId} is assigned to the system user.`;
    return { kind: 'not-found', why };
  }
  if (`act_${node.account_id}` !== ad.accountId) {
    return {
      kind: 'not-found',
      why: `Ad ${ad.adId} belongs to act_${node.account_id}, not to ${ad.accountId}. Name it under its own account.`,
    };
  }
  const snapshot = snapshotOf(ad, node, await accounts(ad.accountId, context));
  const wait = reasonToWait(snapshot, node.creative);
  if (wait !== null) return { kind: 'later', snapshot, why: wait };
  const findings = await Promise.all(lookUps(graph, snapshot, node.creative, context));
  return {
    kind: 'resolved',
    snapshot,
    surfaces: findings.flatMap((finding) => ('surface' in finding ? [finding.surface] : [])),
    unusable: findings.flatMap((finding) => ('unusable' in finding ? [finding.unusable] : [])),
    named: findings.flatMap((finding) =>
      finding.named ? [{ named: finding.named, surface: 'surface' in finding ? finding.surface : null }] : [],
    ),
  };
}

async function readAd(graph: Graph, ad: AdRef, context: CallContext): Promise<AdNode | null> {
  try {
    return await graph.read({ node: ad.adId, params: { fields: AD_FIELDS }, as: SYSTEM, context }, AdNode);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Ids that are not there yet mean later, not never. */
function reasonToWait(snapshot: AdSnapshot, creative: CreativeNode): string | null {
  if (snapshot.state === 'in-process') return 'Meta is still processing the ad';
  if (creative.status !== 'IN_PROCESS') return null;
  const missing = [
    creative.effective_object_story_id === null && runsOn(snapshot, 'facebook', true) ? 'Facebook post' : null,
    creative.effective_instagram_media_id === null && runsOn(snapshot, 'instagram', snapshot.instagramAccountId !== null)
      ? 'Instagram media'
      : null,
  ].filter((name) => name !== null);
  return missing.length > 0 ? `Meta is still processing the creative; not there yet: ${missing.join(', ')}` : null;
}

function runsOn(snapshot: AdSnapshot, publisher: string, whenAutomatic: boolean): boolean {
  return snapshot.placements?.some((placement) => placement.split('/')[0] === publisher) ?? whenAutomatic;
}

function lookUps(graph: Graph, snapshot: AdSnapshot, creative: CreativeNode, context: CallContext): readonly Promise<Finding>[] {
  const dead = DEAD_CREATIVES.get(creative.object_type);
  if (dead !== undefined) return [Promise.resolve(unusable('facebook-post', dead))];
  const postId = creative.effective_object_story_id;
  const mediaId = creative.effective_instagram_media_id;
  const found = [
    ...(postId === null ? [] : [under('facebook-post', postId, lookUpPost(graph, snapshot, postId, context))]),
    ...(mediaId === null ? [] : [under('instagram-media', mediaId, lookUpMedia(graph, snapshot, mediaId, context))]),
  ];
  return found.length > 0 ? found : [Promise.resolve(unusable(null, REASON_WITHOUT_IDS[snapshot.format]))];
}

async function under(kind: SurfaceKind, surfaceId: string, finding: Promise<Finding>): Promise<Finding> {
  return { ...(await finding), named: { platform: 'meta', kind, surfaceId } };
}

const REASON_WITHOUT_IDS: Readonly<Record<AdSnapshot['format'], string>> = {
  catalogue: 'a catalogue ad is put together for each viewer, so it has no single post to comment on',
  'dynamic-creative': 'a dynamic creative has a post for each variant and names none of them',
  flexible: 'the ad chooses among groups of parts and names neither a Facebook post nor an Instagram media',
  single: 'the creative names neither a Facebook post nor an Instagram media',
};

async function lookUpPost(graph: Graph, snapshot: AdSnapshot, postId: string, context: CallContext): Promise<Finding> {
  const owner = postOwner(postId) ?? snapshot.facebookPageId;
  if (owner === null) return unusable('facebook-post', `nothing tells which Page owns post ${postId}`);
  // The post of a partnership ad belongs to the partner's Page, whose token is not ours to have.
  const foreign =
    owner !== snapshot.facebookPageId ? ` (it belongs to Page ${owner}, the ad names ${snapshot.facebookPageId})` : null;
  try {
    const as: Speaker = { kind: 'page', pageId: owner };
    return { surface: surfaceOfPost(await graph.read({ node: postId, params: { fields: POST_FIELDS }, as, context }, PostNode)) };
  } catch (error) {
    if (isMissing(error)) return unusable('facebook-post', `post ${postId} is gone or may not be seen${foreign ?? ''}`);
    if (foreign !== null && error instanceof PlatformError && error.kind === 'permission') {
      return unusable('facebook-post', `post ${postId} may not be seen${foreign}`);
    }
    throw error;
  }
}

async function lookUpMedia(graph: Graph, snapshot: AdSnapshot, mediaId: string, context: CallContext): Promise<Finding> {
  const pageId = snapshot.facebookPageId;
  const as: Speaker = pageId === null ? SYSTEM : { kind: 'page', pageId };
  try {
    const node = await graph.read({ node: mediaId, params: { fields: MEDIA_FIELDS }, as, context }, MediaNode);
    if (isStory(node)) return unusable('instagram-media', 'Instagram stories take no comments');
    return { surface: surfaceOfMedia(node) };
  } catch (error) {
    if (isMissing(error)) return unusable('instagram-media', `media ${mediaId} is gone or may not be seen`);
    throw error;
  }
}

function unusable(kind: SurfaceKind | null, reason: string): Finding {
  return { unusable: { kind, reason } };
}

/** Whether Meta said that an object is not there, or not for us. */
export function isMissing(error: unknown): boolean {
  return error instanceof PlatformError && error.kind === 'not-found';
}
