import type { AdRef } from '../domain/ad.ts';
import type { ThreadReading } from '../domain/facts.ts';
import type { MetricRow, UtmTuple } from '../domain/metrics.ts';
import type { RunRef } from './runs.ts';

export interface BaselineRecord {
  readonly run: RunRef;
  readonly ad: AdRef;
  readonly since: string;
  readonly until: string;
  readonly timeZone: string;
  readonly currency: string;
  /** Empty for an ad that has not delivered: the ledger then keeps explicit zeros. */
  readonly rows: readonly MetricRow[];
  readonly surfaces: readonly {
    readonly surfaceId: string;
    readonly thread: ThreadReading | null;
    readonly utm: UtmTuple | null;
  }[];
}

/** The part of the ledger that keeps what an ad's numbers were before the comment. */
export interface Baselines {
  /** Whether the ad has a baseline already: it is frozen, so it is never taken twice. */
  hasBaseline(ad: AdRef): Promise<boolean>;
  recordBaseline(record: BaselineRecord): Promise<void>;
}
