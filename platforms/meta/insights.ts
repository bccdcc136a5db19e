import { z } from 'zod';
import type { AdRef } from '../../domain/ad.ts';
import type { MetricRow } from '../../domain/metrics.ts';
import { type CallContext, PlatformError } from '../platform.ts';
import { COMPARE } from './answer.ts';
import { maybe, Word } from './fields.ts';
import { type Graph, nameOf, SYSTEM } from './graph.ts';
import { type Page, pageOf, walkPages } from './paging.ts';

/** Meta writes all numbers as strings; anything but plain digits is refused rather than guessed at. */
const Count = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);
const Decimal = z.string().regex(/^\d{1,15}(\.\d{1,10})?$/);
/** Attributed conversions may be fractions. */
const Amount = Decimal.transform(Number);
const Actions = maybe(z.array(z.object({ action_type: Word.min(1), value: Amount })).max(1_000));
const Clicks = maybe(z.array(z.object({ value: Count })));

export const InsightsRow = z.object({
  date_start: z.iso.date(),
  publisher_platform: Word.min(1),
  platform_position: maybe(Word),
  impressions: Count,
  reach: maybe(Count),
  clicks: maybe(Count),
  inline_link_clicks: maybe(Count),
  outbound_clicks: Clicks,
  spend: Decimal,
  actions: Actions,
  conversions: Actions,
});

const FIELDS = 'impressions,reach,clicks,inline_link_clicks,outbound_clicks,spend,actions,conversions,date_start,date_stop';
const InsightsPage = pageOf(InsightsRow);
const PAGE_SIZE = 500;
/** 28 days on some twenty placements are two pages. */
const MOST_PAGES = 100;

/** Daily rows of one ad by placement. The days are those of the ad account's time zone. */
export async function dailyMetrics(
  graph: Graph,
  { ad, since, until }: { readonly ad: AdRef; readonly since: string; readonly until: string },
  context: CallContext,
): Promise<readonly MetricRow[]> {
  const rows: MetricRow[] = [];
  const params = {
    fields: FIELDS,
    level: 'ad',
    time_range: JSON.stringify({ since, until }),
    time_increment: '1',
    breakdowns: 'publisher_platform,platform_position',
    use_unified_attribution_setting: 'true',
    limit: String(PAGE_SIZE),
  };
  const end = await walkPages(
    (after): Promise<Page<z.infer<typeof InsightsRow>>> =>
      graph.read(
        { node: ad.adId, edge: 'insights', params: { ...params, ...(after === null ? {} : { after }) }, as: SYSTEM, context },
        InsightsPage,
      ),
    (page) => {
      rows.push(...page.map(metricRow));
      return 'go-on';
    },
    MOST_PAGES,
  );
  // Half a baseline would look like a whole one, and a placement that counts twice like a better one.
  if (end !== 'end') throw unfit(ad, 'paging.cursors.after (the pages come to no end)');
  if (rows.some(({ day }) => day < since || day > until)) throw unfit(ad, 'data.*.date_start (a day that was not asked for)');
  const places = new Set(rows.map(({ day, publisher, position }) => `${day} ${publisher} ${position}`));
  if (places.size < rows.length) throw unfit(ad, 'data (a day and placement stand there twice)');
  return rows;
}

function unfit(ad: AdRef, what: string): PlatformError {
  const call = nameOf('GET', { node: ad.adId, edge: 'insights' });
  return new PlatformError({
    kind: 'schema',
    platform: 'meta',
    message: `${call}: the answer does not fit in ${what}. ${COMPARE}`,
  });
}

function metricRow(row: z.infer<typeof InsightsRow>): MetricRow {
  return {
    day: row.date_start,
    publisher: row.publisher_platform,
    position: row.platform_position ?? 'all',
    impressions: row.impressions,
    reach: row.reach ?? 0,
    clicks: row.clicks ?? 0,
    linkClicks: row.inline_link_clicks ?? 0,
    outboundClicks: (row.outbound_clicks ?? []).reduce((sum, { value }) => sum + value, 0),
    spend: row.spend,
    conversions: conversionsOf(row.actions ?? [], row.conversions ?? []),
  };
}

/** Families of actions that are conversions. Comments, reactions, messages and saves are engagement and stay out. */
const CONVERSIONS =
  /^(?:offsite_conversion\.|omni_|app_custom_event\.|web_in_store_|onsite_conversion\.(?:purchase|lead_grouped)$|(?:purchase|lead|add_to_cart|add_payment_info|add_to_wishlist|initiate_checkout|complete_registration|view_content|search|subscribe|start_trial|submit_application|schedule|contact|find_location|donate|customize_product)(?:_|$))/;

type Action = { readonly action_type: string; readonly value: number };

function conversionsOf(actions: readonly Action[], conversions: readonly Action[]): Readonly<Record<string, number>> {
  const counted = [...actions.filter(({ action_type }) => CONVERSIONS.test(action_type)), ...conversions];
  return Object.fromEntries(counted.map(({ action_type, value }) => [action_type, value]));
}
