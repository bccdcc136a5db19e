import { workflowInfo } from '@temporalio/workflow';
import type { OrderProgress } from '../activities/retract/contract.ts';
import { DEFAULT_TIMING, type Timing } from '../domain/timing.ts';
import type { RunRef } from '../store/ledger.ts';
import type { Wait } from './messages.ts';
import type { RetractInput, RetractOutcome, RetractState, Unsettled } from './retract-messages.ts';

/** What one execution of a retract knows. Mutable, and only ever changed by the workflow's own code. */
export interface Retraction {
  readonly ref: RunRef;
  readonly orderId: string;
  timing: Timing;
  order: string;
  says: string;
  waits: readonly Wait[];
  progress: OrderProgress;
  unsettled: readonly Unsettled[];
  outcome: RetractOutcome | null;
  /** Counts wake-ups, so that a waiter can tell that one came since it began to wait. */
  wakes: number;
  /** The search attributes as they were written last. */
  searchable: string | null;
}

export function beginRetraction({ orderId, goesOn }: RetractInput): Retraction {
  const { workflowId, runId } = workflowInfo();
  return {
    ref: { workflowId, runId },
    orderId,
    timing: DEFAULT_TIMING,
    order: 'the order is being read',
    says: 'looking for what the order covers',
    waits: [],
    progress: { removed: 0, left: 0, notRemoved: 0, open: 0 },
    unsettled: goesOn?.unsettled ?? [],
    outcome: null,
    wakes: 0,
    searchable: null,
  };
}

export function viewOfRetract({ orderId, order, says, waits, progress, unsettled, outcome }: Retraction): RetractState {
  return { orderId, order, says, waits, progress, unsettled, outcome };
}
