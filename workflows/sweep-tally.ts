import { counted } from '../domain/counted.ts';
import type { Due } from '../store/ledger.ts';
import type { SweepResult } from './messages.ts';

/** What a sweep has done so far. */
export interface SweepTally {
  looks: number;
  removed: number;
  withdrawn: number;
  found: number;
  absent: number;
  woken: number;
  lost: number;
  postponed: number;
  /** What was not begun because the account's token is dead. */
  awaitsToken: number;
  readonly forPerson: string[];
  readonly failed: string[];
  /** Incidents of the account that still ask for a person, in words; `null` when there is none. */
  stillOpen: string | null;
  /** Why it was left to another worker; `null` for one of ours. */
  readonly left: string | null;
}

export function beginTally(): SweepTally {
  return {
    looks: 0,
    removed: 0,
    withdrawn: 0,
    found: 0,
    absent: 0,
    woken: 0,
    lost: 0,
    postponed: 0,
    awaitsToken: 0,
    forPerson: [],
    failed: [],
    stillOpen: null,
    left: null,
  };
}

/** `3 looks, 1 second comment removed, 2 runs woken` */
export function tellSweep(tally: SweepTally): SweepResult {
  const { looks, removed, withdrawn, found, absent, woken, lost, postponed, awaitsToken, forPerson, failed, left } = tally;
  const done = [
    [looks, 'look', 'looks'],
    [removed, 'second comment removed', 'second comments removed'],
    [withdrawn, 'comment withdrawn', 'comments withdrawn'],
    [found, 'lost comment found', 'lost comments found'],
    [absent, 'attempt proven absent', 'attempts proven absent'],
    [woken, 'run woken', 'runs woken'],
    [lost, 'lost run noted', 'lost runs noted'],
    [postponed, 'thing put off', 'things put off'],
    [awaitsToken, 'thing left until the token works', 'things left until the token works'],
    [failed.length, 'step failed', 'steps failed'],
  ] as const;
  const words = done.filter(([number]) => number > 0).map(([number, one, many]) => counted(number, one, many));
  const says = left ?? (words.length === 0 ? 'nothing to do' : words.join(', '));
  return {
    says,
    forPerson: [...forPerson],
    failed: [...failed],
    stillOpen: tally.stillOpen,
    looks,
    removed,
    settled: found + absent,
    woken,
    lost,
    postponed,
  };
}

/** `incidents that still ask for a person: 2 drift, 1 unconfirmed`; `null` without any. */
export function tellOpenIncidents(open: NonNullable<Due['openIncidents']>): string | null {
  if (open.length === 0) return null;
  const kinds = open.map(({ kind, incidents }) => `${incidents} ${kind}`).join(', ');
  return `incidents that still ask for a person: ${kinds}; first-comment status and explain tell of them`;
}
