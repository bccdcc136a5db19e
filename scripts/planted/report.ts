import { table } from '../../cli/table.ts';
import type { Fault } from '../../test/planted/fault.ts';

/** What came of one planted fault. `stale`: its text is no longer in the file. */
export interface Found {
  readonly id: string;
  readonly what: string;
  readonly kind: 'red' | 'green' | 'stale';
  /** The tests that failed; for a stale fault, what is missing. */
  readonly tests: readonly string[];
}

const WIDTH = 90;

/** For the terminal. */
export function plainTable(found: readonly Found[]): string {
  const rows = found.map(({ id, kind, tests }) => [
    id,
    kind === 'red' ? 'yes' : kind,
    tests.map((test) => clip(test)).join('\n'),
  ]);
  return `${table(['fault', 'red', 'failing tests'], rows)}\n\n${summary(found)}\n`;
}

/** For docs/testing.md: every fault, and the tests that must turn red for it. */
export function listed(faults: readonly Fault[]): string {
  const rows = faults.map(({ id, what, tests, named }) => {
    const files = tests.map((test) => `\`${test}\``).join(', ');
    return `| \`${id}\` | ${safe(what)} | ${files}${named === undefined ? '' : `: ${safe(named)}`} |`;
  });
  return ['| fault | what is broken | tests that must turn red |', '|---|---|---|', ...rows, ''].join('\n');
}

/** For a note: the first failing test and how many more there are. */
export function markdown(found: readonly Found[]): string {
  const rows = found.map(({ id, what, kind, tests: [first = '–', ...more] }) => {
    const others = more.length > 0 ? ` and ${more.length} more` : '';
    return `| \`${id}\` | ${safe(what)} | ${kind === 'red' ? 'yes' : `**${kind}**`} | ${safe(first)}${others} |`;
  });
  return ['| fault | what is broken | red | failing test |', '|---|---|---|---|', ...rows, '', summary(found), ''].join('\n');
}

function summary(found: readonly Found[]): string {
  const red = found.filter(({ kind }) => kind === 'red').length;
  return `${red} of ${found.length} planted faults turn tests red.`;
}

function clip(text: string): string {
  return text.length <= WIDTH ? text : `${text.slice(0, WIDTH - 1)}…`;
}

function safe(text: string): string {
  return text.replaceAll('|', '\\|');
}
