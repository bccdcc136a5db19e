/** A field whose spoilt answer may end in another value, and why that is right. */
export interface Allowed {
  readonly verb: RegExp;
  /** Of the field's name, with `*` for places in lists. */
  readonly fields: RegExp;
  /** Of the mutation's name; all when left out. */
  readonly mutations?: RegExp;
  readonly why: string;
}

/** Which spoilt answers may change what a verb says. What is not here may not. */
export const ALLOWED: readonly Allowed[] = [
  {
    verb: /^(?:resolveAd|readSurface|readThread \(first page\))/,
    fields: /./,
    why: 'these are facts for the guardrails; that none of them turns a no into a yes is shown in fuzz-judge.test.ts',
  },
  {
    verb: /^listAds/,
    fields: /./,
    why: 'a row that does not fit is listed with its misfit and never stops the others; that none lets another ad of its post pass is shown in fuzz-listing.test.ts',
  },
  { verb: /^readThread/, fields: /^data$/, mutations: /empty list/, why: 'an empty list is how an empty thread looks' },
  { verb: /^readThread/, fields: /^data\.\*\.(?:message|text)$/, why: 'a text says what it says; it is compared, not believed' },
  { verb: /^readThread/, fields: /^data\.\*\.id$/, mutations: /number/, why: 'another number is another comment' },
  {
    verb: /^readThread/,
    fields: /^data\.\*\.(?:from|user)(?:\.id)?$/,
    why: 'whoever is not our identity is a stranger; where a comment with a sign of ours has no author, the reading is not complete',
  },
  {
    verb: /^readThread/,
    fields: /^data\.\*\.application(?:\.id)?$/,
    why: 'the app is not readable everywhere; another app is not ours',
  },
  {
    verb: /^readThread/,
    fields: /^data\.\*\.(?:replies|comment_count)/,
    why: 'the number of replies decides nothing before a second comment is removed',
  },
  {
    verb: /^readThread/,
    fields: /^data\.\*\.(?:is_hidden|is_private|hidden)$/,
    why: 'who does not say that a comment is hidden does not say so',
  },
  {
    verb: /^readThread/,
    fields: /^paging(?:\.next)?$/,
    why: 'Meta leaves them out on the last page, and on a page without entries',
  },
  { verb: /^readComment/, fields: /^(?:message|text)$/, why: 'a text says what it says; verify compares it' },
  {
    verb: /^readComment/,
    fields: /^(?:is_hidden|is_private|hidden)$/,
    why: 'unknown is not visible: verify waits for an answer',
  },
  { verb: /^readComment/, fields: /^(?:from|user)(?:\.id)?$/, why: 'an author that cannot be read is null, another one is told' },
  {
    verb: /^readComment/,
    fields: /^(?:application|replies|comment_count)/,
    why: 'facts about the comment that decide nothing for verify',
  },
  { verb: /^readComment/, fields: /^permalink_url$/, why: 'a link for people' },
  { verb: /^readComment/, fields: /^data$|^data\.\*|^paging/, why: 'the place in the list; not found is not visible yet' },
  {
    verb: /^dailyMetrics/,
    fields: /^data$/,
    mutations: /empty list/,
    why: 'an empty list is how an ad looks that has not delivered',
  },
  {
    verb: /^dailyMetrics/,
    fields: /^data\.\*\.(?:reach|clicks|inline_link_clicks|outbound_clicks|platform_position)/,
    why: 'Meta leaves out what is zero or was not broken down',
  },
  {
    verb: /^dailyMetrics/,
    fields: /^data\.\*\.(?:actions|conversions)/,
    why: 'Meta leaves out what is zero; a type of action is a word of the advertiser',
  },
  {
    verb: /^dailyMetrics/,
    fields: /^data\.\*\.publisher_platform$/,
    why: 'publishers come and go; the row is kept under its own word',
  },
  { verb: /^dailyMetrics/, fields: /^paging(?:\.next)?$/, why: 'Meta leaves them out on the last page' },
];

/**
 * Spoilt answers that Meta could as well have meant, so that nothing tells them from sound ones. They may lead to another
 * verdict; each is a field of which the absence has a meaning of its own, or a word that people choose.
 */
export const SOUND_TOO: readonly Pick<Allowed, 'fields' | 'mutations' | 'why'>[] = [
  {
    fields: /^data$/,
    mutations: /empty list/,
    why: 'an empty list is how a thread without comments looks, and a post without variants',
  },
  {
    fields: /^data\.\*\.(?:from|user)(?:\.id)?$/,
    mutations: /missing|null|object/,
    why: 'a Page reads the names of its own comments, so one without is a person’s; what bears a sign of ours holds all the same',
  },
  { fields: /^campaign\.name$/, mutations: /string|enum|path/, why: 'people choose the name; another one picks another pattern' },
  { fields: /^adset\.brand_safety_config/, mutations: /missing|null|object/, why: 'an ad set without it limits nothing' },
  {
    fields: /^creative\.asset_feed_spec\.(?:asset_customization_rules|autotranslate)$/,
    mutations: /missing|null|empty list/,
    why: 'an asset feed without them has one language',
  },
  {
    fields: /^creative\.object_story_spec\.link_data\.child_attachments$/,
    mutations: /missing|null|empty list/,
    why: 'a link without cards is no carousel',
  },
];

/** Spoilt rows of a listing that nothing ties to the post any more, so that they cannot hold the post's other ads. */
export const UNTIED: readonly Pick<Allowed, 'fields' | 'mutations' | 'why'>[] = [
  {
    fields: /^$|^id$/,
    why: 'a row without the id of an ad cannot be kept; it is counted and told, and no ad is taken for gone after such a listing',
  },
  {
    fields: /^creative(?:\.effective_object_story_id)?$/,
    why: 'a creative may name no post, or another one; one that cannot be read is listed as not complete, so that what was known of the ad stays',
  },
  {
    fields: /^adset\.targeting\.effective_(?:publisher_platforms|facebook_positions)\.\*$/,
    mutations: /string|enum|path/,
    why: 'another word is another place; placements.ts knows those that have a thread, and a word that it does not know counts as none',
  },
];
