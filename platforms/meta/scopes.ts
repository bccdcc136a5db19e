/** A permission of the app that our calls need, and which of our verbs need it. */
export interface NeededScope {
  readonly scope: string;
  /** Others that open the same door. */
  readonly or?: readonly string[];
  readonly verbs: readonly string[];
  readonly source: string;
}

const COMMENTS = 'docs: pages-api/comments-mentions';
const INSTAGRAM = 'docs: instagram-platform, ig-media/comments and comment-moderation';

/** The one list of permissions that first-comment asks for. What is not here is not needed. */
export const NEEDED_SCOPES: readonly NeededScope[] = [
  {
    scope: 'ads_read',
    or: ['ads_management'],
    verbs: ['resolve an ad', 'list ads', 'daily metrics'],
    source: 'docs: ads-webhooks, ig-media/comments',
  },
  { scope: 'pages_show_list', verbs: ['doctor: which Pages are assigned'], source: 'docs: graph-api/reference/user/accounts' },
  {
    scope: 'pages_read_engagement',
    verbs: ['read a Facebook post and its thread', 'comment on a Facebook post', 'comment on Instagram media'],
    source: COMMENTS,
  },
  {
    scope: 'pages_manage_engagement',
    verbs: ['comment on a Facebook post', 'hide, edit and delete our comment there'],
    source: COMMENTS,
  },
  { scope: 'pages_read_user_content', verbs: ["count strangers' comments on a Facebook post"], source: COMMENTS },
  { scope: 'instagram_basic', verbs: ['read Instagram media'], source: INSTAGRAM },
  {
    scope: 'instagram_manage_comments',
    verbs: ['read a thread on Instagram', 'comment on Instagram media', 'hide and delete our comment there'],
    source: INSTAGRAM,
  },
];

/** Not needed, but given along by Meta for assets of a business, or the stronger twin of one that is needed. */
export const HARMLESS_SCOPES: readonly string[] = ['ads_management', 'business_management', 'public_profile'];

/** Words in the names of permissions that open messages: first-comment must not hold them (docs/boundaries.md). */
const OPENS_MESSAGES = /messag|mailbox|conversation/i;

/** Granted permissions held against the list. */
export interface ScopeReport {
  readonly missing: readonly NeededScope[];
  readonly forMessages: readonly string[];
  readonly beyond: readonly string[];
  readonly harmless: readonly string[];
}

export function judgeScopes(granted: readonly string[]): ScopeReport {
  const has = (scope: string) => granted.includes(scope);
  const missing = NEEDED_SCOPES.filter(({ scope, or = [] }) => ![scope, ...or].some(has));
  const needed = new Set(NEEDED_SCOPES.map(({ scope }) => scope));
  const extra = granted.filter((scope) => !needed.has(scope));
  const forMessages = extra.filter((scope) => OPENS_MESSAGES.test(scope));
  const harmless = extra.filter((scope) => HARMLESS_SCOPES.includes(scope));
  const beyond = extra.filter((scope) => !forMessages.includes(scope) && !harmless.includes(scope));
  return { missing, forMessages, beyond, harmless };
}
