import type { AdSetRecord, CampaignRecord } from '../../world/schema.ts';
import { listAds } from '../edges/ads.ts';
import type { Scene } from '../scene.ts';
import { json, type NodeView } from '../select.ts';
import { withEffective } from './targeting.ts';

export function campaignView(campaign: CampaignRecord, scene: Scene): NodeView {
  return {
    typeName: 'Campaign',
    defaults: ['id'],
    fields: {
      id: () => json(campaign.id),
      account_id: () => json(campaign.account_id.slice('act_'.length)),
      name: () => json(campaign.name),
      objective: () => json(campaign.objective),
      effective_status: () => json(campaign.effective_status),
      status: () => json(campaign.effective_status),
      special_ad_categories: () => json(campaign.special_ad_categories),
      ads: () => ({
        is: 'edge',
        read: (params, fields) => listAds({ kind: 'campaign', record: campaign }, params, fields, scene),
      }),
    },
  };
}

export function adSetView(adSet: AdSetRecord, scene: Scene): NodeView {
  const campaign = scene.state.get('campaign', adSet.campaign_id);
  return {
    typeName: 'AdSet',
    defaults: ['id'],
    fields: {
      id: () => json(adSet.id),
      account_id: () => json(campaign?.record.account_id.slice('act_'.length)),
      campaign_id: () => json(adSet.campaign_id),
      campaign: () => ({ is: 'node', node: campaign }),
      name: () => json(adSet.name),
      effective_status: () => json(adSet.effective_status),
      status: () => json(adSet.effective_status),
      is_dynamic_creative: () => json(adSet.is_dynamic_creative),
      destination_type: () => json(adSet.destination_type),
      targeting: () => json(withEffective(adSet.targeting)),
      brand_safety_config: () => json(adSet.brand_safety_config),
      special_ad_categories: () => json(campaign?.record.special_ad_categories),
      ads: () => ({
        is: 'edge',
        read: (params, fields) => listAds({ kind: 'ad-set', record: adSet }, params, fields, scene),
      }),
    },
  };
}
