import type { Verdict } from './compare.ts';
import type { Blow } from './plan.ts';
import type { Recovery } from './recovery.ts';
import type { StallCounts } from './stalls.ts';
import type { Windows } from './windows.ts';

/** What `--json` prints. */
export interface Figures {
  readonly seed: number;
  readonly ads: number;
  readonly surfaces: number;
  /** Ours that stand at the end. */
  readonly comments: number;
  readonly duplicatesEver: number;
  readonly duplicatesAtEnd: number;
  readonly lost: number;
  readonly wrong: number;
  readonly sentWhileClosed: number;
  readonly notWithdrawn: number;
  readonly unconfirmed: number;
  readonly falselyUnconfirmed: number;
  readonly tokensLeaked: number;
  readonly disagreements: number;
  /** Second comments that landed beyond L, as they were made to. */
  readonly lateLandings: readonly string[];
  readonly hitsByFault: Readonly<Record<string, number>>;
  /** Publish faults of the plan that were met, and how often the rarest of them. */
  readonly publishFaultKinds: number;
  readonly rarestPublishFault: number;
  /** Distinct places in the code at which a worker was killed. */
  readonly crashPoints: readonly string[];
  readonly crashes: number;
  readonly blows: Readonly<Partial<Record<Blow, number>>>;
  /** Publish steps that stood still, and how often a whole worker did with one. */
  readonly stalls: StallCounts;
  /** Pauses that stood and withdrawal orders that were given while runs were under way. */
  readonly pauses: number;
  readonly orders: number;
  /** Deaths of workers that no schedule asked for. */
  readonly unplannedDeaths: number;
  readonly recoveries: readonly Recovery[];
  readonly attempts: number;
  /** Attempts of which somebody had to read the thread to learn what became of them. */
  readonly settled: number;
  readonly settledShare: number;
  readonly breakersLifted: number;
  /** Later looks that sweeps could not carry out. */
  readonly looksLeft: number;
  readonly hanging: readonly string[];
  readonly refusedActs: readonly string[];
  readonly seconds: number;
  readonly windows: Windows;
  /** One sentence for each thing that is not as promised. */
  readonly findings: Readonly<Record<string, readonly string[]>>;
}

/** Counts that must be zero (docs/reliability.md); late landings beyond L are no duplicates of ours to answer for. */
const ZERO = [
  'duplicatesEver',
  'duplicatesAtEnd',
  'lost',
  'wrong',
  'sentWhileClosed',
  'notWithdrawn',
  'falselyUnconfirmed',
  'tokensLeaked',
  'disagreements',
  'unplannedDeaths',
  'looksLeft',
] as const satisfies readonly (keyof Figures)[];

/** Why a run did not show what is promised; empty when it did. */
export function shortcomings(figures: Figures): readonly string[] {
  const counted = ZERO.filter((name) => figures[name] > 0).map((name) => `${name}: ${figures[name]}`);
  return figures.hanging.length === 0 ? counted : [...counted, `${figures.hanging.length} runs did not end`];
}

/** What makes a large run a proof: every kind met often, many places struck. */
export const ENOUGH = { hitsOfEachPublishFault: 10, crashPoints: 20 } as const;

/** Why a large run proves too little, although all went well. */
export function weaknesses({ rarestPublishFault, crashPoints }: Figures): readonly string[] {
  return [
    ...(rarestPublishFault < ENOUGH.hitsOfEachPublishFault
      ? [`the rarest publish fault was met ${rarestPublishFault} times`]
      : []),
    ...(crashPoints.length < ENOUGH.crashPoints ? [`${crashPoints.length} crash points were struck`] : []),
  ];
}

/** Findings by kind, without the empty ones. */
export function findingsOf(verdict: Verdict, more: Readonly<Record<string, readonly string[]>>): Figures['findings'] {
  // Late landings were made to happen, and stand apart.
  const { comments: _, unconfirmed: __, lateLandings: ___, ...promised } = verdict;
  return Object.fromEntries(Object.entries({ ...promised, ...more }).filter(([, found]) => found.length > 0));
}
