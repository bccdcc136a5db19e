import { describe, expect, it } from 'vitest';
import { AD_FIELDS } from '../../platforms/meta/ad-node.ts';
import { AD, adNode, type Fields, INSTAGRAM_ACCOUNT, NODES, resolve, resolved } from './an-ad.ts';
import { CONTEXT, fault, MEDIA, PAGE, PAGE_TOKEN, POST, type Reply, SYSTEM_TOKEN, tinyGraph } from './tiny-graph.ts';

describe('resolving an ad', () => {
  it('gives both surfaces under the ids that the post and the media themselves answer', async () => {
    const alias = '4000001_999';
    const { resolution, graph } = await resolve(adNode({ effective_object_story_id: alias }), { [alias]: { json: NODES[POST] } });
    expect(resolution).toMatchObject({
      kind: 'resolved',
      surfaces: [
        { kind: 'facebook-post', surfaceId: POST, identityId: PAGE, dark: true, permalink: 'https://www.facebook.example/p' },
        { kind: 'instagram-media', surfaceId: MEDIA, identityId: INSTAGRAM_ACCOUNT, dark: true },
      ],
      unusable: [],
      snapshot: { state: 'active', format: 'single', timeZone: 'Europe/Berlin', currency: 'EUR', placements: null },
    });
    const tokens = Object.fromEntries(graph.seen.map(({ path, token }) => [path, token]));
    expect(tokens).toMatchObject({ [AD.adId]: SYSTEM_TOKEN, [alias]: PAGE_TOKEN, [MEDIA]: PAGE_TOKEN });
    expect(graph.seen.find(({ path }) => path === AD.adId)?.query.get('fields')).toBe(AD_FIELDS);
  });

  it('asks for an ad account once', async () => {
    const graph = await tinyGraph((request) =>
      request.path === AD.adId ? { json: adNode({}, { effective_status: 'IN_PROCESS' }) } : { json: NODES[request.path] },
    );
    await graph.adapter.resolveAd(AD, CONTEXT);
    await graph.adapter.resolveAd(AD, CONTEXT);
    expect(graph.seen.map(({ path }) => path)).toEqual([AD.adId, 'act_100200', AD.adId]);
  });

  it.each([
    ['the ad is in process', adNode({}, { effective_status: 'IN_PROCESS' })],
    ['no id is there yet', adNode({ status: 'IN_PROCESS', effective_object_story_id: null, effective_instagram_media_id: null })],
    ['the media id is not there yet', adNode({ status: 'IN_PROCESS', effective_instagram_media_id: undefined })],
  ])('means later when %s', async (_, ad) => {
    expect((await resolve(ad)).resolution.kind).toBe('later');
  });

  it('does not wait for Instagram where the ad set leaves it out', async () => {
    const facebookOnly = { targeting: { publisher_platforms: ['facebook'] } };
    const ad = adNode({ status: 'IN_PROCESS', effective_instagram_media_id: undefined }, {}, facebookOnly);
    expect((await resolved(ad)).surfaces).toMatchObject([{ kind: 'facebook-post' }]);
  });

  it('says that an unknown ad is not found, and that a foreign one belongs elsewhere', async () => {
    const graph = await tinyGraph(() => fault(100, 33));
    expect(await graph.adapter.resolveAd(AD, CONTEXT)).toMatchObject({
      kind: 'not-found',
      why: expect.stringMatching(/no ad 23850000001.*Check/),
    });
    const { resolution } = await resolve(adNode({}, { account_id: '777' }));
    expect(resolution).toMatchObject({ kind: 'not-found', why: expect.stringContaining('belongs to act_777') });
  });

  it.each([
    ['a deleted post', adNode({ object_type: 'POST_DELETED' }), 'facebook-post', /deleted/],
    ['a catalogue ad without a post', adNode({ ...none(), product_set_id: '5' }), null, /catalogue/],
    ['a dynamic creative without a post', adNode(none(), {}, { is_dynamic_creative: true }), null, /dynamic creative/],
    ['a creative without ids', adNode(none()), null, /neither/],
  ])('names why %s cannot be used', async (_, ad, kind, reason) => {
    expect(await resolved(ad)).toMatchObject({ surfaces: [], unusable: [{ kind, reason: expect.stringMatching(reason) }] });
  });

  it('keeps a good Facebook side when the Instagram side is a story or is gone', async () => {
    const story = await resolved(adNode(), { [MEDIA]: { json: { ...NODES[MEDIA], media_product_type: 'STORY' } } });
    const gone = await resolved(adNode(), { [MEDIA]: fault(100, 33) });
    expect(story).toMatchObject({
      surfaces: [{ kind: 'facebook-post' }],
      unusable: [{ kind: 'instagram-media', reason: expect.stringMatching(/stories/) }],
    });
    expect(story).not.toMatchObject({ unusable: [{ delivers: true }] });
    expect(gone).toMatchObject({
      surfaces: [{ kind: 'facebook-post' }],
      unusable: [{ kind: 'instagram-media', reason: expect.stringMatching(/gone/), delivers: true, named: { surfaceId: MEDIA } }],
    });
  });

  it("names a partner's post unusable, but asks for a mend when our own Page is not assigned", async () => {
    const unassigned = (id: string) => ({ json: { id } });
    const partner = adNode({ effective_object_story_id: '888_1', effective_instagram_media_id: null });
    expect(await partnerOf(partner, '888', unassigned('888'))).toMatchObject({
      kind: 'resolved',
      unusable: [{ kind: 'facebook-post', reason: expect.stringContaining('Page 888') }],
    });
    await expect(partnerOf(adNode(), PAGE, unassigned(PAGE))).rejects.toMatchObject({
      kind: 'permission',
      message: expect.stringContaining('MODERATE'),
    });
  });

  it.each([
    ['ACTIVE', 'active'],
    ['ADSET_PAUSED', 'adset-paused'],
    ['ARCHIVED', 'archived'],
    ['CAMPAIGN_PAUSED', 'campaign-paused'],
    ['DELETED', 'deleted'],
    ['DISAPPROVED', 'disapproved'],
    ['PAUSED', 'paused'],
    ['PENDING_BILLING_INFO', 'pending-billing-info'],
    ['PENDING_REVIEW', 'pending-review'],
    ['PREAPPROVED', 'preapproved'],
    ['WITH_ISSUES', 'with-issues'],
  ])('calls %s %s', async (effective_status, state) => {
    expect((await resolved(adNode({}, { effective_status }))).snapshot.state).toBe(state);
  });

  it.each(['NEW_STATE', 'constructor'])('does not guess what the status %s means', async (effective_status) => {
    await expect(resolve(adNode({}, { effective_status }))).rejects.toMatchObject({
      kind: 'schema',
      message: expect.stringContaining('effective_status'),
    });
  });

  it('lists landing URLs in their order with their place, each once', async () => {
    const link = (path: string) => `https://www.brightloom.example/${path}`;
    const spec = {
      page_id: PAGE,
      link_data: {
        link: link('a'),
        call_to_action: { type: 'SHOP_NOW', value: { link: link('b') } },
        child_attachments: [{ link: link('c') }],
      },
      video_data: { call_to_action: { value: { link: link('d') } } },
      template_data: { link: link('e') },
    };
    const asset_feed_spec = { link_urls: [{ website_url: link('a') }, { website_url: link('f'), url_tags: 'utm_source=x' }] };
    const { snapshot } = await resolved(
      adNode({ object_story_spec: spec, asset_feed_spec, link_url: link('g'), object_url: link('h') }),
    );
    expect(snapshot.landingUrls.map(({ url, foundIn }) => [url.slice(-1), foundIn])).toEqual([
      ['a', 'object_story_spec.link_data.link'],
      ['b', 'object_story_spec.link_data.call_to_action.value.link'],
      ['c', 'object_story_spec.link_data.child_attachments[0].link'],
      ['d', 'object_story_spec.video_data.call_to_action.value.link'],
      ['e', 'object_story_spec.template_data.link'],
      ['f', 'asset_feed_spec.link_urls[1].website_url'],
      ['g', 'link_url'],
      ['h', 'object_url'],
    ]);
    expect(snapshot).toMatchObject({ urlTags: 'utm_source=x', format: 'catalogue' });
  });

  it('tells variants that are combined from languages of one post', async () => {
    const bodies = [{ text: 'a' }, { text: 'b' }];
    const variants = await resolved(adNode({ asset_feed_spec: { bodies } }));
    const languages = await resolved(adNode({ asset_feed_spec: { bodies, asset_customization_rules: [{ is_default: true }] } }));
    expect([variants.snapshot.format, languages.snapshot.format]).toEqual(['dynamic-creative', 'single']);
  });

  it('reads targeting and placements', async () => {
    const targeting = {
      geo_locations: { countries: ['de'], country_groups: ['europe'], cities: [{ key: '1', country: 'AT' }] },
      locales: [5, 24, 9999],
      publisher_platforms: ['facebook', 'instagram', 'audience_network'],
      facebook_positions: ['feed', 'story'],
      instagram_positions: ['stream'],
    };
    const { snapshot } = await resolved(adNode({}, {}, { targeting }));
    expect(snapshot.targeting).toEqual({
      countries: ['DE', 'AT'],
      countryGroups: ['europe'],
      locales: ['de', 'en-GB', 'meta:9999'],
    });
    expect(snapshot.placements).toEqual(['facebook/feed', 'facebook/story', 'instagram/stream', 'audience_network']);
  });
});

function none(): Fields {
  return { effective_object_story_id: null, effective_instagram_media_id: null };
}

async function partnerOf(ad: Fields, pageId: string, tokenReply: Reply) {
  const graph = await tinyGraph((request) => {
    if (request.path === AD.adId) return { json: ad };
    if (request.path === pageId) return tokenReply;
    const node = NODES[request.path];
    return node && { json: node };
  });
  return graph.adapter.resolveAd(AD, CONTEXT);
}
