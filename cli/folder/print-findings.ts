import { styleText } from 'node:util';
import type { CheckedFolder, Counts, NotApproved } from '../../config/check-folder.ts';
import { formatProblem, type Problem, splitPlace } from '../../config/problem.ts';
import { counted } from '../../domain/counted.ts';

/** So that one file gone wrong does not push all others out of sight; `--json` gives all. */
const MOST_PER_FILE = 40;

interface Finding {
  readonly kind: 'mistake' | 'warning';
  readonly problem: Problem;
}

/** What `check` says to people: findings by file, mistakes before warnings, then a sentence that sums up. */
export function findingsText(folder: string, checked: CheckedFolder, colours: boolean): string {
  const paint = (style: Parameters<typeof styleText>[0], text: string) => (colours ? styleText(style, text) : text);
  const byFile = groupByFile(checked);
  const blocks = [...byFile].map(([file, findings]) => {
    const shown = findings.slice(0, MOST_PER_FILE).map(({ kind, problem }) => {
      const word = kind === 'mistake' ? paint('red', 'mistake') : paint('yellow', 'warning');
      return `  ${word}  ${formatProblem(problem)}`;
    });
    const more = findings.length - shown.length;
    return [
      ...(file === '' ? [] : [paint('bold', file)]),
      ...shown,
      ...(more > 0 ? [`  … and ${more} more in this file`] : []),
    ].join('\n');
  });
  return [...blocks, ...(isMissing(checked) ? [] : [summary(folder, checked)])].join('\n\n');
}

/** A folder that is not there has no file, and its one mistake says it all. */
function isMissing({ mistakes }: CheckedFolder): boolean {
  return mistakes.some(({ place }) => place === '');
}

function groupByFile({ mistakes, warnings }: CheckedFolder): ReadonlyMap<string, readonly Finding[]> {
  const findings: readonly Finding[] = [
    ...mistakes.map((problem) => ({ kind: 'mistake', problem }) as const),
    ...warnings.map((problem) => ({ kind: 'warning', problem }) as const),
  ];
  const byFile = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { file } = splitPlace(finding.problem.place);
    const known = byFile.get(file);
    if (known) known.push(finding);
    else byFile.set(file, [finding]);
  }
  return new Map([...byFile].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function summary(folder: string, { mistakes, warnings, brand, counts, notApproved }: CheckedFolder): string {
  const noted =
    warnings.length === 0
      ? ''
      : ` ${counted(warnings.length, 'warning')} above ${warnings.length === 1 ? 'deserves' : 'deserve'} a look.`;
  if (!brand || !counts)
    return `${counted(mistakes.length, 'mistake')} in ${folder}: nothing runs until ${mistakes.length === 1 ? 'it is' : 'they are'} mended.${noted}`;
  return [`${brand.name}: no mistakes in ${folder}.${noted}`, ...holds(counts, notApproved)].join('\n');
}

function holds(counts: Counts, notApproved: readonly NotApproved[]): readonly string[] {
  const { accounts, identities, markets, patterns, texts, approved } = counts;
  const parts = [
    counted(accounts, 'ad account'),
    counted(identities, 'identity', 'identities'),
    counted(markets, 'market'),
    counted(patterns, 'pattern'),
    `${counted(texts, 'text')}, ${approved} approved`,
  ];
  const left = notApproved.map(({ pattern, locale, capability, why }) => {
    return `  ${pattern} in ${locale} (${capability})${why === 'expired' ? ': its approval is over' : ''}`;
  });
  return [
    `  ${parts.join(' · ')}`,
    ...(left.length === 0 ? [] : ['Not approved, so not published (`first-comment copy list` shows the hashes):', ...left]),
  ];
}
