import type { AdRef } from '../../domain/ad.ts';
import type { AdFormat, AdSnapshot } from '../../domain/facts.ts';
import type { AccountFacts } from './accounts.ts';
import type { AdNode } from './ad-node.ts';
import { commentLimitsOf } from './comment-limits.ts';
import type { CreativeNode } from './creative-node.ts';
import { landingUrlsOf, urlTagsOf } from './landing.ts';
import { languagesOf } from './languages.ts';
import { partnershipOf } from './partnership.ts';
import { placementsOf, targetingOf } from './targeting.ts';

/** An ad in our words. */
export function snapshotOf(ad: AdRef, node: AdNode, account: AccountFacts): AdSnapshot {
  const { creative, adset } = node;
  return {
    ad,
    name: node.name,
    state: node.effective_status,
    campaign: { id: node.campaign.id, name: node.campaign.name },
    adSet: { id: adset.id, name: adset.name },
    format: formatOf(node),
    languages: languagesOf(creative),
    specialCategories: categoriesOf(node),
    commentLimits: commentLimitsOf(adset),
    partnership: partnershipOf(creative),
    targeting: targetingOf(adset.targeting),
    placements: placementsOf(adset.targeting),
    landingUrls: landingUrlsOf(node),
    urlTags: urlTagsOf(creative),
    facebookPageId: pageOf(creative),
    instagramAccountId: creative.instagram_user_id ?? creative.object_story_spec?.instagram_user_id ?? null,
    pageBackedAccountId: null,
    timeZone: account.timeZone,
    currency: account.currency,
  };
}

/** The Page that the creative names; without one, the Page that its post's id begins with. */
function pageOf(creative: CreativeNode): string | null {
  return creative.object_story_spec?.page_id ?? creative.actor_id ?? postOwner(creative.effective_object_story_id);
}

/** The Page in a post id such as `4000001_5500001`; `null` for an id of another form. */
export function postOwner(postId: string | null): string | null {
  return /^(\d+)_\d+$/.exec(postId ?? '')?.[1] ?? null;
}

function formatOf({ creative, adset, creative_asset_groups_spec }: AdNode): AdFormat {
  if (creative.product_set_id !== null || (creative.object_story_spec?.template_data ?? null) !== null) return 'catalogue';
  if ((creative_asset_groups_spec?.groups ?? []).length > 0) return 'flexible';
  return adset.is_dynamic_creative === true || offersVariants(creative) ? 'dynamic-creative' : 'single';
}

/** Special categories of the ad and of its campaign: `FINANCIAL_PRODUCTS_SERVICES` becomes `financial-products-services`. */
function categoriesOf({ special_ad_categories, campaign }: AdNode): readonly string[] {
  const words = [...(special_ad_categories ?? []), ...(campaign.special_ad_categories ?? [])];
  const ours = words.map((word) => word.toLowerCase().replaceAll('_', '-'));
  return [...new Set(ours)].filter((word) => word !== 'none').sort();
}

/** Several assets to combine. With customization rules they are languages or placements of one post instead. */
function offersVariants(creative: CreativeNode): boolean {
  const feed = creative.asset_feed_spec;
  if (!feed || (feed.asset_customization_rules ?? []).length > 0) return false;
  return [feed.bodies, feed.titles, feed.descriptions, feed.images, feed.videos, feed.link_urls].some(
    (assets) => (assets ?? []).length > 1,
  );
}
