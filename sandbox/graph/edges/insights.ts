import { deliveredOn } from '../../world/delivery.ts';
import { dig, type Json, type JsonObject } from '../../world/json.ts';
import type { AdRecord, PlacementNumbers } from '../../world/schema.ts';
import { dayIn, daysBetween } from '../../world/time.ts';
import { invalidParameter } from '../errors.ts';
import type { FieldRequest } from '../fields.ts';
import { pageOf } from '../paging.ts';
import { refuseUnknown } from '../parameters.ts';
import type { Params, Scene } from '../scene.ts';
import { readList, readMap } from './ads.ts';

const BREAKDOWNS = ['publisher_platform', 'platform_position'] as const;
const DEFAULT_FIELDS = ['account_id', 'ad_id', 'impressions', 'spend'];

/** Delivery summed over some days, for one placement or for all. */
interface Row {
  readonly since: string;
  readonly until: string;
  readonly placement: Readonly<Record<string, string>>;
  readonly sum: Omit<PlacementNumbers, 'publisher_platform' | 'platform_position'>;
}

/** `GET /{ad}/insights`: every number is a string, and an ad that has not delivered answers `{"data":[]}`. */
export function readInsights(
  ad: AdRecord,
  params: Params,
  fields: readonly FieldRequest[] | undefined,
  scene: Scene,
): JsonObject {
  refuseUnknown('GET /{ad}/insights', params);
  readLevel(params.level);
  readSwitch(params.use_unified_attribution_setting);
  const account = accountOf(ad, scene);
  const days = readRange(params, account?.timezone_name ?? 'UTC', scene.now);
  const breakdowns = readBreakdowns(params.breakdowns);
  const rows = readIncrement(params.time_increment, days).flatMap((span) =>
    rowsOf(ad, span, breakdowns, account?.timezone_name, scene),
  );
  const wanted = fields?.map((field) => field.name) ?? DEFAULT_FIELDS;
  const written = rows.map((row) => write(row, wanted, ad, scene));
  const list = { idOf: (row: JsonObject) => JSON.stringify(row), maximum: 1_000, path: `${ad.id}/insights` };
  const page = pageOf(written, list, params, scene.call);
  return { data: page.items, ...(page.paging && { paging: page.paging }) };
}

function accountOf(ad: AdRecord, scene: Scene) {
  const { state } = scene;
  const campaign = state.get('campaign', state.get('ad-set', ad.adset_id)?.record.campaign_id);
  return state.get('account', campaign?.record.account_id)?.record;
}

function readRange(params: Params, timeZone: string, now: number): readonly string[] {
  const today = dayIn(timeZone, now);
  if (params.time_range === undefined) {
    const last = /^last_(\d+)d$/.exec(params.date_preset ?? 'last_30d')?.[1];
    if (params.date_preset === 'today') return [today];
    if (last === undefined && params.date_preset !== 'maximum')
      throw invalidParameter('Param date_preset is not one of this sandbox');
    const from = Date.parse(today) - Number(last ?? 400) * 86_400_000;
    return daysBetween(new Date(from).toISOString().slice(0, 10), today).slice(0, -1);
  }
  const range = readMap('time_range', params.time_range);
  const { since, until } = range;
  const isDay = (value: Json | undefined): value is string => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
  if (!isDay(since) || !isDay(until)) throw invalidParameter('Must be a date representation in the format YYYY-MM-DD');
  if (since > until) throw invalidParameter('time_range.since must be before time_range.until');
  return daysBetween(since, until);
}

/** An ad has rows of its own only; whether attribution is unified changes none of its numbers here. */
function readLevel(text: string | undefined): void {
  if (text !== undefined && text !== 'ad') throw invalidParameter('Param level must be ad in this sandbox');
}

function readSwitch(text: string | undefined): void {
  if (text !== undefined && text !== 'true' && text !== 'false') {
    throw invalidParameter('Param use_unified_attribution_setting must be a boolean');
  }
}

function readBreakdowns(text: string | undefined): readonly string[] {
  const list = text === undefined ? [] : readList(text);
  const known: readonly string[] = BREAKDOWNS;
  const wrong = list.find((breakdown) => !known.includes(breakdown));
  if (wrong !== undefined) throw invalidParameter(`breakdowns[0] must be one of the following values: ${known.join(', ')}`);
  return list;
}

