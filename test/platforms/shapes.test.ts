import { describe, expect, it } from 'vitest';
import { AD, adNode, type Fields, INSTAGRAM_ACCOUNT, NODES, resolve, resolved } from './an-ad.ts';
import { CONTEXT, fault, MEDIA, PAGE, POST, SYSTEM_TOKEN, tinyGraph } from './tiny-graph.ts';

const BRAND_URL = 'https://www.brightloom.example';
const DYNAMIC = `${POST}/dynamic_posts`;

function on(...placements: readonly string[]): Fields {
  const [facebook, instagram] = ['facebook', 'instagram'].map((publisher) =>
    placements.flatMap((each) => (each.startsWith(`${publisher}/`) ? [each.slice(publisher.length + 1)] : [])),
  );
  const publisher_platforms = [...new Set(placements.map((each) => each.split('/')[0]))];
  return { targeting: { publisher_platforms, facebook_positions: facebook, instagram_positions: instagram } };
}

describe('where an ad delivers', () => {
  it('leaves a post alone that an ad on Instagram only names, without asking for it', async () => {
    const { resolution, graph } = await resolve(adNode({}, {}, on('instagram/stream')));
    expect(resolution).toMatchObject({
      surfaces: [{ kind: 'instagram-media' }],
      unusable: [{ kind: 'facebook-post', reason: expect.stringMatching(/not shown on Facebook/), named: { surfaceId: POST } }],
      named: [{ named: { kind: 'instagram-media' } }],
    });
    expect(resolution).not.toMatchObject({ unusable: [{ delivers: true }] });
    expect(graph.seen.map(({ path }) => path)).not.toContain(POST);
  });

  it('finds no surface for stories alone, and waits for no id of theirs', async () => {
    const targeting = on('facebook/story', 'instagram/story');
    for (const creative of [{}, { status: 'IN_PROCESS', effective_object_story_id: null }]) {
      const resolution = await resolved(adNode(creative, {}, targeting));
      expect(resolution.surfaces).toEqual([]);
      expect(resolution.unusable.at(-1)?.reason).toMatch(/not shown anywhere on Instagram.*only instagram\/story/);
    }
  });

  it('believes what Meta made of the choice before what was asked for', async () => {
    const targeting = {
      publisher_platforms: ['facebook', 'instagram'],
      facebook_positions: ['feed'],
      effective_publisher_platforms: ['facebook'],
      effective_facebook_positions: ['feed', 'story'],
      effective_instagram_positions: ['stream'],
    };
    const { snapshot, surfaces } = await resolved(adNode({}, {}, { targeting }));
    expect(snapshot.placements).toEqual(['facebook/feed', 'facebook/story']);
    expect(surfaces).toMatchObject([{ kind: 'facebook-post' }]);
  });

  it('takes an empty list for an open choice', async () => {
    const targeting = { publisher_platforms: ['facebook'], facebook_positions: [], effective_facebook_positions: [] };
    expect((await resolved(adNode({}, {}, { targeting }))).snapshot.placements).toEqual(['facebook']);
    const open = { publisher_platforms: [], effective_publisher_platforms: [] };
    expect((await resolved(adNode({}, {}, { targeting: open }))).snapshot.placements).toBeNull();
  });
});

