import { styleText } from 'node:util';
import { FINDING_STATES, type FindingState } from '../../platforms/examiner.ts';
import type { Check } from './examine.ts';

const MARKS: Readonly<Record<FindingState, { readonly mark: string; readonly colour: 'green' | 'yellow' | 'red' | 'gray' }>> = {
  ok: { mark: '✓', colour: 'green' },
  warning: { mark: '!', colour: 'yellow' },
  wrong: { mark: '✗', colour: 'red' },
  'not-checked': { mark: '·', colour: 'gray' },
};

/** The findings for people: by group, each with its mend below, and a count at the end. */
export function examinationText(checks: readonly Check[]): string {
  const groups = [...new Set(checks.map(({ group }) => group))];
  const sections = groups.map((group) => `${group}\n${linesOf(checks.filter((check) => check.group === group))}\n`);
  return `${sections.join('\n')}\n${countText(checks)}\n`;
}

/** `21 ok, 1 warning, 0 wrong, 2 not checked`. */
export function countText(checks: readonly Check[]): string {
  const counts = FINDING_STATES.map(
    (state) => `${checks.filter((check) => check.state === state).length} ${state.replace('-', ' ')}`,
  );
  return counts.join(', ');
}

/** More names than this in one line are told as a number too. */
const MOST_NAMES = 12;
/** More good news than this in one group is told as a number. */
const MOST_GOOD_LINES = 12;

function linesOf(checks: readonly Check[]): string {
  const good = checks.filter(({ state }) => state === 'ok');
  const isLong = good.length > MOST_GOOD_LINES;
  const number = {
    state: 'ok',
    says: `${good.length} of ${checks.length} checks found what they should (--json lists them).`,
    mend: null,
  } as const;
  const shown = isLong ? [number, ...folded(checks.filter((check) => !good.includes(check)))] : folded(checks);
  return shown
    .flatMap(({ state, says, mend }) => {
      const { mark, colour } = MARKS[state];
      const line = `  ${styleText(colour, mark)} ${says}`;
      return mend === null ? [line] : [line, `    → ${mend}`];
    })
    .join('\n');
}

/** What could not be looked at for one and the same reason is one line, which names what it was. */
function folded(checks: readonly Check[]): readonly Pick<Check, 'state' | 'says' | 'mend'>[] {
  const reasons = new Map<string, Check[]>();
  for (const check of checks) {
    const key = check.state === 'not-checked' && check.mend === null ? check.says : check.id;
    reasons.set(key, [...(reasons.get(key) ?? []), check]);
  }
  return [...reasons.values()].flatMap((same) => {
    const [first] = same;
    if (!first || same.length === 1) return same;
    const names = same.map(({ id, group }) => id.replace(`${group}.`, ''));
    const told = names.length > MOST_NAMES ? `${names.length} checks` : names.join(', ');
    return [{ ...first, says: `${first.says} Not looked at: ${told}.` }];
  });
}
