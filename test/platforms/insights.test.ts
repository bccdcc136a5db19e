import { describe, expect, it } from 'vitest';
import { CONTEXT, SYSTEM_TOKEN, tinyGraph } from './tiny-graph.ts';

const AD = { platform: 'meta', accountId: 'act_100200', adId: '23850000001' } as const;
const RANGE = { ad: AD, since: '2026-10-24', until: '2026-11-20' };
const ROW = {
  date_start: '2026-11-20',
  date_stop: '2026-11-20',
  publisher_platform: 'instagram',
  platform_position: 'feed',
  impressions: '1234',
  reach: '1000',
  clicks: '31',
  inline_link_clicks: '20',
  outbound_clicks: [{ action_type: 'outbound_click', value: '18' }],
  spend: '12.30',
};

describe('daily metrics', () => {
  it('come by day and placement over all pages, spend as it was written', async () => {
    const graph = await tinyGraph((request, count) => ({
      json:
        count === 1
          ? { data: [ROW], paging: { cursors: { after: 'a' }, next: `https://x/?access_token=${request.token}` } }
          : {
              data: [
                { ...ROW, date_start: '2026-11-19', platform_position: undefined, reach: undefined, outbound_clicks: undefined },
              ],
            },
    }));
    const rows = await graph.adapter.dailyMetrics(RANGE, CONTEXT);
    const first = {
      day: '2026-11-20',
      publisher: 'instagram',
      position: 'feed',
      impressions: 1234,
      reach: 1000,
      clicks: 31,
      linkClicks: 20,
      outboundClicks: 18,
      spend: '12.30',
      conversions: {},
    };
    expect(rows).toEqual([first, { ...first, day: '2026-11-19', position: 'all', reach: 0, outboundClicks: 0 }]);
    const [call] = graph.seen;
    expect(call?.path).toBe(`${AD.adId}/insights`);
    expect(call?.token).toBe(SYSTEM_TOKEN);
    expect(Object.fromEntries(call?.query ?? [])).toMatchObject({
      breakdowns: 'publisher_platform,platform_position',
      time_increment: '1',
      time_range: '{"since":"2026-10-24","until":"2026-11-20"}',
    });
  });

  it('count conversions and never comments, reactions or messages', async () => {
    const action = (action_type: string, value: string) => ({ action_type, value });
    const actions = [
      action('comment', '9'),
      action('post_engagement', '40'),
      action('post_reaction', '3'),
      action('link_click', '20'),
      action('onsite_conversion.messaging_conversation_started_7d', '2'),
      action('offsite_conversion.fb_pixel_purchase', '2.5'),
      action('omni_purchase', '3'),
      action('lead', '1'),
    ];
    const conversions = [action('schedule_total', '1')];
    const graph = await tinyGraph(() => ({ json: { data: [{ ...ROW, actions, conversions }] } }));
    const [row] = await graph.adapter.dailyMetrics(RANGE, CONTEXT);
    expect(row?.conversions).toEqual({
      'offsite_conversion.fb_pixel_purchase': 2.5,
      omni_purchase: 3,
      lead: 1,
      schedule_total: 1,
    });
  });

  it('are empty for an ad that has not delivered', async () => {
    const graph = await tinyGraph(() => ({ json: { data: [] } }));
    expect(await graph.adapter.dailyMetrics(RANGE, CONTEXT)).toEqual([]);
  });

  it.each([
    ['impressions', 1234],
    ['impressions', '1,234'],
    ['impressions', '-1'],
    ['impressions', '1e3'],
    ['spend', '12,30'],
    ['spend', ''],
    ['date_start', '20.11.2026'],
  ])('do not guess at %s %j', async (field, value) => {
    const graph = await tinyGraph(() => ({ json: { data: [{ ...ROW, [field]: value }] } }));
    await expect(graph.adapter.dailyMetrics(RANGE, CONTEXT)).rejects.toMatchObject({
      kind: 'schema',
      message: expect.stringContaining(`data.0.${field}`),
    });
  });
});
