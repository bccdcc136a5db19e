import type { AdRecord } from '../../world/schema.ts';
import { graphTime } from '../../world/time.ts';
import { readInsights } from '../edges/insights.ts';
import type { Scene } from '../scene.ts';
import { json, type NodeView } from '../select.ts';
import { withEffective } from './targeting.ts';

export function adView(ad: AdRecord, scene: Scene): NodeView {
  const { state } = scene;
  const adSet = state.get('ad-set', ad.adset_id);
  const campaign = state.get('campaign', adSet?.record.campaign_id);
  return {
    typeName: 'Ad',
    defaults: ['id'],
    fields: {
      id: () => json(ad.id),
      name: () => json(ad.name),
      account_id: () => json(campaign?.record.account_id.slice('act_'.length)),
      adset_id: () => json(ad.adset_id),
      campaign_id: () => json(adSet?.record.campaign_id),
      adset: () => ({ is: 'node', node: adSet }),
      campaign: () => ({ is: 'node', node: campaign }),
      creative: () => ({ is: 'node', node: state.get('creative', ad.creative_id) }),
      configured_status: () => json(ad.configured_status),
      effective_status: () => json(ad.effective_status),
      status: () => json(ad.configured_status),
      created_time: () => json(graphTime(Date.parse(ad.created_time))),
      updated_time: () => json(graphTime(Date.parse(ad.updated_time))),
      issues_info: () => json(ad.issues_info),
      ad_review_feedback: () => json(undefined),
      preview_shareable_link: () => json(`https://fb.me/preview-${ad.id}`),
      targeting: () => json(adSet && withEffective(adSet.record.targeting)),
      creative_asset_groups_spec: () => json(ad.creative_asset_groups_spec),
      special_ad_categories: () => json(ad.special_ad_categories ?? campaign?.record.special_ad_categories),
      insights: () => ({ is: 'edge', read: (params, fields) => readInsights(ad, params, fields, scene) }),
    },
  };
}
