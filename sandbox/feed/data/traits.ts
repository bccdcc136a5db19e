import { dig } from '../../world/json.ts';
import type { WorldState } from '../../world/state.ts';
import type { FeedUnit } from './units.ts';

/** What is unusual about an ad, each in a word or two. */
export function traitsOf(state: WorldState, { ad, adSet, creative, thread }: FeedUnit): readonly string[] {
  const status = ad.record.effective_status;
  const campaign = state.get('campaign', adSet?.record.campaign_id)?.record;
  const categories = ad.record.special_ad_categories ?? campaign?.special_ad_categories ?? [];
  const limits = Object.values(adSet?.record.brand_safety_config ?? {}).some((value) => value !== undefined);
  return [
    ...(status === 'ACTIVE' ? [] : [words(status)]),
    ...(thread?.kind === 'post' && !thread.record.is_published ? ['dark post'] : []),
    ...(adSet?.record.is_dynamic_creative ? ['dynamic'] : []),
    ...(ad.record.creative_asset_groups_spec ? ['flexible'] : []),
    ...(creative.record.degrees_of_freedom_spec ? ['Advantage+'] : []),
    ...(dig(creative.record.asset_feed_spec, 'asset_customization_rules') ? ['several languages'] : []),
    ...(limits ? ['comments limited'] : []),
    ...categories.filter((category) => category !== 'NONE').map(words),
  ];
}

function words(code: string): string {
  return code.toLowerCase().replaceAll('_', ' ');
}
