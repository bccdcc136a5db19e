/** Search attributes of a run, names and types (design §3). Registered by `setup`, written by the workflow and the client. */
export const SEARCH_ATTRIBUTES = {
  FcPlatform: 'Keyword',
  FcAccount: 'Keyword',
  FcAd: 'Keyword',
  FcMarket: 'Keyword',
  FcStage: 'Keyword',
  FcOutcome: 'Keyword',
  FcWaiting: 'Keyword',
  FcBackfill: 'Keyword',
  FcSurfaces: 'KeywordList',
  FcNeedsHuman: 'Bool',
} as const;
export type SearchAttributeName = keyof typeof SEARCH_ATTRIBUTES;
