import type { Surface } from '../domain/surface.ts';
import type { AccountRef, RunEnd, RunRef, Waiting } from '../store/ledger.ts';
import type { BaselineInput, BaselineTaken } from './baseline-contract.ts';
import type { Claimed, ClaimedToEdit, EditInput, SurfaceInput } from './claim-contract.ts';
import type { Gathered, GatherInput, Judged, JudgeInput } from './judge-contract.ts';
import type { Looked, LookInput } from './look-contract.ts';
import type { Confirmed, ConfirmInput, Published, PublishInput } from './publish-contract.ts';
import type { Removed, RemoveInput } from './remove-contract.ts';
import type { Repaired, RepairInput } from './repair-contract.ts';
import type {
  ListOrderInput,
  OpenOrderInput,
  OrderListed,
  OrderOpened,
  OrderProgress,
  OrdersCarried,
  SettledUnderOrder,
  SettleUnderOrderInput,
  WithdrawInput,
  Withdrawn,
} from './retract/contract.ts';
import type { Opened, OpenRunInput, Resolved, RunInput, Surveyed } from './run-contract.ts';
import type { Settled, SettleInput } from './settle-contract.ts';
import type {
  BeginSweepInput,
  EndSweepInput,
  LooksDone,
  LooksInput,
  OrphansDone,
  SweepBegun,
  SweepStep,
  WakingDone,
  WakingInput,
} from './sweep/contract.ts';
import type { Verified, VerifyInput } from './verify-contract.ts';

/** Short steps on the ledger; they run as local activities beside the workflow. */
export interface LedgerActivities {
  openRun(input: OpenRunInput): Promise<Opened>;
  judgeFacts(input: JudgeInput): Promise<readonly Judged[]>;
  release(input: { run: RunRef; surfaceId: string; releaseDigest: string; by: string; why: string }): Promise<void>;
  reject(input: { run: RunRef; by: string; why: string }): Promise<void>;
  claim(input: SurfaceInput): Promise<Claimed>;
  claimToEdit(input: EditInput): Promise<ClaimedToEdit>;
  giveBack(input: { run: RunRef; surface: Surface }): Promise<void>;
  confirm(input: ConfirmInput): Promise<Confirmed | undefined>;
  closeGate(input: { run: RunRef; by: string }): Promise<void>;
  /** `needed` is false when what the run would wait for is not there any more. */
  park(waiting: Waiting): Promise<{ readonly needed: boolean }>;
  unpark(run: RunRef, what: Pick<Waiting, 'reason' | 'key'>): Promise<void>;
  closeRun(input: { end: RunEnd; surfaces: readonly Surface[] }): Promise<void>;
  openOrder(input: OpenOrderInput): Promise<OrderOpened>;
  listOrder(input: ListOrderInput): Promise<OrderListed>;
  endOrder(orderId: string): Promise<OrderProgress>;
  beginSweep(input: BeginSweepInput): Promise<SweepBegun>;
  endSweep(input: EndSweepInput): Promise<void>;
}

/** Steps that read from the platform. */
export interface ReadActivities {
  resolve(input: RunInput): Promise<Resolved>;
  /** As `resolve`, but retries by itself until the ids are there. */
  awaitSurface(input: RunInput): Promise<Resolved>;
  /** Makes the ads of all the brand's accounts known (protocol f). */
  survey(): Promise<Surveyed>;
  /** Lists all ads of accounts once more where that is due, while runs go on. */
  surveyBeside(): Promise<void>;
  gatherFacts(input: GatherInput): Promise<readonly Gathered[]>;
  look(input: LookInput): Promise<Looked>;
  settle(input: SettleInput): Promise<Settled>;
  /** As `settle`, of an attempt under an order whose run is gone. */
  settleUnderOrder(input: SettleUnderOrderInput): Promise<SettledUnderOrder>;
  verify(input: VerifyInput): Promise<Verified>;
  baseline(input: BaselineInput): Promise<BaselineTaken>;
  /** Later looks whose time has come. */
  sweepLooks(input: LooksInput): Promise<LooksDone>;
  /** Attempts of unknown outcome whose owner is gone. */
  sweepOrphans(input: SweepStep): Promise<OrphansDone>;
  /** Runs that wait for what is there, and those that are no more. */
  sweepWaiting(input: WakingInput): Promise<WakingDone>;
}

/** Steps that change something on the platform. */
export interface WriteActivities {
  publish(input: PublishInput): Promise<Published>;
  /** Idempotent. */
  removeComment(input: RemoveInput): Promise<Removed>;
  /** Withdraws the surface and removes the comment, if the order stands. Idempotent. */
  withdrawComment(removal: WithdrawInput): Promise<Withdrawn>;
  /** Removes what stands under orders in an account. Idempotent. */
  carryOrders(account: AccountRef): Promise<OrdersCarried>;
  /** Leaves one comment of ours on the surface (protocol j). Can be repeated at any point. */
  repair(input: RepairInput): Promise<Repaired>;
}
