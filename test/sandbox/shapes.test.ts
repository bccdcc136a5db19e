import { expect, test } from 'vitest';
import { AD, MEDIA, PAGE, POST, running, smallWorld } from './small-world.ts';

/** What of the platform tells the shape of an ad: placements, variants, partners, categories, who may comment. */

const AD_SET = '2381000001';
const CREATIVE = '2382000001';

async function patched(...changes: readonly (readonly [string, object])[]) {
  const started = await running();
  for (const [id, json] of changes) {
    const answer = await started.call(`/control/objects/${id}`, { method: 'PATCH', json });
    if (answer.status !== 200) throw new Error(answer.text);
  }
  return started.call;
}

test('An ad set that leaves its placements open delivers on all that the platform chooses', async () => {
  const { call } = await running();
  const targeting = (await call(`/v26.0/${AD_SET}?fields=targeting`)).at('targeting') as Record<string, unknown>;
  expect(targeting.effective_publisher_platforms).toEqual(['facebook', 'instagram', 'messenger', 'audience_network']);
  expect(targeting.effective_facebook_positions).toContain('feed');
  expect(targeting.effective_instagram_positions).toContain('stream');
  expect(targeting.effective_device_platforms).toEqual(['mobile', 'desktop']);
  expect(targeting.publisher_platforms).toBeUndefined();
});

test('Positions that were left from a publisher that is not chosen any more have no effective twin', async () => {
  const targeting = { publisher_platforms: ['instagram'], facebook_positions: ['feed'], instagram_positions: ['story'] };
  const call = await patched([AD_SET, { targeting }]);
  const shown = (await call(`/v26.0/${AD}?fields=targeting`)).at('targeting');
  expect(shown).toEqual({
    ...targeting,
    effective_publisher_platforms: ['instagram'],
    effective_instagram_positions: ['story'],
    effective_device_platforms: ['mobile', 'desktop'],
  });
});

test('An ad has the special categories of its campaign, unless it has its own', async () => {
  const call = await patched(['2380000001', { special_ad_categories: ['EMPLOYMENT'] }]);
  const fields = 'special_ad_categories,campaign{special_ad_categories},adset{special_ad_categories}';
  const ad = await call(`/v26.0/${AD}?fields=${fields}`);
  expect(ad.at('special_ad_categories')).toEqual(['EMPLOYMENT']);
  expect(ad.at('campaign', 'special_ad_categories')).toEqual(['EMPLOYMENT']);
  expect(ad.at('adset', 'special_ad_categories')).toEqual(['EMPLOYMENT']);
  await call(`/control/objects/${AD}`, { method: 'PATCH', json: { special_ad_categories: ['NONE'] } });
  expect((await call(`/v26.0/${AD}?fields=special_ad_categories`)).at('special_ad_categories')).toEqual(['NONE']);
  const wrong = await call(`/control/objects/${AD}`, { method: 'PATCH', json: { special_ad_categories: ['PILLOWS'] } });
  expect(wrong.at('problem')).toContain('special_ad_categories');
});

test('The posts that a dynamic ad generated are listed page by page, with their fields and no others', async () => {
  const variants = [1, 2, 3].map((number) => ({ id: `${PAGE}_900${number}`, title: `Variant ${number}`, created: '2d ago' }));
  const { call, pageToken } = await running(smallWorld({ posts: [{ id: POST, dynamic_posts: variants }] }));
  const token = await pageToken();
  const first = await call(`/v26.0/${POST}/dynamic_posts?limit=2&fields=id,title,created`, { token });
  expect(first.at('data')).toEqual([
    { id: `${PAGE}_9001`, title: 'Variant 1', created: expect.stringMatching(/\+0000$/) },
    { id: `${PAGE}_9002`, title: 'Variant 2', created: expect.stringMatching(/\+0000$/) },
  ]);
  const after = String(first.at('paging', 'cursors', 'after'));
  const second = await call(`/v26.0/${POST}/dynamic_posts?limit=2&fields=id&after=${after}`, { token });
  expect(second.at('data')).toEqual([{ id: `${PAGE}_9003` }]);
  expect(second.at('paging', 'next')).toBeUndefined();
  const inside = await call(`/v26.0/${POST}?fields=dynamic_posts.limit(1){id}`, { token });
  expect(inside.at('dynamic_posts', 'data')).toEqual([{ id: `${PAGE}_9001` }]);
  const wrong = await call(`/v26.0/${POST}/dynamic_posts?fields=id,comments`, { token });
  expect(wrong.at('error', 'message')).toContain('nonexisting field (comments) on node type (RTBDynamicPost)');
});

