import { OUTCOMES } from '../../domain/outcome.ts';
import type { RunState } from '../../workflows/messages.ts';
import { changeLine, glimpse, movingTable, type ShownRun, wholeTable } from './run-rows.ts';

/** A table of runs that redraws itself on a terminal; elsewhere each change is one line. */
export interface LiveTable {
  show(index: number, state: RunState): void;
  /** Lets something else be written to the terminal, above the table. */
  aside(write: () => void): void;
  /** Draws the final table once more. */
  finish(): void;
}

/** What the table needs of the stream that it writes to. */
export type TableOutput = Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'rows'> & { write(text: string): unknown };

/** Lines of a redraw beside the rows: the head of the table, and the line in which the cursor rests. */
const HEAD_AND_CURSOR = 2;

export function createLiveTable(names: readonly string[], out: TableOutput): LiveTable {
  const runs: ShownRun[] = names.map((name) => ({ name, state: null }));
  let drawn = 0;
  const erase = () => {
    if (drawn > 0) out.write(`\x1b[${drawn}A\x1b[0J`);
    drawn = 0;
  };
  const redraw = () => {
    const text = screenOf(runs, out.columns, out.rows);
    erase();
    out.write(`${text}\n`);
    drawn = text.split('\n').length;
  };
  return {
    show(index, state) {
      const before = runs[index];
      if (!before) return;
      const now = { name: before.name, state };
      runs[index] = now;
      if (before.state && glimpse(before.state) === glimpse(state)) return;
      if (out.isTTY) redraw();
      else out.write(`  ${changeLine(now)}\n`);
    },
    aside(write) {
      if (!out.isTTY) return write();
      erase();
      write();
      redraw();
    },
    finish() {
      if (out.isTTY) erase();
      else out.write('\n');
      out.write(`${wholeTable(runs, out.isTTY ? out.columns : Number.POSITIVE_INFINITY)}\n`);
    },
  };
}

/** All runs where they fit on the terminal; else counts, and of the runs that still move as many as fit. */
function screenOf(runs: readonly ShownRun[], columns: number, lines: number): string {
  if (runs.length + HEAD_AND_CURSOR <= lines) return wholeTable(runs, columns);
  const moving = runs.filter(({ state }) => state !== null && state.outcome === null);
  const counts = wrapped(countsOf(runs, moving.length), columns);
  // Two lines more: one between counts and table, one for how many there are besides.
  const room = Math.max(0, lines - HEAD_AND_CURSOR - counts.length - 2);
  const shown = moving.toSorted(waitingFirst).slice(0, room);
  const more = moving.length - shown.length;
  return [
    ...counts,
    '',
    ...(shown.length > 0 ? [movingTable(shown, columns)] : []),
    ...(more > 0 ? [`and ${more} more`] : []),
  ].join('\n');
}

/** Runs that wait say something that a person may act on. */
function waitingFirst(a: ShownRun, b: ShownRun): number {
  return Number(b.state?.wait !== null) - Number(a.state?.wait !== null);
}

/** How many run and how many have ended as what, worst outcome first. */
function countsOf(runs: readonly ShownRun[], moving: number): readonly string[] {
  const ends = runs.flatMap(({ state }) => state?.outcome ?? []);
  const outcomes = OUTCOMES.flatMap((outcome) => {
    const count = ends.filter((end) => end === outcome).length;
    return count > 0 ? [`${count} ${outcome}`] : [];
  });
  return [`${ends.length} of ${runs.length} ended`, `${moving} running`, ...outcomes];
}

/** Parts in a row, as many on each line as fit. */
function wrapped(parts: readonly string[], columns: number): readonly string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const longer = lines.length === 0 ? part : `${lines.at(-1)} · ${part}`;
    if (lines.length > 0 && longer.length <= columns) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}
