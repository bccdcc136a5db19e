import { stripVTControlCharacters, styleText } from 'node:util';
import Table from 'cli-table3';
import type { Outcome } from '../domain/outcome.ts';

/** A plain table without vertical rules: easy to read, easy to copy. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const thin = {
    top: '',
    'top-mid': '',
    'top-left': '',
    'top-right': '',
    bottom: '',
    'bottom-mid': '',
    'bottom-left': '',
    'bottom-right': '',
  };
  const none = { left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  ' };
  const drawn = new Table({
    head: [...head],
    chars: { ...thin, ...none },
    style: { head: ['bold'], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  drawn.push(...rows.map((row) => [...row]));
  const text = drawn.toString();
  // Blanks that only pad the last column are of no use to whoever reads a file.
  return process.stdout.isTTY ? text : stripVTControlCharacters(text).replaceAll(/ +$/gm, '');
}

/** An outcome in the colour that says whether somebody should look. */
export function colouredOutcome(outcome: Outcome | null): string {
  if (outcome === null) return '';
  if (outcome === 'visible' || outcome === 'covered') return styleText('green', outcome);
  if (outcome === 'unconfirmed' || outcome === 'refused' || outcome === 'hidden') return styleText('red', outcome);
  return styleText('yellow', outcome);
}

/** The text cut to `width` characters, with an ellipsis where something was cut. */
export function clip(text: string, width: number): string {
  const flat = text.replaceAll(/\s+/g, ' ');
  return flat.length <= width ? flat : `${flat.slice(0, width - 1)}…`;
}
