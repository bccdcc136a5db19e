import { defineQuery } from '@temporalio/workflow';
import type { OrderProgress } from '../activities/retract/contract.ts';
import type { Served } from '../domain/served.ts';
import type { SurfaceRef } from '../domain/surface.ts';
import type { Wait } from './messages.ts';

export interface RetractInput {
  readonly orderId: string;
  /** What the command that starts it is set up for; a worker of another brand or profile ends it. Absent: not said. */
  readonly startedFor?: Served;
  /** Where an earlier execution stands that went on in this one. */
  readonly goesOn?: { readonly since: string; readonly unsettled: readonly Unsettled[] };
}

/** An attempt of which nobody can prove whether it left a comment; a person must look. */
export interface Unsettled {
  readonly surface: SurfaceRef;
  readonly attemptId: string;
  readonly says: string;
}

export const RETRACT_OUTCOMES = ['withdrawn', 'not-removed', 'unconfirmed', 'lifted', 'lost', 'foreign'] as const;
/**
 * How a retract ended. `withdrawn`: nothing that the order covers stands. `not-removed`: something does, with the reason.
 * `unconfirmed`: all is gone, but whether an attempt left a comment could not be proven. `lifted`: the order was lifted meanwhile.
 * `lost`: the ledger was restored and does not have it. `foreign`: it is for another worker.
 */
export type RetractOutcome = (typeof RETRACT_OUTCOMES)[number];

/** How a retract stands: what the query `state` answers and what the workflow returns. */
export interface RetractState {
  readonly orderId: string;
  /** The order in words: what it covers, by whom and why. */
  readonly order: string;
  readonly says: string;
  /** Everything that it waits for now. */
  readonly waits: readonly Wait[];
  readonly progress: OrderProgress;
  readonly unsettled: readonly Unsettled[];
  readonly outcome: RetractOutcome | null;
}

export const retractStateQuery = defineQuery<RetractState>('state');
