import type { Sections } from './schema.ts';

/**
 * References of a seed that lead nowhere, as sentences. `known` tells whether the world already has an object. What a
 * creative says of its post and media is left alone: there a dangling id is a case of its own.
 */
export function danglingReferences(sections: Sections, known: (id: string) => boolean): readonly string[] {
  const threads = [...sections.posts, ...sections.media].flatMap((thread) => [thread.id, ...thread.aliases]);
  const own = new Set([...idsOf(sections), ...threads]);
  const check = (what: string, id: string) => (own.has(id) || known(id) ? [] : [`${what} names ${id}, which does not exist`]);
  return [
    ...sections.campaigns.flatMap((campaign) => check(`campaign ${campaign.id}: account_id`, campaign.account_id)),
    ...sections.ad_sets.flatMap((adSet) => check(`ad set ${adSet.id}: campaign_id`, adSet.campaign_id)),
    ...sections.creatives.flatMap((creative) => check(`creative ${creative.id}: account_id`, creative.account_id)),
    ...sections.ads.flatMap((ad) => [
      ...check(`ad ${ad.id}: adset_id`, ad.adset_id),
      ...check(`ad ${ad.id}: creative_id`, ad.creative_id),
    ]),
    ...sections.media.flatMap((media) => check(`media ${media.id}: instagram_account_id`, media.instagram_account_id)),
    ...sections.comments.flatMap((comment, index) => check(`comment ${index}: object_id`, comment.object_id)),
  ];
}

function idsOf(sections: Sections): readonly string[] {
  const { ad_accounts, instagram_accounts, campaigns, ad_sets, creatives } = sections;
  return [...ad_accounts, ...instagram_accounts, ...campaigns, ...ad_sets, ...creatives].map((record) => record.id);
}
