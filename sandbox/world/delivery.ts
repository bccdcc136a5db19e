import { createHash } from 'node:crypto';
import type { AdRecord, PlacementNumbers } from './schema.ts';
import { dayIn } from './time.ts';

/** What an ad delivered on one calendar day of its account, by placement. The same day always has the same numbers. */
export function deliveredOn(ad: AdRecord, day: string, timeZone: string, now: number): readonly PlacementNumbers[] {
  const delivery = ad.delivery;
  if (!delivery || day > dayIn(timeZone, now)) return [];
  const exact = delivery.days.filter((row) => row.date === day);
  if (exact.length > 0 || delivery.since === undefined || day < dayIn(timeZone, Date.parse(delivery.since))) return exact;
  return delivery.daily.map((usual) => varied(usual, `${ad.id} ${day} ${usual.publisher_platform} ${usual.platform_position}`));
}

/** Up to a fifth more or less than usual. */
function varied(usual: PlacementNumbers, seed: string): PlacementNumbers {
  const factor = 0.8 + (0.4 * createHash('sha256').update(seed).digest().readUInt16BE(0)) / 0xffff;
  const whole = (value: number) => Math.round(value * factor);
  return {
    ...usual,
    impressions: whole(usual.impressions),
    reach: whole(usual.reach ?? usual.impressions * 0.82),
    clicks: whole(usual.clicks),
    inline_link_clicks: whole(usual.inline_link_clicks),
    outbound_clicks: whole(usual.outbound_clicks),
    spend: Math.round(usual.spend * factor * 100) / 100,
    actions: Object.fromEntries(Object.entries(usual.actions).map(([type, value]) => [type, whole(value)])),
  };
}
