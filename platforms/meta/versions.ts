/** One version of the Graph API with the ends that Meta has announced. Days are ISO dates; `null` = none announced. */
export interface ApiVersion {
  readonly version: string;
  /** Last day of the Graph API's version. */
  readonly graphUntil: string | null;
  /** The Marketing API's own, shorter clock: ads, insights. */
  readonly marketingUntil: string | null;
}

/** developers.facebook.com/docs/graph-api/changelog, read on 2026-11-21. */
export const VERSIONS_SOURCE = 'developers.facebook.com/docs/graph-api/changelog, read on 2026-11-21';

/** Newest first. Before v24.0 the Marketing API had ended with v24.0's end at the latest. */
export const API_VERSIONS: readonly ApiVersion[] = [
  { version: 'v26.0', graphUntil: null, marketingUntil: null },
  { version: 'v25.0', graphUntil: '2028-07-29', marketingUntil: null },
  { version: 'v24.0', graphUntil: '2028-02-18', marketingUntil: '2026-10-06' },
  { version: 'v23.0', graphUntil: '2027-10-08', marketingUntil: '2026-10-06' },
  { version: 'v22.0', graphUntil: '2027-05-20', marketingUntil: '2026-10-06' },
  { version: 'v21.0', graphUntil: '2027-01-21', marketingUntil: '2026-10-06' },
  { version: 'v20.0', graphUntil: '2026-09-24', marketingUntil: '2026-09-24' },
];
