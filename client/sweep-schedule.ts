import {
  type Client,
  ScheduleAlreadyRunning,
  type ScheduleDescription,
  ScheduleNotFoundError,
  type ScheduleOptions,
} from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import type { AdRef } from '../domain/ad.ts';
import { canonicalJson } from '../domain/hash.ts';
import { type Served, sameServed, tellServed } from '../domain/served.ts';
import { sweepIdOf } from '../domain/sweep-id.ts';
import { WORKFLOW_QUEUE } from '../domain/task-queues.ts';
import type { SweepInput } from '../workflows/messages.ts';

export type AccountToSweep = Pick<AdRef, 'platform' | 'accountId'>;

export interface EnsuredSweep {
  readonly accountId: string;
  readonly did: 'created' | 'updated' | 'kept' | 'left-to-another';
  readonly says: string;
}

/** How an account's schedule is, held against what `setup` and every worker would make. */
export type FoundSweep = {
  readonly accountId: string;
  readonly scheduleId: string;
} & (
  | { readonly is: 'as-wanted' | 'missing' | 'changed' }
  /** `note`: what whoever paused it wrote; may be empty. */
  | { readonly is: 'paused'; readonly note: string }
  | { readonly is: 'anothers'; readonly of: Served }
);

/** A server that was down for longer does not owe its sweeps: the next one does all that is due. */
const CATCH_UP_MS = 10_000;
/** Milliseconds after which a sweep is ended, whatever it is at: hours of its work fit into minutes. */
export const LONGEST_SWEEP_MS = 60 * 60_000;
/** The shortest interval of a schedule. */
const SHORTEST_MS = 1_000;

/** Creates the schedule of each account, or brings it to what it should be. A pause that somebody set on it stays. */
export async function ensureSweeps(
  client: Client,
  startedFor: Served,
  accounts: readonly AccountToSweep[],
  everyMs: number,
): Promise<readonly EnsuredSweep[]> {
  return Promise.all(accounts.map((account) => ensureSweep(client, startedFor, account, everyMs)));
}

async function ensureSweep(client: Client, startedFor: Served, account: AccountToSweep, everyMs: number): Promise<EnsuredSweep> {
  const { accountId } = account;
  const wanted = sweepSchedule(startedFor, account, everyMs);
  const handle = client.schedule.getHandle(wanted.scheduleId);
  try {
    await client.schedule.create(wanted);
    return { accountId, did: 'created', says: `${accountId} is swept every ${wanted.spec.intervals?.[0]?.every} ms` };
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
  try {
    const found = await handle.describe();
    const other = servedBy(found);
    if (other && !sameServed(other, startedFor)) {
      return { accountId, did: 'left-to-another', says: `the sweep of ${accountId} is ${tellServed(other)}'s` };
    }
    if (outlineOf(found) === outlineOf(wanted)) return { accountId, did: 'kept', says: `${accountId} is swept already` };
    await handle.update(({ state }) => ({ ...wanted, state }));
    return { accountId, did: 'updated', says: `the sweep of ${accountId} was brought up to date` };
  } catch (error) {
    // Somebody deletes it just now: whoever starts next makes it anew.
    if (error instanceof ScheduleNotFoundError) return { accountId, did: 'kept', says: `the sweep of ${accountId} was deleted` };
    throw error;
  }
}

/** Looks at the schedule of each account; nothing is changed. @throws what the server answers, but for a schedule that is not there */
export async function findSweeps(
  client: Client,
  startedFor: Served,
  accounts: readonly AccountToSweep[],
  everyMs: number,
): Promise<readonly FoundSweep[]> {
  return Promise.all(accounts.map((account) => findSweep(client, startedFor, account, everyMs)));
}

async function findSweep(client: Client, startedFor: Served, account: AccountToSweep, everyMs: number): Promise<FoundSweep> {
  const wanted = sweepSchedule(startedFor, account, everyMs);
  const { scheduleId } = wanted;
  const which = { accountId: account.accountId, scheduleId };
  try {
    const found = await client.schedule.getHandle(scheduleId).describe();
    const other = servedBy(found);
    if (other && !sameServed(other, startedFor)) return { ...which, is: 'anothers', of: other };
    if (found.state.paused) return { ...which, is: 'paused', note: found.state.note ?? '' };
    return { ...which, is: outlineOf(found) === outlineOf(wanted) ? 'as-wanted' : 'changed' };
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return { ...which, is: 'missing' };
    throw error;
  }
}

/** Milliseconds between two sweeps of an account: as configured, where Temporal's schedules can be that quick. */
export function scheduledEveryMs(everyMs: number): number {
  return Math.max(SHORTEST_MS, everyMs);
}

function sweepSchedule(startedFor: Served, account: AccountToSweep, everyMs: number): ScheduleOptions {
  const every = scheduledEveryMs(everyMs);
  const keyword = (name: string, value: string) => ({ key: defineSearchAttributeKey(name, 'KEYWORD'), value });
  const { platform, accountId } = account;
  const id = sweepIdOf(account);
  return {
    scheduleId: id,
    // Not all accounts in the same second.
    spec: { intervals: [{ every }], jitter: Math.round(every / 4) },
    policies: { overlap: 'SKIP', catchupWindow: CATCH_UP_MS },
    action: {
      type: 'startWorkflow',
      workflowType: 'sweep',
      workflowId: id,
      taskQueue: WORKFLOW_QUEUE,
      args: [{ platform, accountId, startedFor } satisfies SweepInput],
      typedSearchAttributes: [keyword('FcPlatform', platform), keyword('FcAccount', accountId)],
      // One that hangs would keep all that follow from starting.
      workflowRunTimeout: LONGEST_SWEEP_MS,
      staticSummary: `sweep · ${platform} · ${accountId}`,
      staticDetails:
        'Looks at published comments again, settles attempts whose run is gone, wakes runs that wait for what is there. The result says what was done.',
    },
  };
}

function servedBy({ action }: ScheduleDescription): Served | null {
  const [input] = (action.type === 'startWorkflow' ? (action.args ?? []) : []) as readonly SweepInput[];
  return input?.startedFor ?? null;
}

/** What of a schedule is ours to decide, in one text. */
function outlineOf({
  spec,
  policies,
  action,
}: Pick<ScheduleDescription, 'spec' | 'policies' | 'action'> | ScheduleOptions): string {
  const { workflowType, taskQueue, args = [], workflowRunTimeout } = action;
  const type = typeof workflowType === 'function' ? workflowType.name : workflowType;
  const every = spec.intervals?.map((each) => each.every);
  const { overlap, catchupWindow } = policies ?? {};
  const ours = [type, taskQueue, args, every, spec.jitter, overlap, catchupWindow, workflowRunTimeout];
  // Somebody may have made it without some of these by hand.
  return canonicalJson(ours.map((each) => each ?? null));
}
