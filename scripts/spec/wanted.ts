/** Which edges of a node are kept: by name without slash, or all of them. The node's own calls always are. */
type Edges = 'all' | readonly string[];

/**
 * The nodes that the adapter and the sandbox speak of. Anything else of Meta's API is left out, so that the data stays small
 * enough to be read.
 */
export const NODES: Readonly<Record<string, Edges>> = {
  Ad: 'all',
  AdAccount: ['adcreatives', 'ads', 'adsets', 'campaigns', 'insights'],
  AdCreative: 'all',
  AdSet: ['adcreatives', 'ads', 'insights'],
  Campaign: ['ads', 'adsets', 'insights'],
  Comment: 'all',
  IGComment: 'all',
  IGMedia: 'all',
  IGUser: ['branded_content_advertisable_medias', 'media', 'stories'],
  Page: [
    'ads_posts',
    'assigned_users',
    'feed',
    'instagram_accounts',
    'page_backed_instagram_accounts',
    'posts',
    'published_posts',
    'visitor_posts',
  ],
  PagePost: 'all',
  Post: 'all',
  SystemUser: 'all',
  User: ['accounts', 'adaccounts', 'assigned_ad_accounts', 'assigned_pages', 'businesses', 'permissions'],
};

/** Shapes inside those nodes. They have no calls of their own. */
const SHAPES: readonly string[] = [
  'AdCustomizationRuleSpec',
  'AdPromotedObject',
  'AdgroupIssuesInfo',
  'AdgroupReviewFeedback',
  'AdsActionStats',
  'AdsInsights',
  'Application',
  'BrandSafetyCampaignConfig',
  'BrandedContentShadowIGMediaID',
  'BrandedContentShadowIGUserID',
  'FlexibleTargeting',
  'IDName',
  'IGCommentFromUser',
  'Permission',
  'Profile',
  'RTBDynamicPost',
];

/** Families of shapes, by how their names begin. */
const FAMILIES: readonly string[] = ['AdAssetCustomizationRule', 'AdAssetFeedSpec', 'AdCreative', 'Targeting'];

/** Whether a class belongs to the data. */
export function isWanted(name: string): boolean {
  return Object.hasOwn(NODES, name) || SHAPES.includes(name) || FAMILIES.some((family) => name.startsWith(family));
}

/** Whether a call of a class belongs to the data. */
export function keepsCall(name: string, endpoint: string): boolean {
  const edges = NODES[name];
  return edges !== undefined && (edges === 'all' || endpoint === '/' || edges.includes(endpoint.slice(1)));
}
