import { z } from 'zod';
import type { Identity } from '../../../domain/brand.ts';
import { PlatformError } from '../../platform.ts';
import { Id, maybe } from '../fields.ts';
import type { Graph } from '../graph.ts';
import { SYSTEM } from '../graph.ts';
import type { Subjects } from './question.ts';

const Ads = z.object({
  data: z.array(
    z.object({
      id: Id,
      creative: maybe(
        z.object({
          effective_object_story_id: maybe(Id),
          effective_instagram_media_id: maybe(Id),
          instagram_user_id: maybe(Id),
        }),
      ),
    }),
  ),
});
const FIELDS = 'id,creative{id,effective_object_story_id,effective_instagram_media_id,instagram_user_id}';
const ADS = '50';

/** Finds objects of the account to ask about: its first page of ads, their posts and media of the brand's own identities. */
export async function findSubjects(
  graph: Graph,
  identities: readonly Identity[],
  accountIds: readonly string[],
  signal: AbortSignal,
): Promise<Subjects> {
  const pageIds = identities.filter(({ kind }) => kind === 'facebook-page').map(({ identityId }) => identityId);
  const nothing: Subjects = { accountId: accountIds[0] ?? null, pageId: pageIds[0] ?? null, adIds: [], posts: [], media: [] };
  for (const accountId of accountIds) {
    const ads = await listAds(graph, accountId, signal);
    if (ads.length === 0) continue;
    const posts = ads.flatMap(({ creative }) => creative?.effective_object_story_id ?? []);
    const media = ads.flatMap(({ creative }) =>
      creative?.effective_instagram_media_id
        ? [{ id: creative.effective_instagram_media_id, accountId: creative.instagram_user_id }]
        : [],
    );
    return {
      ...nothing,
      accountId,
      adIds: ads.map(({ id }) => id),
      posts: posts.flatMap((id) => (pageIds.includes(pageIn(id)) ? [{ id, pageId: pageIn(id), identityId: pageIn(id) }] : [])),
      media: media.flatMap(({ id, accountId: owner }) => {
        const pageId = identities.find(({ identityId }) => identityId === owner)?.linkedPageId;
        return pageId && owner ? [{ id, pageId, identityId: owner }] : [];
      }),
    };
  }
  return nothing;
}

async function listAds(graph: Graph, accountId: string, signal: AbortSignal) {
  const call = {
    node: accountId,
    edge: 'ads',
    params: { fields: FIELDS, limit: ADS },
    as: SYSTEM,
    context: { accountId, signal },
  };
  try {
    return (await graph.read(call, Ads)).data;
  } catch (error) {
    // An account that cannot be read is a finding of doctor itself; here it only means that there is nothing to ask about.
    if (error instanceof PlatformError) return [];
    throw error;
  }
}

/** A post's id begins with its Page's. */
function pageIn(postId: string): string {
  return postId.split('_')[0] ?? '';
}
