import type { BatchResult, Kind } from './batch.ts';
import type { Counted } from './stack.ts';

/** History events that a run may have: with one surface, with two. */
export const EVENT_BUDGET = { one: 55, two: 75 } as const;

export interface RunFigures {
  readonly runsPerSecond: number;
  /** Against the bare runs of the same round; the median over the rounds. */
  readonly ratio: number;
  readonly events: number;
  readonly bytes: number;
  /** CPU seconds for 1,000 runs. */
  readonly workerCpu: number | null;
  readonly serverCpu: number | null;
}

/** What `--json` prints. */
export interface Figures {
  readonly bareRunsPerSecond: number;
  readonly one: RunFigures;
  readonly two: RunFigures;
}

export type Round = Readonly<Record<Kind, BatchResult>>;

export function figuresOf(rounds: readonly Round[]): Figures {
  return {
    bareRunsPerSecond: rounded(median(rounds.map(({ bare }) => bare.runsPerSecond)), 1),
    one: figuresOfKind(rounds, 'one'),
    two: figuresOfKind(rounds, 'two'),
  };
}

function figuresOfKind(rounds: readonly Round[], kind: 'one' | 'two'): RunFigures {
  const batches = rounds.map((round) => round[kind]);
  return {
    runsPerSecond: rounded(median(batches.map((batch) => batch.runsPerSecond)), 1),
    ratio: rounded(median(rounds.map((round) => round[kind].runsPerSecond / round.bare.runsPerSecond)), 3),
    events: Math.max(...batches.map(({ events }) => events)),
    bytes: Math.round(median(batches.map(({ bytes }) => bytes))),
    workerCpu: medianCpu(batches, 'worker'),
    serverCpu: medianCpu(batches, 'server'),
  };
}

/** CPU seconds for 1,000 runs, the median over the rounds. */
export function medianCpu(batches: readonly BatchResult[], of: Counted): number | null {
  const known = batches.flatMap(({ cpu }) => cpu[of] ?? []);
  return known.length === 0 ? null : rounded(median(known), 1);
}

/** Why the command must fail: a history over its budget, or runs that did not end as they should. */
export function shortcomings(figures: Figures, rounds: readonly Round[]): string[] {
  const over = (['one', 'two'] as const)
    .filter((kind) => figures[kind].events > EVENT_BUDGET[kind])
    .map((kind) => `${figures[kind].events} events in a run with ${kind} surface(s); at most ${EVENT_BUDGET[kind]} are allowed`);
  const wrong = rounds.flatMap((round) =>
    Object.values(round).flatMap(({ kind, unexpected }) =>
      Object.entries(unexpected).map(([how, count]) => `${count} run(s) of "${kind}" ended ${how}`),
    ),
  );
  return [...over, ...wrong];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[Math.max(0, middle - 1)] ?? Number.NaN, sorted[middle] ?? Number.NaN];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
