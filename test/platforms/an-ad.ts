import { CONTEXT, MEDIA, PAGE, POST, type Reply, tinyGraph } from './tiny-graph.ts';

export const AD = { platform: 'meta', accountId: 'act_100200', adId: '23850000001' } as const;
export const INSTAGRAM_ACCOUNT = '17840000001';

export type Fields = Record<string, unknown>;

/** An ad's node as the Graph answers it, changed in its creative, itself or its ad set. */
export function adNode(creative: Fields = {}, changes: Fields = {}, adset: Fields = {}): Fields {
  return {
    id: AD.adId,
    name: 'UK linen 1',
    account_id: '100200',
    effective_status: 'ACTIVE',
    campaign: { id: '2380000001', name: 'UK_PROSPECTING_2026-11' },
    adset: { id: '2381000001', name: 'UK', is_dynamic_creative: false, targeting: {}, ...adset },
    creative: {
      id: '2382000001',
      status: 'ACTIVE',
      object_type: 'SHARE',
      effective_object_story_id: POST,
      effective_instagram_media_id: MEDIA,
      instagram_user_id: INSTAGRAM_ACCOUNT,
      object_story_spec: { page_id: PAGE, link_data: { link: 'https://www.brightloom.example/en-gb/linen' } },
      ...creative,
    },
    ...changes,
  };
}

/** What stands around the ad. */
export const NODES: Readonly<Record<string, Fields>> = {
  act_100200: { id: 'act_100200', timezone_name: 'Europe/Berlin', currency: 'EUR' },
  [POST]: { id: POST, permalink_url: 'https://www.facebook.example/p', is_published: false, from: { id: PAGE } },
  [MEDIA]: {
    id: MEDIA,
    permalink: 'https://www.instagram.example/p/x',
    media_product_type: 'AD',
    owner: { id: INSTAGRAM_ACCOUNT },
  },
};

/** Resolves an ad whose node is `ad`; other objects are `NODES`, with `replies` set over them. */
export async function resolve(ad: Fields, replies: Readonly<Record<string, Reply>> = {}) {
  const graph = await tinyGraph((request) => {
    if (request.path === AD.adId) return { json: ad };
    if (request.query.get('fields') === 'access_token') return undefined;
    const node = NODES[request.path];
    return replies[request.path] ?? (node ? { json: node } : undefined);
  });
  return { resolution: await graph.adapter.resolveAd(AD, CONTEXT), graph };
}

/** As `resolve`, for an ad that must be resolved. */
export async function resolved(ad: Fields, replies: Readonly<Record<string, Reply>> = {}) {
  const { resolution } = await resolve(ad, replies);
  if (resolution.kind !== 'resolved') throw new Error(`resolved was expected, not ${resolution.kind}`);
  return resolution;
}
