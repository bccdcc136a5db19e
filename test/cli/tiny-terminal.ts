import { stripVTControlCharacters } from 'node:util';
import type { TableOutput } from '../../cli/start/live-table.ts';

export interface TinyTerminal extends TableOutput {
  /** The lines that a person sees now. */
  screen(): readonly string[];
  /** Lines that have left the screen at its top; nothing can change them any more. */
  scrolledOff(): readonly string[];
  /** Lines that were longer than the terminal is wide: it would have wrapped them. */
  tooLong(): readonly string[];
}

/** A terminal of so many columns and lines that knows what the live table uses: new lines, cursor up, erase below. */
export function tinyTerminal(columns: number, rows: number): TinyTerminal {
  const gone: string[] = [];
  const tooLong: string[] = [];
  let lines: string[] = [''];
  let at = 0;
  const put = (text: string) => {
    for (const [index, part] of text.split('\n').entries()) {
      if (index > 0) at += 1;
      if (lines.length === at) lines.push('');
      if (lines.length > rows) {
        gone.push(lines.shift() ?? '');
        at -= 1;
      }
      const plain = stripVTControlCharacters(part).trimEnd();
      if (plain.length > columns) tooLong.push(plain);
      if (part !== '') lines[at] = plain;
    }
  };
  return {
    isTTY: true,
    columns,
    rows,
    write(text: string) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what a terminal reads
      const [, up, rest = text] = /^\x1b\[(\d+)A\x1b\[0J([\s\S]*)$/.exec(text) ?? [];
      if (up !== undefined) {
        at = Math.max(0, at - Number(up));
        lines = [...lines.slice(0, at), ''];
      }
      put(rest);
      return true;
    },
    screen: () => lines,
    scrolledOff: () => gone,
    tooLong: () => tooLong,
  };
}
