import { stripVTControlCharacters } from 'node:util';
import { formatAd } from '../../domain/ad.ts';
import type { RunState } from '../../workflows/messages.ts';
import { clip, colouredOutcome, table } from '../table.ts';

/** A table of runs that redraws itself on a terminal; elsewhere each change is one line. */
export interface LiveTable {
  show(index: number, state: RunState): void;
  /** Draws the final table once more. */
  finish(): void;
}

const HEAD = ['ad', 'market', 'pattern', 'stage', 'outcome', 'why'] as const;
const WHY_WIDTH = 70;
/** Below this, `why` says too little to be worth its place. */
const LEAST_WHY_WIDTH = 12;

export function createLiveTable(names: readonly string[], out: NodeJS.WriteStream): LiveTable {
  const states: (RunState | null)[] = names.map(() => null);
  let drawn = 0;
  const draw = () => {
    const text = fitted(
      states.map((state, index) => row(names[index] ?? '', state)),
      out.isTTY ? out.columns : Number.POSITIVE_INFINITY,
    );
    if (out.isTTY && drawn > 0) out.write(`\x1b[${drawn}A\x1b[0J`);
    out.write(`${text}\n`);
    drawn = text.split('\n').length;
  };
  return {
    show(index, state) {
      const before = states[index];
      states[index] = state;
      if (before && glimpse(before) === glimpse(state)) return;
      if (out.isTTY) draw();
      else
        out.write(
          `  ${row(names[index] ?? '', state)
            .slice(0, 5)
            .filter(Boolean)
            .join('  ')}\n`,
        );
    },
    finish: () => {
      if (!out.isTTY) out.write('\n');
      draw();
    },
  };
}

/** The table no wider than the terminal: a wrapped line would be one more than the redraw goes back. */
function fitted(rows: readonly string[][], columns: number): string {
  const bare = HEAD.slice(0, -1);
  const narrow = table(
    bare,
    rows.map((cells) => cells.slice(0, -1)),
  );
  const left =
    columns -
    2 -
    Math.max(
      ...stripVTControlCharacters(narrow)
        .split('\n')
        .map((line) => line.length),
    );
  if (left < LEAST_WHY_WIDTH)
    return narrow
      .split('\n')
      .map((line) => cutTo(line, columns))
      .join('\n');
  return table(
    HEAD,
    rows.map((cells) => [...cells.slice(0, -1), clip(cells.at(-1) ?? '', Math.min(WHY_WIDTH, left))]),
  );
}

/** A line that is still too long loses its colours with its end. */
function cutTo(line: string, columns: number): string {
  const plain = stripVTControlCharacters(line);
  return plain.length <= columns ? line : clip(plain, columns);
}

function row(name: string, state: RunState | null): string[] {
  if (!state) return [name, '', '', '', '', ''];
  const why = state.wait?.says ?? state.says;
  const stage = state.wait ? `${state.stage} (${state.wait.reason})` : state.stage;
  return [formatAd(state.ad), state.marketId ?? '–', state.patternId ?? '–', stage, colouredOutcome(state.outcome), why];
}

/** What makes a change worth a new line. */
function glimpse(state: RunState): string {
  return [state.marketId, state.stage, state.wait?.reason, state.outcome].join('|');
}
