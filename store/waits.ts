import type { WaitingReason } from '../domain/outcome.ts';
import type { RunRef } from './runs.ts';

export interface Waiting {
  readonly run: RunRef;
  readonly reason: WaitingReason;
  /** What it waits for: a surface, a Page, an account, a pause. */
  readonly key: string;
  /** ISO 8601; `null` when nobody knows. */
  readonly until: string | null;
}

/** The part of the ledger that knows who waits, and for what. */
export interface Waits {
  park(waiting: Waiting): Promise<void>;
  /** Without `what`: everything the run waits for. */
  unpark(run: RunRef, what?: Pick<Waiting, 'reason' | 'key'>): Promise<void>;
  /** Workflow ids that wait for the given reason and key. */
  waitersFor(reason: WaitingReason, key: string): Promise<readonly string[]>;
}
