import type { WorldSeed } from '../../sandbox/server.ts';

const LINK = 'https://www.brightloom.example/de-de/leinen';

/** Ids of the ads below. */
export const BOTH = '23850000001';
export const GERMAN = '23850000002';
export const REELS = '23850000003';
export const CAROUSEL = '23850000004';
export const CATALOGUE = '23850000005';
export const STORIES = '23850000006';

export const UK_POST = '4000001_5500001';
export const UK_MEDIA = '179000000001';
export const DE_POST = '4000002_5500002';
export const DE_REEL = '179000000003';

/** Two markets and one ad of each look. */
export function feedWorld(changes: Partial<WorldSeed> = {}): WorldSeed {
  const spec = (page: string, link: object) => ({ page_id: page, link_data: { link: LINK, name: 'Leinen', ...link } });
  const creative = (id: string, fields: object) => ({ id: `2382000${id}`, account_id: 'act_100200', ...fields });
  const adSet = (id: string, targeting: Record<string, string[]>) => ({
    id: `2381000${id}`,
    campaign_id: '2380000001',
    name: `Ad set ${id}`,
    targeting,
  });
  const ad = (id: string, name: string, set: string, status: 'ACTIVE' | 'PAUSED' = 'ACTIVE') => ({
    id: `23850000${id}`,
    name,
    adset_id: `2381000${set}`,
    creative_id: `2382000${id}`,
    effective_status: status,
  });
  return {
    app: { id: '900100', require_appsecret_proof: false },
    system_user: { id: '700100' },
    ad_accounts: [{ id: 'act_100200', name: 'Brightloom EU' }],
    pages: [
      { id: '4000001', name: 'Brightloom UK', market: 'en-GB', instagram_business_account: '17840000001' },
      { id: '4000002', name: 'Brightloom Deutschland', market: 'de-DE', instagram_business_account: '17840000002' },
    ],
    instagram_accounts: [
      { id: '17840000001', username: 'brightloom_uk' },
      { id: '17840000002', username: 'brightloom_de' },
    ],
    campaigns: [{ id: '2380000001', account_id: 'act_100200', name: 'PROSPECTING' }],
    ad_sets: [
      adSet('001', {}),
      adSet('002', { publisher_platforms: ['facebook'], facebook_positions: ['feed'] }),
      adSet('003', { publisher_platforms: ['instagram'], instagram_positions: ['reels', 'story'] }),
      adSet('004', {
        publisher_platforms: ['facebook', 'instagram'],
        facebook_positions: ['story'],
        instagram_positions: ['story'],
      }),
    ],
    creatives: [
      creative('001', {
        actor_id: '4000001',
        effective_object_story_id: UK_POST,
        effective_instagram_media_id: UK_MEDIA,
        instagram_user_id: '17840000001',
        link_url: 'https://www.brightloom.example/en-gb/waffle',
        picture: 'waffle',
      }),
      creative('002', { effective_object_story_id: DE_POST, object_story_spec: spec('4000002', {}) }),
      creative('003', {
        effective_instagram_media_id: DE_REEL,
        object_story_spec: {
          page_id: '4000002',
          instagram_user_id: '17840000002',
          video_data: { title: 'Ein Bett in 15 Sekunden' },
        },
      }),
      creative('004', {
        effective_object_story_id: '4000002_5500004',
        object_story_spec: spec('4000002', {
          child_attachments: [
            { name: 'Leinen', link: LINK },
            { name: 'Flanell', link: LINK },
          ],
        }),
      }),
      creative('005', {
        object_story_spec: { page_id: '4000002', template_data: { name: '{{product.name}}' } },
        product_set_id: '1',
      }),
      creative('006', { actor_id: '4000001', effective_object_story_id: '4000001_5500006' }),
    ],
    ads: [
      ad('001', 'Waffle, both networks', '001'),
      ad('002', 'Leinen', '002'),
      ad('003', 'Leinen als Reel', '003'),
      ad('004', 'Karussell', '002'),
      ad('005', 'Katalog', '002', 'PAUSED'),
      ad('006', 'Only stories', '004'),
    ],
    posts: [
      { id: UK_POST, message: 'New in: our waffle bedding.', like_count: 57 },
      { id: DE_POST, message: 'Leinen, das atmet.', like_count: 82 },
      { id: '4000002_5500004', message: 'Leinen oder Flanell?' },
      { id: '4000001_5500006', message: 'Seen in stories.' },
    ],
    media: [
      { id: UK_MEDIA, instagram_account_id: '17840000001', caption: 'New in: our waffle bedding.' },
      {
        id: DE_REEL,
        instagram_account_id: '17840000002',
        caption: 'Ein Bett.',
        media_product_type: 'REELS',
        media_type: 'VIDEO',
      },
    ],
    comments: [
      { object_id: UK_POST, from: { id: '9', name: 'Hannah P.' }, message: 'Super king?', created_time: '9d ago', like_count: 3 },
      {
        object_id: DE_POST,
        from: { id: '8', name: 'Jonas W.' },
        message: 'Immer noch wie neu.',
        created_time: '12d ago',
        like_count: 14,
      },
    ],
    ...changes,
  };
}
