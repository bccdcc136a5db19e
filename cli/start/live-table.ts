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

export function createLiveTable(names: readonly string[], out: NodeJS.WriteStream): LiveTable {
  const states: (RunState | null)[] = names.map(() => null);
  let drawn = 0;
  const draw = () => {
    const text = table(
      HEAD,
      states.map((state, index) => row(names[index] ?? '', state)),
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

function row(name: string, state: RunState | null): string[] {
  if (!state) return [name, '', '', '', '', ''];
  const why = state.wait?.says ?? state.says;
  const stage = state.wait ? `${state.stage} (${state.wait.reason})` : state.stage;
  return [
    formatAd(state.ad),
    state.marketId ?? '–',
    state.patternId ?? '–',
    stage,
    colouredOutcome(state.outcome),
    clip(why, WHY_WIDTH),
  ];
}

/** What makes a change worth a new line. */
function glimpse(state: RunState): string {
  return [state.marketId, state.stage, state.wait?.reason, state.outcome].join('|');
}