describe('an ad that is put together from parts', () => {
  const variants = { json: { data: [{ id: '4000001_77' }] } };
  const none = { json: { data: [] } };
  const dynamic = { is_dynamic_creative: true };
  const groups = (...links: readonly string[]) => ({
    creative_asset_groups_spec: { groups: links.map((link) => ({ call_to_action: { type: 'SHOP_NOW', value: { link } } })) },
  });

  it.each([
    ['a dynamic creative', adNode({}, {}, dynamic)],
    ['a flexible ad', adNode({}, groups(`${BRAND_URL}/en-gb/a`))],
  ])('has no surface where Meta shows a post for each variant: %s', async (_, ad) => {
    const resolution = await resolved(ad, { [DYNAMIC]: variants });
    const reason = expect.stringContaining(`post ${POST} is only the template`);
    expect(resolution).toMatchObject({
      surfaces: [],
      unusable: [
        { kind: 'facebook-post', reason },
        { kind: 'instagram-media', reason },
      ],
      named: [{ surface: null }, { surface: null }],
    });
  });

  it('has its surfaces where the named post of a flexible ad has no variants', async () => {
    const resolution = await resolved(adNode({}, groups(`${BRAND_URL}/en-gb/a`)), { [DYNAMIC]: none });
    expect(resolution.snapshot.format).toBe('flexible');
    expect(resolution.surfaces).toHaveLength(2);
  });

  it('has none where nobody knows whether people see the named post of a dynamic creative', async () => {
    const resolution = await resolved(adNode({}, {}, dynamic), { [DYNAMIC]: none });
    const reason = expect.stringContaining('nobody knows whether people see that one');
    expect(resolution).toMatchObject({
      snapshot: { format: 'dynamic-creative' },
      surfaces: [],
      unusable: [{ reason }, { reason }],
    });
  });

  it.each([
    ['a dynamic creative', 'no permission', adNode({}, {}, dynamic), fault(200)],
    ['a dynamic creative', 'no such object', adNode({}, {}, dynamic), fault(100, 33)],
    ['a flexible ad', 'no permission', adNode({}, groups(`${BRAND_URL}/en-gb/a`)), fault(10)],
    ['a flexible ad', 'no such object', adNode({}, groups(`${BRAND_URL}/en-gb/a`)), fault(100, 33)],
  ])('has no surface where the variants of %s are not told (%s), though its post can be read', async (_, _why, ad, answer) => {
    const resolution = await resolved(ad, { [DYNAMIC]: answer });
    const reason = expect.stringContaining('does not say which variants');
    expect(resolution).toMatchObject({ surfaces: [], unusable: [{ reason }, { reason }] });
  });

  it('has no surface on Instagram either while a dynamic creative names a media and no post', async () => {
    const resolution = await resolved(adNode({ effective_object_story_id: null }, {}, dynamic));
    expect(resolution.unusable).toMatchObject([
      { kind: 'instagram-media', reason: expect.stringMatching(/nothing tells whether people see media/) },
    ]);
  });

  it('is asked for variants as the Page that owns the post, and no other ad is', async () => {
    const { graph } = await resolve(adNode({}, {}, dynamic), { [DYNAMIC]: none });
    expect(graph.seen.filter(({ path }) => path === DYNAMIC)).toHaveLength(1);
    const single = await resolve(adNode({ degrees_of_freedom_spec: { degrees_of_freedom_type: 'USER_ENROLLED_NON_DCO' } }));
    expect(single.resolution).toMatchObject({ snapshot: { format: 'single' }, surfaces: [{}, {}] });
    expect(single.graph.seen.map(({ path }) => path)).not.toContain(DYNAMIC);
  });

  it('says that the post may be gone rather than that it has variants', async () => {
    const resolution = await resolved(adNode({}, {}, dynamic), { [DYNAMIC]: fault(100, 33), [POST]: fault(100, 33) });
    const reason = expect.stringMatching(/gone/);
    expect(resolution.unusable).toMatchObject([
      { kind: 'facebook-post', reason, delivers: true },
      { kind: 'instagram-media', reason, delivers: true },
    ]);
  });
});

describe('landing pages', () => {
  it('are those of every card, group, language and button', async () => {
    const link = (path: string) => `${BRAND_URL}/${path}`;
    const cta = (path: string) => ({ call_to_action: { value: { link: link(path) } } });
    const object_story_spec = {
      page_id: PAGE,
      link_data: {
        link: link('a'),
        child_attachments: [{ link: link('a') }, { link: link('b'), ...cta('c') }],
        customization_rules_spec: [{ customization_spec: { language: 'en_XX' } }, { link: link('d') }],
      },
    };
    const asset_feed_spec = { call_to_actions: [{ value: { link: link('e') } }] };
    const creative_asset_groups_spec = { groups: [cta('f'), cta('g')] };
    const ad = adNode({ object_story_spec, asset_feed_spec, ...cta('h') }, { creative_asset_groups_spec });
    const { snapshot } = await resolved(ad, { [DYNAMIC]: { json: { data: [] } } });
    expect(snapshot.landingUrls.map(({ url, foundIn }) => [url.slice(-1), foundIn])).toEqual([
      ['a', 'object_story_spec.link_data.link'],
      ['b', 'object_story_spec.link_data.child_attachments[1].link'],
      ['c', 'object_story_spec.link_data.child_attachments[1].call_to_action.value.link'],
      ['d', 'object_story_spec.link_data.customization_rules_spec[1].link'],
      ['e', 'asset_feed_spec.call_to_actions[0].value.link'],
      ['f', 'creative_asset_groups_spec.groups[0].call_to_action.value.link'],
      ['g', 'creative_asset_groups_spec.groups[1].call_to_action.value.link'],
      ['h', 'call_to_action.value.link'],
    ]);
  });
});

