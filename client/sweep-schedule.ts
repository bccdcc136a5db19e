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

/** A server that was down for longer does not owe its sweeps: the next one does all that is due. */
const CATCH_UP_MS = 10_000;
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

function sweepSchedule(startedFor: Served, account: AccountToSweep, everyMs: number): ScheduleOptions {
  const every = Math.max(SHORTEST_MS, everyMs);
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
  const { workflowType, taskQueue, args = [] } = action;
  const type = typeof workflowType === 'function' ? workflowType.name : workflowType;
  const every = spec.intervals?.map((each) => each.every);
  const { overlap, catchupWindow } = policies ?? {};
  return canonicalJson([type, taskQueue, args, every, spec.jitter, overlap, catchupWindow]);
}
