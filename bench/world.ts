import type { AdRef } from '../domain/ad.ts';
import type { SectionsSeed, WorldSeed } from '../sandbox/server.ts';

export const ACCOUNT = 'act_100200';

/** The example's markets: Page and Instagram account of each, and Meta's number of its locale. Ads take them in turn. */
export const MARKETS = [
  { id: 'en-GB', country: 'GB', locale: 24, page: '4000001', instagram: '17840000001' },
  { id: 'de-DE', country: 'DE', locale: 5, page: '4000002', instagram: '17840000002' },
  { id: 'fr-FR', country: 'FR', locale: 9, page: '4000003', instagram: '17840000003' },
  { id: 'es-ES', country: 'ES', locale: 7, page: '4000005', instagram: '17840000005' },
  { id: 'pt-PT', country: 'PT', locale: 31, page: '4000006', instagram: '17840000006' },
] as const;

export type SurfaceCount = 1 | 2;

/** The account, its Pages and one campaign and ad set for each market and kind of ad; the ads come batch by batch. */
export function emptyWorld(): WorldSeed {
  return {
    app: { id: '900100' },
    system_user: { id: '700100' },
    ad_accounts: [
      { id: ACCOUNT, name: 'Brightloom EU', currency: 'EUR', timezone_name: 'Europe/Berlin' },
      // Without ads; a run surveys all accounts of its brand.
      { id: 'act_100300', name: 'Brightloom Retail', currency: 'GBP', timezone_name: 'Europe/London' },
    ],
    pages: MARKETS.map(({ id, page, instagram }) => ({ id: page, name: id, instagram_business_account: instagram })),
    instagram_accounts: MARKETS.map(({ id, instagram }) => ({
      id: instagram,
      username: `brightloom_${id.slice(-2).toLowerCase()}`,
    })),
    campaigns: MARKETS.map(({ country }, market) => ({
      id: campaignId(market),
      account_id: ACCOUNT,
      name: `${country}_PROSPECTING_2026-11`,
    })),
    ad_sets: MARKETS.flatMap(({ country, locale }, market) =>
      ([1, 2] as const).map((surfaces) => ({
        id: adSetId(market, surfaces),
        campaign_id: campaignId(market),
        name: `${country} ${surfaces}`,
        targeting: {
          geo_locations: { countries: [country] },
          locales: [locale],
          ...(surfaces === 1
            ? { publisher_platforms: ['facebook'], facebook_positions: ['feed'] }
            : {
                publisher_platforms: ['facebook', 'instagram'],
                facebook_positions: ['feed'],
                instagram_positions: ['stream'],
              }),
        },
      })),
    ),
  };
}

/** `count` ads that nobody has seen before, each with a Facebook post of its own and, with two surfaces, an Instagram media. */
export function newAds(first: number, count: number, surfaces: SurfaceCount): { ads: AdRef[]; sections: SectionsSeed } {
  const numbers = Array.from({ length: count }, (_, index) => first + index);
  const made = numbers.map((number) => adWith(number, surfaces));
  return {
    ads: numbers.map((number) => ({ platform: 'meta', accountId: ACCOUNT, adId: adId(number) })),
    sections: {
      ads: made.map(({ ad }) => ad),
      creatives: made.map(({ creative }) => creative),
      posts: made.map(({ post }) => post),
      media: made.flatMap(({ media }) => media),
    },
  };
}

function adWith(number: number, surfaces: SurfaceCount) {
  const index = number % MARKETS.length;
  const market = MARKETS[index] ?? MARKETS[0];
  const tail = String(number).padStart(7, '0');
  const postId = `${market.page}_6${tail}`;
  const mediaId = `18000${tail}`;
  const creativeId = `2392${tail}`;
  const both = surfaces === 2;
  const landing = { link: `https://www.brightloom.example/${market.id.toLowerCase()}/linen` };
  const speakers = { page_id: market.page, ...(both ? { instagram_user_id: market.instagram } : {}) };
  return {
    ad: { id: adId(number), name: `Bench ${number}`, adset_id: adSetId(index, surfaces), creative_id: creativeId },
    creative: {
      id: creativeId,
      account_id: ACCOUNT,
      actor_id: market.page,
      effective_object_story_id: postId,
      ...(both ? { effective_instagram_media_id: mediaId, instagram_user_id: market.instagram } : {}),
      object_story_spec: {
        ...speakers,
        link_data: { ...landing, name: 'Linen', message: 'Washed linen.', call_to_action: { type: 'SHOP_NOW', value: landing } },
      },
    },
    post: { id: postId, message: 'Washed linen.' },
    media: both ? [{ id: mediaId, instagram_account_id: market.instagram, caption: 'Washed linen.' }] : [],
  };
}

function adId(number: number): string {
  return `2395${String(number).padStart(7, '0')}`;
}

function campaignId(market: number): string {
  return `239000000${market}`;
}

function adSetId(market: number, surfaces: SurfaceCount): string {
  return `23910000${surfaces}${market}`;
}
