import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { AccountToSweep } from '../../client/sweep-schedule.ts';
import { sweepIdOf } from '../../domain/sweep-id.ts';
import { WORKFLOW_QUEUE } from '../../domain/task-queues.ts';
import type { sweep } from '../../workflows/sweep.ts';
import { insistently } from './servers.ts';
import { rows } from './truths.ts';

/** One sweep takes a bounded number of looks; a few hundred ads need some, and a sweep of the schedule may hold others for a while. */
const MOST_ROUNDS = 90;
const BETWEEN_ROUNDS_MS = 1_000;

/**
 * The looks of one hour and one day later, made due at once and carried out by sweeps until none is left: what landed late is found
 * and removed by them (protocol j, l). Answers those that could not be carried out, in words.
 */
export async function carryLaterLooks(
  client: Client,
  databaseUrl: string,
  accounts: readonly AccountToSweep[],
): Promise<readonly string[]> {
  for (let round = 1; round <= MOST_ROUNDS && (await left(databaseUrl)).length > 0; round += 1) {
    // In every round: a sweep that finds a comment plans its looks, and postpones those that it cannot carry out.
    await rows(
      databaseUrl,
      'update planned_looks set due_at = least(due_at, clock_timestamp()), next_at = null where done_at is null',
    );
    for (const account of accounts) {
      const workflowId = `${sweepIdOf(account)}/${randomUUID()}`;
      const options = { workflowId, taskQueue: WORKFLOW_QUEUE, args: [account] } as const;
      await insistently('a sweep is carried', () => client.workflow.execute<typeof sweep>('sweep', options));
    }
    await sleep(BETWEEN_ROUNDS_MS);
  }
  return left(databaseUrl);
}

async function left(databaseUrl: string): Promise<readonly string[]> {
  const looks = await rows<{ surface: string; comment_id: string; tries: number; says: string | null }>(
    databaseUrl,
    'select surface, comment_id, tries, says from planned_looks where done_at is null',
  );
  return looks.map(
    ({ surface, comment_id, tries, says }) => `${surface}: ${comment_id}, ${tries} tries: ${says ?? 'nobody was at it'}`,
  );
}
