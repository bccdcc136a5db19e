import { stripVTControlCharacters } from 'node:util';
import type { RunState } from '../../workflows/messages.ts';
import { clip, colouredOutcome, table } from '../table.ts';

/** One run in the live table; `state` is null until something is known of it. */
export interface ShownRun {
  readonly name: string;
  readonly state: RunState | null;
}

const WHOLE = ['ad', 'market', 'pattern', 'stage', 'outcome', 'why'] as const;
const MOVING = ['ad', 'market', 'stage', 'why'] as const;
const WHY_WIDTH = 70;
/** Below this, `why` says too little to be worth its place. */
const LEAST_WHY_WIDTH = 12;

/** All runs with all there is to say, no line longer than `columns`. */
export function wholeTable(runs: readonly ShownRun[], columns: number): string {
  const rows = runs.map(({ name, state }) => [
    name,
    ...(state
      ? [state.marketId ?? '–', state.patternId ?? '–', stageOf(state), colouredOutcome(state.outcome)]
      : ['', '', '', '']),
    state ? whyOf(state) : '',
  ]);
  return fitted(WHOLE, rows, columns);
}

/** Runs that have not ended, with where they stand. */
export function movingTable(runs: readonly ShownRun[], columns: number): string {
  const rows = runs.map(({ name, state }) =>
    state ? [name, state.marketId ?? '–', stageOf(state), whyOf(state)] : [name, '', '', ''],
  );
  return fitted(MOVING, rows, columns);
}

/** One change in one line, for output that is kept. */
export function changeLine({ name, state }: ShownRun): string {
  const parts = state
    ? [name, state.marketId ?? '–', state.patternId ?? '–', stageOf(state), colouredOutcome(state.outcome)]
    : [name];
  return parts.filter(Boolean).join('  ');
}

/** What makes a change worth showing. */
export function glimpse(state: RunState): string {
  return [state.marketId, state.stage, state.wait?.reason, state.outcome].join('|');
}

/** The rows no wider than the terminal; the last cell, the reason, gets what the others leave. */
function fitted(head: readonly string[], rows: readonly (readonly string[])[], columns: number): string {
  const narrow = table(
    head.slice(0, -1),
    rows.map((cells) => cells.slice(0, -1)),
  ).split('\n');
  const left = columns - 2 - Math.max(...narrow.map((line) => stripVTControlCharacters(line).length));
  if (left < LEAST_WHY_WIDTH) return narrow.map((line) => cutTo(line, columns)).join('\n');
  // Where nobody watches there is no width to keep to, so nothing is cut.
  const width = Number.isFinite(columns) ? Math.min(WHY_WIDTH, left) : Number.POSITIVE_INFINITY;
  return table(
    head,
    rows.map((cells) => [...cells.slice(0, -1), clip(cells.at(-1) ?? '', width)]),
  );
}

/** A line that is still too long loses its colours with its end. */
function cutTo(line: string, columns: number): string {
  const plain = stripVTControlCharacters(line);
  return plain.length <= columns ? line : clip(plain, columns);
}

function stageOf(state: RunState): string {
  return state.wait ? `${state.stage} (${state.wait.reason})` : state.stage;
}

function whyOf(state: RunState): string {
  return state.wait?.says ?? state.says;
}
