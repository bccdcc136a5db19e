import { counted } from '../../domain/counted.ts';
import type { Outcome } from '../../domain/outcome.ts';
import { colouredOutcome, table } from '../table.ts';
import type { Checked } from './judge-example.ts';
import type { PlayedAd } from './play-ad.ts';

/** What `npm start --json` prints, with the keys of design §7. */
export interface Summary {
  /** Ads, each by its last run. */
  readonly runs: number;
  readonly asExpected: number;
  /** Runs by outcome. */
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  /** Surfaces by outcome. */
  readonly surfaces: Readonly<Partial<Record<Outcome, number>>>;
  /** Comments of ours that stand at the end, as the platform's own log has it. */
  readonly comments: number;
  /** Publish requests of this call that the platform accepted. */
  readonly published: number;
  readonly duplicatesAtEnd: number;
  readonly seconds: number;
  /** Pages to look at; `null` where there is none, or none that stays up. */
  readonly temporalUi: string | null;
  readonly feed: string | null;
}

export function summarise(
  played: readonly PlayedAd[],
  checked: readonly Checked[],
  rest: Pick<Summary, 'comments' | 'duplicatesAtEnd' | 'seconds' | 'temporalUi' | 'feed'>,
): Summary {
  const ends = played.map(({ end }) => end);
  const surfaces = ends.flatMap((end) => end.surfaces);
  const everyRun = played.flatMap(({ end, before }) => [...before, end]);
  return {
    runs: ends.length,
    asExpected: checked.filter((each) => each.asExpected).length,
    outcomes: countBy(ends.map((end) => end.outcome)),
    surfaces: countBy(surfaces.map((surface) => surface.outcome)),
    published: everyRun.flatMap((run) => run.surfaces).filter(({ publishedNow }) => publishedNow).length,
    ...rest,
  };
}

/** The summary for people: by outcome, then what was not as expected, then where to look. */
export function summaryText(summary: Summary, checked: readonly Checked[]): string {
  const rows = Object.entries(summary.outcomes).map(([outcome, runs]) => [colouredOutcome(outcome as Outcome), String(runs)]);
  const wrong = checked.filter((each) => !each.asExpected).map((each) => `  ✗ ${each.ad}: expected ${each.expected}`);
  return [
    '',
    table(['outcome', 'runs'], rows),
    '',
    `${summary.asExpected} of ${summary.runs} runs ended as the example expects; ${counted(summary.published, 'comment')} published by these runs, ${summary.comments} stand, ${counted(summary.duplicatesAtEnd, 'duplicate')}; ${summary.seconds} s`,
    ...wrong,
    '',
    ...pages(summary),
    '',
  ].join('\n');
}

function pages({ temporalUi, feed }: Summary): readonly string[] {
  if (feed === null && temporalUi === null)
    return ['  The Temporal UI and the sandbox feed go down now; without --once they stay up to look at.'];
  return [`  Temporal UI   ${temporalUi ?? 'none that stays up'}`, `  Sandbox feed  ${feed ?? 'none that stays up'}`];
}

function countBy(outcomes: readonly (Outcome | null)[]): Partial<Record<Outcome, number>> {
  const counts: Partial<Record<Outcome, number>> = {};
  for (const outcome of outcomes) if (outcome !== null) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