describe('the languages of an ad', () => {
  const rule = (locales: readonly number[], is_default = false) => ({ is_default, customization_spec: { locales } });

  it.each([
    ['rules by locale', { asset_customization_rules: [rule([6, 24], true), rule([9])] }, ['en-GB', 'en-US', 'fr-FR'], 'en-US'],
    ['a locale key that nobody knows', { asset_customization_rules: [rule([5], true), rule([77])] }, ['de', 'meta:77'], 'de'],
    ['rules without a default', { asset_customization_rules: [rule([5]), rule([9])] }, ['de', 'fr-FR'], null],
    ['automatic translation', { autotranslate: ['es_XX', 'pt_PT', '??'] }, ['es', 'meta:??', 'pt-PT'], null],
  ])('come from %s', async (_, asset_feed_spec, tags, standard) => {
    const { snapshot } = await resolved(adNode({ asset_feed_spec }));
    expect(snapshot.languages).toEqual({ tags, default: standard });
    expect(snapshot.format).toBe('single');
  });

  it("come from rules by language in the post's own data", async () => {
    const customization_rules_spec = [
      { customization_spec: { language: 'de_XX' } },
      { customization_spec: { language: 'fr_XX' }, link: `${BRAND_URL}/fr-fr/x` },
    ];
    const object_story_spec = { page_id: PAGE, link_data: { link: `${BRAND_URL}/de-de/x`, customization_rules_spec } };
    const { snapshot } = await resolved(adNode({ object_story_spec }));
    expect(snapshot.languages).toEqual({ tags: ['de', 'fr'], default: 'de' });
  });

  it.each([
    ['rules for placements', { asset_customization_rules: [{ customization_spec: { publisher_platforms: ['facebook'] } }] }],
    ['no rules', {}],
  ])('are none where there are %s', async (_, asset_feed_spec) => {
    expect((await resolved(adNode({ asset_feed_spec }))).snapshot.languages).toBeNull();
  });
});

describe('an ad set', () => {
  it('counts every kind of place as its country', async () => {
    const kinds = ['cities', 'regions', 'zips', 'places', 'geo_markets', 'metro_areas', 'neighborhoods', 'small_geo_areas'];
    for (const kind of kinds) {
      const geo_locations = { countries: ['GB'], [kind]: [{ key: '1', country: 'ie' }] };
      const { snapshot } = await resolved(adNode({}, {}, { targeting: { geo_locations } }));
      expect([kind, snapshot.targeting.countries]).toEqual([kind, ['GB', 'IE']]);
    }
    const custom_locations = [{ country: 'GB' }, { country_group: 'europe' }, { latitude: 1 }];
    const { snapshot } = await resolved(adNode({}, {}, { targeting: { geo_locations: { custom_locations } } }));
    expect(snapshot.targeting).toMatchObject({
      countries: ['GB'],
      countryGroups: ['custom_locations without a country', 'europe'],
    });
  });

  it('knows the locale keys that stand for a whole language', async () => {
    const { snapshot } = await resolved(adNode({}, {}, { targeting: { locales: [1001, 1002, 1003, 1005, 23] } }));
    expect(snapshot.targeting.locales).toEqual(['en', 'es', 'fr', 'pt', 'es-419']);
  });

  it.each([
    ['for all', { comment_moderation_filter: 'TAGGED' }, [true, 'TAGGED'], [true, 'TAGGED']],
    [
      'per side',
      { comment_moderation_filter: 'PUBLIC', ig_comment_moderation_filter: 'limited' },
      [false, 'PUBLIC'],
      [true, 'limited'],
    ],
    ['with a word that nobody knows', { fb_comment_moderation_filter: 'NEW' }, [null, 'NEW'], [null, null]],
    ['not at all', undefined, [null, null], [null, null]],
  ])('limits comments %s', async (_, brand_safety_config, facebook, instagram) => {
    const { commentLimits } = (await resolved(adNode({}, {}, { brand_safety_config }))).snapshot;
    const said = (['facebook-post', 'instagram-media'] as const).map((kind) => [
      commentLimits[kind].limited,
      commentLimits[kind].setting,
    ]);
    expect(said).toEqual([facebook, instagram]);
  });

  it('has the special categories of ad and campaign, in our words', async () => {
    const campaign = { id: '1', name: 'x', special_ad_categories: ['NONE', 'HOUSING'] };
    const ad = adNode({}, { special_ad_categories: ['FINANCIAL_PRODUCTS_SERVICES', 'HOUSING'], campaign });
    expect((await resolved(ad)).snapshot.specialCategories).toEqual(['financial-products-services', 'housing']);
    expect((await resolved(adNode({}, { special_ad_categories: ['NONE'] }))).snapshot.specialCategories).toEqual([]);
  });
});

