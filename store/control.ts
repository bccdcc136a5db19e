import type { CopyApproval } from '../domain/brand.ts';
import type { CopyApprovalFact } from '../domain/facts.ts';
import type { Attempt } from './attempts.ts';
import type { GateScope } from './gate.ts';
import type { RunRef } from './runs.ts';

/** An operator's order that stands, and the attempts of its scope that passed the gate before and have no result yet. */
export interface Standing {
  readonly id: string;
  readonly inFlight: readonly Attempt[];
}

/**
 * The part of the ledger with which people open and close the gate: approvals of copy, pauses, breakers, and the cancel of a
 * run (protocol b, h).
 */
export interface Control {
  importApprovals(approvals: readonly CopyApproval[]): Promise<{ readonly added: number }>;
  /** Returns when every open attempt with this copy has a result or is past its `sendBy`. */
  revokeApproval(copyHash: string, by: string, why: string): Promise<Standing>;
  copyApproval(copyHash: string): Promise<CopyApprovalFact | null>;

  /** Closes the gate for one workflow: no attempt of it starts after this returned (protocol h). Answers attempts still in flight. */
  closeGateFor(run: RunRef, by: string): Promise<readonly Attempt[]>;
  /** Returns when every open attempt in scope has a result or is past its `sendBy`. */
  pause(pause: {
    kind: 'pause' | 'breaker';
    scope: keyof GateScope | 'all';
    value: string;
    by: string;
    why: string;
  }): Promise<Standing>;
  /**
   * @throws StoreError `invalid` when there is no such pause, and for the breaker of a restored ledger until the restore was noted
   * and what was sent in the lost time has settled (protocol k)
   */
  resume(pauseId: string, by: string, why: string): Promise<void>;
  /** Whether the pause or breaker still stands; `false` for what is no pause at all. */
  pauseStands(pauseId: string): Promise<boolean>;
}
