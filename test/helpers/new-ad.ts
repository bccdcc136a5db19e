import type { AdRef } from '../../domain/ad.ts';
import type { SectionsSeed } from '../../sandbox/server.ts';
import type { SandboxControl } from './sandbox-control.ts';

/** The markets of the example, with the numbers that the sandbox's world gives them. */
const MARKETS = {
  'en-GB': { page: '4000001', instagram: '17840000001', country: 'GB', locale: 24, landing: 'en-gb/waffle' },
  'de-DE': { page: '4000002', instagram: '17840000002', country: 'DE', locale: 5, landing: 'de-de/leinen' },
  'fr-FR': { page: '4000003', instagram: '17840000003', country: 'FR', locale: 9, landing: 'fr-fr/lin' },
  'it-IT': { page: '4000004', instagram: '17840000004', country: 'IT', locale: 10, landing: 'it-it/lino' },
  'es-ES': { page: '4000005', instagram: '17840000005', country: 'ES', locale: 7, landing: 'es-es/lino' },
  'pt-PT': { page: '4000006', instagram: '17840000006', country: 'PT', locale: 31, landing: 'pt-pt/linho' },
} as const;
export type MarketId = keyof typeof MARKETS;

type Changes = Readonly<Record<string, unknown>>;

export interface AdWish {
  /** The ad account that it belongs to; `act_100200` when left out. */
  readonly account?: string;
  readonly market?: MarketId;
  /** The surfaces that it gets; Facebook alone when left out. */
  readonly on?: readonly ('facebook' | 'instagram')[];
  readonly ad?: Changes;
  readonly adSet?: Changes;
  readonly creative?: Changes;
  readonly post?: Changes;
  readonly media?: Changes;
  /** Strangers who have commented before us, on every surface. */
  readonly strangers?: number;
  /** Shows the post of this other ad. */
  readonly samePostAs?: SeededAd;
}

export interface SeededAd {
  readonly ad: AdRef;
  readonly postId: string;
  readonly mediaId: string;
  readonly pageId: string;
  readonly instagramId: string;
}

let count = 0;

/** A fresh ad with a post and a media of its own, so that no test meets another one's comments. */
export async function seedAd(sandbox: SandboxControl, wish: AdWish = {}): Promise<SeededAd> {
  count += 1;
  const number = String(count).padStart(4, '0');
  const market = MARKETS[wish.market ?? 'de-DE'];
  const account = wish.account ?? 'act_100200';
  const on = wish.on ?? ['facebook'];
  const postId = wish.samePostAs?.postId ?? `${market.page}_77${number}`;
  const mediaId = `17955500${number}`;
  const ids = { ad: `2399000${number}`, campaign: `2390000${number}`, adSet: `2391000${number}`, creative: `2392000${number}` };
  const ownPost = on.includes('facebook') && !wish.samePostAs;
  const sections = {
    campaigns: [{ id: ids.campaign, account_id: account, name: `${market.country}_PROSPECTING_2026-11` }],
    ad_sets: [
      {
        id: ids.adSet,
        campaign_id: ids.campaign,
        name: `set ${number}`,
        targeting: {
          geo_locations: { countries: [market.country] },
          locales: [market.locale],
          publisher_platforms: on,
          ...(on.includes('facebook') ? { facebook_positions: ['feed'] } : {}),
          ...(on.includes('instagram') ? { instagram_positions: ['stream'] } : {}),
        },
        ...wish.adSet,
      },
    ],
    creatives: [
      {
        id: ids.creative,
        account_id: account,
        actor_id: market.page,
        object_story_spec: {
          page_id: market.page,
          instagram_user_id: market.instagram,
          link_data: { link: `https://www.brightloom.example/${market.landing}`, message: 'woven' },
        },
        ...(on.includes('facebook') ? { effective_object_story_id: postId } : {}),
        ...(on.includes('instagram') ? { instagram_user_id: market.instagram, effective_instagram_media_id: mediaId } : {}),
        ...wish.creative,
      },
    ],
    ads: [
      {
        id: ids.ad,
        name: `ad ${number}`,
        adset_id: ids.adSet,
        creative_id: ids.creative,
        updated_time: new Date().toISOString(),
        ...wish.ad,
      },
    ],
    posts: ownPost ? [{ id: postId, ...wish.post }] : [],
    media: on.includes('instagram') ? [{ id: mediaId, instagram_account_id: market.instagram, ...wish.media }] : [],
  };
  await sandbox.seed(sections as SectionsSeed);
  for (const objectId of [...(ownPost ? [postId] : []), ...(on.includes('instagram') ? [mediaId] : [])]) {
    for (let stranger = 1; stranger <= (wish.strangers ?? 0); stranger += 1) {
      const from = { id: `55500${stranger}`, name: 'Jane Roe' };
      await sandbox.comment({ object_id: objectId, from, message: `how much? ${stranger}`, created_time: `${stranger}h ago` });
    }
  }
  const ad: AdRef = { platform: 'meta', accountId: account, adId: ids.ad };
  return { ad, postId, mediaId, pageId: market.page, instagramId: market.instagram };
}
