/** One day of one ad on one placement, as the platform reported it. Counts are whole numbers, money in the account's currency. */
export interface MetricRow {
  /** Calendar day in the ad account's time zone, `2026-11-20`. */
  readonly day: string;
  /** `facebook`, `instagram` …, the platform's publisher. */
  readonly publisher: string;
  /** Position on that publisher, `feed`, `story` …; `all` when it was not broken down. */
  readonly position: string;
  readonly impressions: number;
  readonly reach: number;
  readonly clicks: number;
  readonly linkClicks: number;
  readonly outboundClicks: number;
  /** Decimal string, so that no cent is lost to floating point. */
  readonly spend: string;
  /** Conversions by action type, default attribution. */
  readonly conversions: Readonly<Record<string, number>>;
}

/** The UTM parameters that clicks on a comment's link will carry, with the surface's key. */
export interface UtmTuple {
  readonly source: string;
  readonly medium: string;
  readonly campaign: string;
  readonly content: string;
  readonly key: string;
}
