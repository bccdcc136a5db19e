import { describe, expect, test } from 'vitest';
import { TOO_LONG } from '../../platforms/platform.ts';
import { ACCOUNT, CONTEXT, fault, PAGE, POST, type Reply, type Seen, tinyGraph } from './tiny-graph.ts';

const FIRST = { changedSince: null, after: null, limit: 50 };

/** A row as Meta gives it, with all that a snapshot needs. */
function row(changes: Record<string, unknown> = {}) {
  return {
    id: '23850000001',
    name: 'Leinen',
    account_id: '100200',
    effective_status: 'ACTIVE',
    campaign: { id: '2380000001', name: 'DE_PROSPECTING' },
    adset: {
      id: '2381000001',
      name: 'set',
      targeting: { geo_locations: { countries: ['DE'] }, publisher_platforms: ['facebook'] },
    },
    creative: { id: '2382000001', actor_id: PAGE, effective_object_story_id: POST },
    ...changes,
  };
}

function listing(answer: (request: Seen, count: number) => Reply) {
  return tinyGraph((request, count) => {
    if (request.path === ACCOUNT) return { json: { id: ACCOUNT, timezone_name: 'Europe/Berlin', currency: 'EUR' } };
    return request.path === `${ACCOUNT}/ads` ? answer(request, count) : undefined;
  });
}

const page = (data: readonly unknown[], next?: string): Reply => ({
  json: {
    data,
    paging: { cursors: { after: next ?? 'last' }, ...(next === undefined ? {} : { next: 'https://graph/with-token' }) },
  },
});

describe('the listing of an account', () => {
  test('asks for what a resolve reads, of ads that people may see, and of all that changed', async () => {
    const graph = await listing(() => page([row()]));
    await graph.adapter.listAds(FIRST, CONTEXT);
    await graph.adapter.listAds({ changedSince: '2026-11-22T01:00:00.900Z', after: 'c1', limit: 10 }, CONTEXT);
    const [first, second] = graph.seen.filter(({ path }) => path === `${ACCOUNT}/ads`);
    const statuses = JSON.parse(first?.query.get('effective_status') ?? '[]') as string[];
    expect(statuses).toContain('PAUSED');
    expect(statuses).not.toContain('ARCHIVED');
    expect(first?.query.get('fields')).toContain('effective_object_story_id');
    expect([...(first?.query.keys() ?? [])].sort()).toEqual(['appsecret_proof', 'effective_status', 'fields', 'limit']);
    expect(Object.fromEntries(second?.query ?? [])).toMatchObject({ updated_since: '1795309200', after: 'c1', limit: '10' });
    const changed = JSON.parse(second?.query.get('effective_status') ?? '[]') as string[];
    expect(changed).toContain('ARCHIVED');
    expect(changed).not.toContain('DELETED');
  });

  test('gives each ad with its snapshot and the surfaces that its creative names and that it delivers on', async () => {
    const creative = { ...row().creative, effective_instagram_media_id: '17900000001' };
    const graph = await listing(() => page([row({ creative })], 'c1'));
    expect(await graph.adapter.listAds(FIRST, CONTEXT)).toMatchObject({
      ads: [
        {
          ad: { platform: 'meta', accountId: ACCOUNT, adId: '23850000001' },
          snapshot: { state: 'active', timeZone: 'Europe/Berlin', targeting: { countries: ['DE'] } },
          state: 'active',
          names: [{ kind: 'facebook-post', surfaceId: POST }],
          complete: true,
          misfit: null,
        },
      ],
      unreadable: [],
      next: 'c1',
    });
  });

  test('says of a creative in process that more surfaces may come', async () => {
    const graph = await listing(() =>
      page([row({ creative: { id: '1', status: 'IN_PROCESS' } }), row({ effective_status: 'IN_PROCESS' })]),
    );
    const { ads } = await graph.adapter.listAds(FIRST, CONTEXT);
    expect(ads.map(({ complete, misfit }) => ({ complete, misfit }))).toEqual(Array(2).fill({ complete: false, misfit: null }));
  });

  test.each([
    ['a status that nobody knows', { effective_status: 'BEING_BORN' }, null],
    ['no campaign', { campaign: null }, 'active'],
    ['targeting of another type', { adset: { id: '1', name: 'x', targeting: 'everybody' } }, 'active'],
    ['a name of another type', { name: 7 }, 'active'],
  ])('keeps the ids of a row with %s, without its market', async (_, changes, state) => {
    const graph = await listing(() => page([row(changes), row({ id: '23850000002' })]));
    const { ads, unreadable } = await graph.adapter.listAds(FIRST, CONTEXT);
    expect(unreadable).toEqual([]);
    expect(ads).toMatchObject([
      {
        ad: { adId: '23850000001' },
        snapshot: null,
        state,
        names: [{ kind: 'facebook-post', surfaceId: POST }],
        complete: false,
        misfit: expect.stringContaining(Object.keys(changes)[0] ?? ''),
      },
      { ad: { adId: '23850000002' }, misfit: null },
    ]);
  });

  test('says of a page that is longer than any that is read that fewer rows may fit', async () => {
    const graph = await listing(() => page([row({ name: 'x'.repeat(4 * 1024 * 1024) })]));
    await expect(graph.adapter.listAds(FIRST, CONTEXT)).rejects.toMatchObject({ kind: 'schema', code: TOO_LONG });
  });

  test('counts rows without a readable id, and never repeats their values', async () => {
    const graph = await listing(() => page([{ name: 'secret words' }, null, 'secret words', row({ id: 'not an id!' }), row()]));
    const { ads, unreadable } = await graph.adapter.listAds(FIRST, CONTEXT);
    expect(ads).toHaveLength(1);
    expect(unreadable).toHaveLength(4);
    expect(JSON.stringify(unreadable)).not.toMatch(/secret words/);
  });

  test('may have an empty page before the next one, and ends without one', async () => {
    const graph = await listing(() => page([], 'c1'));
    expect(await graph.adapter.listAds(FIRST, CONTEXT)).toEqual({ ads: [], unreadable: [], next: 'c1' });
    const end = await listing(() => ({ json: { data: [] } }));
    expect(await end.adapter.listAds(FIRST, CONTEXT)).toEqual({ ads: [], unreadable: [], next: null });
  });

  test.each([
    ['a next page without a cursor', { json: { data: [], paging: { next: 'https://graph' } } }, { kind: 'schema' }],
    ['no list at all', { json: { data: 'none' } }, { kind: 'schema', message: expect.stringContaining('data') }],
    ['a throttle', fault(80004), { kind: 'throttled' }],
    ['a missing permission', fault(200), { kind: 'permission' }],
    ['a cursor that is too old', fault(100), { kind: 'invalid' }],
  ])('fails as a read does on %s', async (_, answer, error) => {
    const graph = await listing(() => answer);
    await expect(graph.adapter.listAds(FIRST, CONTEXT)).rejects.toMatchObject(error);
  });
});
