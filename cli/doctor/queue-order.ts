import type { Client, Connection } from '@temporalio/client';
import type { Finding } from '../../platforms/examiner.ts';
import { CONTESTS, type Placing, placingOf } from './backlog-probe.ts';
import { notChecked, ok, warning, wordsOf } from './findings.ts';

const PROBES = [
  {
    id: 'temporal.priorities',
    contest: CONTESTS.priorities,
    asked: 'urgent tasks queued behind',
    acts: 'priorities act.',
    inert: 'priorities are inert here, so live ads wait behind a backfill.',
    mend: 'Set matching.useNewMatcher: true in the server’s dynamic configuration (on by itself from server 1.32).',
  },
  {
    id: 'temporal.fairness',
    contest: CONTESTS.fairness,
    asked: 'tasks of a second account queued behind',
    acts: 'fairness acts.',
    inert: 'fairness is inert here, so one account can keep the others waiting.',
    mend: 'Set matching.enableFairness: true (and matching.useNewMatcher: true) in the server’s dynamic configuration.',
  },
] as const;
export const ORDER_IDS: readonly string[] = PROBES.map(({ id }) => id);

/** Sees by positions, not by time, whether priorities and fairness act on this server. */
export function examineOrder(connection: Connection, client: Client, signal: AbortSignal): Promise<readonly Finding[]> {
  return Promise.all(
    PROBES.map(async ({ id, contest, asked, acts, inert, mend }) => {
      try {
        const placing = await placingOf(contest, connection, client, signal);
        const places = placing.positions.map((position) => position + 1).join(', ');
        const told = `${placing.positions.length} ${asked} ${placing.crowd} others came at places ${places}:`;
        return cameForward(placing) ? ok(id, `${told} ${acts}`) : warning(id, `${told} ${inert}`, mend);
      } catch (error) {
        return notChecked(
          id,
          `The probe could not be carried out: ${wordsOf(error)}`,
          'Ask again; the server may be busy or not allow it.',
        );
      }
    }),
  );
}

/** Most of them came before half of the crowd. Without priorities they come last, but for what several partitions shuffle. */
export function cameForward({ positions, crowd }: Placing): boolean {
  const early = positions.filter((position) => position < crowd / 2);
  return early.length * 2 > positions.length;
}