test('A post that stands for itself has no dynamic posts', async () => {
  const { call, pageToken } = await running();
  expect((await call(`/v26.0/${POST}/dynamic_posts`, { token: await pageToken() })).at('data')).toEqual([]);
});

test('A creative tells its partner, its freedoms and its video', async () => {
  const told = {
    degrees_of_freedom_spec: { creative_features_spec: { image_touchups: { enroll_status: 'OPT_IN' } } },
    branded_content: { partners: [{ ig_user_id: '17841000001', identity_type: 'CREATOR' }] },
    branded_content_sponsor_page_id: PAGE,
    facebook_branded_content: { sponsor_page_id: PAGE },
    instagram_branded_content: { sponsor_id: '17840000001' },
    video_id: '7700000001',
  };
  const call = await patched([CREATIVE, told]);
  const fields = Object.keys(told).join(',');
  expect(JSON.parse((await call(`/v26.0/${CREATIVE}?fields=${fields}`)).text)).toEqual({ id: CREATIVE, ...told });
});

test('A flexible ad shows its groups of assets, and an ad set its comment filter, as they were written', async () => {
  const creative_asset_groups_spec = { groups: [{ group_uuid: 'a', texts: [{ text: 'Linen', text_type: 'headline' }] }] };
  const brand_safety_config = { comment_moderation_filter: 'NO_ONE' };
  const call = await patched([AD, { creative_asset_groups_spec }], [AD_SET, { brand_safety_config }]);
  const ad = await call(`/v26.0/${AD}?fields=creative_asset_groups_spec,adset{brand_safety_config}`);
  expect(ad.at('creative_asset_groups_spec')).toEqual(creative_asset_groups_spec);
  expect(ad.at('adset', 'brand_safety_config')).toEqual(brand_safety_config);
});

test('A Page names the account that stands in for it on Instagram, and its token opens what that account shows', async () => {
  const standIn = '17849000001';
  const { call, pageToken } = await running(
    smallWorld({
      pages: [{ id: PAGE, name: 'Small UK', connected_page_backed_instagram_account: standIn }],
      instagram_accounts: [
        { id: '17840000001', username: 'small_uk' },
        { id: standIn, username: 'small.uk.1' },
      ],
      media: [{ id: MEDIA, instagram_account_id: standIn }],
    }),
  );
  const token = await pageToken();
  const fields = 'connected_page_backed_instagram_account{id},connected_instagram_account,instagram_business_account';
  expect(JSON.parse((await call(`/v26.0/${PAGE}?fields=${fields}`, { token })).text)).toEqual({
    id: PAGE,
    connected_page_backed_instagram_account: { id: standIn },
  });
  expect((await call(`/v26.0/${MEDIA}?fields=owner`, { token })).at('owner', 'id')).toBe(standIn);
});

test('What belongs to a Page that nobody assigned to the system user cannot be seen', async () => {
  const tasks = ['ADVERTISE' as const, 'MODERATE' as const, 'CREATE_CONTENT' as const];
  const { call } = await running(
    smallWorld({
      system_user: { id: '700100', pages: [{ id: PAGE, tasks }] },
      pages: [
        { id: PAGE, name: 'Small UK', instagram_business_account: '17840000001' },
        { id: '4100001', name: 'A creator', instagram_business_account: '17841000001' },
      ],
      instagram_accounts: [
        { id: '17840000001', username: 'small_uk' },
        { id: '17841000001', username: 'a.creator' },
      ],
      posts: [{ id: POST }, { id: '4100001_1' }],
      media: [
        { id: MEDIA, instagram_account_id: '17840000001' },
        { id: '179100000001', instagram_account_id: '17841000001' },
      ],
    }),
  );
  for (const id of ['4100001', '17841000001', '4100001_1', '179100000001']) {
    const answer = await call(`/v26.0/${id}?fields=id`);
    expect([id, answer.status, answer.at('error', 'error_subcode')]).toEqual([id, 400, 33]);
  }
  expect((await call(`/v26.0/${POST}?fields=id`)).status).toBe(200);
});