function readIncrement(text: string | undefined, days: readonly string[]): readonly (readonly string[])[] {
  if (text === undefined || text === 'all_days') return [days];
  const size = Number(text);
  if (!Number.isInteger(size) || size < 1 || size > 90) throw invalidParameter('time_increment must be between 1 and 90');
  return Array.from({ length: Math.ceil(days.length / size) }, (_, index) => days.slice(index * size, (index + 1) * size));
}

function rowsOf(
  ad: AdRecord,
  span: readonly string[],
  breakdowns: readonly string[],
  timeZone: string | undefined,
  scene: Scene,
): readonly Row[] {
  const groups = new Map<string, { placement: Record<string, string>; sum: Row['sum'] }>();
  for (const day of span) {
    for (const numbers of deliveredOn(ad, day, timeZone ?? 'UTC', scene.now)) {
      const placement = Object.fromEntries(breakdowns.map((name) => [name, String(dig({ ...numbers }, name))]));
      const key = JSON.stringify(placement);
      const sum = groups.get(key)?.sum;
      groups.set(key, { placement, sum: sum ? add(sum, numbers) : numbers });
    }
  }
  const [since, until] = [span[0] ?? '', span.at(-1) ?? ''];
  return [...groups.values()].map((group) => ({ since, until, ...group }));
}

function add(a: Row['sum'], b: Row['sum']): Row['sum'] {
  const actions = { ...a.actions };
  for (const [type, value] of Object.entries(b.actions)) actions[type] = (actions[type] ?? 0) + value;
  return {
    impressions: a.impressions + b.impressions,
    reach: (a.reach ?? 0) + (b.reach ?? 0),
    clicks: a.clicks + b.clicks,
    inline_link_clicks: a.inline_link_clicks + b.inline_link_clicks,
    outbound_clicks: a.outbound_clicks + b.outbound_clicks,
    spend: a.spend + b.spend,
    actions,
  };
}

function write(row: Row, wanted: readonly string[], ad: AdRecord, scene: Scene): JsonObject {
  const { sum } = row;
  const share = (part: number) => (sum.impressions === 0 ? undefined : ((100 * part) / sum.impressions).toFixed(6));
  const actions = (only?: (type: string) => boolean) => {
    const list = Object.entries(sum.actions).filter(([type]) => only?.(type) ?? true);
    return list.length === 0 ? undefined : list.map(([type, value]) => ({ action_type: type, value: String(value) }));
  };
  const values: Record<string, () => Json | undefined> = {
    account_id: () => accountOf(ad, scene)?.id.slice('act_'.length),
    ad_id: () => ad.id,
    ad_name: () => ad.name,
    adset_id: () => ad.adset_id,
    campaign_id: () => scene.state.get('ad-set', ad.adset_id)?.record.campaign_id,
    account_currency: () => accountOf(ad, scene)?.currency,
    impressions: () => String(sum.impressions),
    reach: () => String(sum.reach ?? sum.impressions),
    frequency: () => (sum.impressions / Math.max(1, sum.reach ?? sum.impressions)).toFixed(6),
    clicks: () => String(sum.clicks),
    ctr: () => share(sum.clicks),
    inline_link_clicks: () => String(sum.inline_link_clicks),
    inline_link_click_ctr: () => share(sum.inline_link_clicks),
    outbound_clicks: () => [{ action_type: 'outbound_click', value: String(sum.outbound_clicks) }],
    spend: () => sum.spend.toFixed(2),
    cpc: () => (sum.clicks === 0 ? undefined : (sum.spend / sum.clicks).toFixed(6)),
    actions: () => actions(),
    conversions: () => actions((type) => type.includes('purchase') || type.includes('lead')),
    cost_per_action_type: () =>
      Object.entries(sum.actions).map(([type, count]) => ({
        action_type: type,
        value: (sum.spend / Math.max(1, count)).toFixed(6),
      })),
    date_start: () => row.since,
    date_stop: () => row.until,
  };
  const answer: Record<string, Json> = {};
  for (const name of wanted) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (!value) throw invalidParameter(`${name} is not valid for fields param. please check the reference for all valid values`);
    const written = value();
    if (written !== undefined) answer[name] = written;
  }
  return { ...answer, date_start: row.since, date_stop: row.until, ...row.placement };
}