describe('whose an ad is', () => {
  const creator = '5550001';
  const theirs = `${creator}_1`;

  it.each([
    ['partners', { branded_content: { partners: [{ fb_page_id: creator }, { ig_user_id: '17' }] } }, ['17', creator], []],
    [
      'sponsors',
      { facebook_branded_content: { sponsor_page_id: PAGE }, instagram_branded_content: { sponsor_id: '18' } },
      [],
      ['18', PAGE],
    ],
    ['a sponsor of the post', { branded_content_sponsor_page_id: PAGE }, [], [PAGE]],
    ['nobody by id', { branded_content: {} }, [], []],
  ])('a partnership names %s', async (_, creative, partnerIds, sponsorIds) => {
    expect((await resolved(adNode(creative))).snapshot.partnership).toEqual({ partnerIds, sponsorIds });
  });

  it("names the creator of a partnership's post that may not be seen, and refuses nothing", async () => {
    const creative = {
      effective_object_story_id: theirs,
      effective_instagram_media_id: null,
      object_story_spec: null,
      actor_id: creator,
      facebook_branded_content: { sponsor_page_id: PAGE },
    };
    const { resolution } = await resolve(adNode(creative), { [creator]: { json: { id: creator } } });
    const reason = expect.stringMatching(new RegExp(`author is Page ${creator}; third-party objects are out of scope`));
    expect(resolution).toMatchObject({ surfaces: [], unusable: [{ kind: 'facebook-post', reason }] });
  });

  it("names the creator of a partnership's media that may not be seen", async () => {
    const creative = {
      effective_object_story_id: null,
      instagram_user_id: '17849',
      instagram_branded_content: { sponsor_id: '17840' },
    };
    const { unusable } = await resolved(adNode(creative), { [MEDIA]: fault(100, 33) });
    const reason = expect.stringMatching(/author is 17849; third-party objects are out of scope/);
    expect(unusable).toMatchObject([{ kind: 'instagram-media', reason, delivers: true }]);
  });

  it("finds the media of another market's account, which the ad's own Page may not see", async () => {
    const account = '17840000003';
    const graph = await tinyGraph(({ path, token }) => {
      if (path === AD.adId) return { json: adNode({ instagram_user_id: account }) };
      if (path === MEDIA) return token === SYSTEM_TOKEN ? { json: { ...NODES[MEDIA], owner: { id: account } } } : fault(100, 33);
      const node = NODES[path];
      return node && { json: node };
    });
    const resolution = await graph.adapter.resolveAd(AD, CONTEXT);
    expect(resolution).toMatchObject({ surfaces: [{ kind: 'facebook-post' }, { kind: 'instagram-media', identityId: account }] });
  });

  it('asks a Page once whose Instagram account stands in for it, and only for ads on Instagram', async () => {
    const page = { json: { id: PAGE, connected_page_backed_instagram_account: { id: INSTAGRAM_ACCOUNT } } };
    const asked = 'connected_page_backed_instagram_account{id}';
    const graph = await tinyGraph(({ path, query }) => {
      if (path === AD.adId) return { json: adNode() };
      if (path === PAGE) return query.get('fields') === asked ? page : undefined;
      const node = NODES[path];
      return node && { json: node };
    });
    for (const _ of [1, 2]) {
      const resolution = await graph.adapter.resolveAd(AD, CONTEXT);
      expect(resolution).toMatchObject({ snapshot: { pageBackedAccountId: INSTAGRAM_ACCOUNT } });
    }
    expect(graph.seen.filter(({ query }) => query.get('fields') === asked)).toHaveLength(1);
    const facebook = await resolve(adNode({ effective_instagram_media_id: null }));
    expect(facebook.graph.seen.filter(({ query }) => query.get('fields') === asked)).toEqual([]);
  });

  it('goes on where the Page may not be asked for a stand-in', async () => {
    const resolution = await resolved(adNode(), { [PAGE]: fault(100, 33) });
    expect(resolution.snapshot.pageBackedAccountId).toBeNull();
    expect(resolution.surfaces).toHaveLength(2);
  });

  it('takes video ads and reels as the surfaces they are', async () => {
    const object_story_spec = { page_id: PAGE, video_data: { call_to_action: { value: { link: `${BRAND_URL}/en-gb/v` } } } };
    const reel = { json: { ...NODES[MEDIA], media_product_type: 'REELS' } };
    const resolution = await resolved(adNode({ object_type: 'VIDEO', object_story_spec }, {}, on('instagram/reels')), {
      [MEDIA]: reel,
    });
    expect(resolution.surfaces).toMatchObject([{ kind: 'instagram-media', surfaceId: MEDIA, dark: false }]);
    expect(resolution.snapshot.landingUrls).toMatchObject([{ url: `${BRAND_URL}/en-gb/v` }]);
  });
});
