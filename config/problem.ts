/** One mistake in a file, with its place and its mend. */
export interface Problem {
  /** `file:line:column`, the file relative to the folder that was loaded; empty when there is no folder. */
  readonly place: string;
  /** The field, `markets[1].currency`; empty for a whole file. */
  readonly path: string;
  /** What is wrong, without a full stop. */
  readonly problem: string;
  /** What to write or do instead, without a full stop. */
  readonly mend: string;
}

/** A place taken apart. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const LONGEST_WORD = 60;

/** How a problem is printed: place, field, what is wrong, what to write instead. */
export function formatProblem({ place, path, problem, mend }: Problem): string {
  if (place === '') return sentence(problem, mend);
  return printable(`${place}${path === '' ? '' : ` ${path}`}: ${sentence(problem, mend)}`);
}

/** What is wrong and what to write instead, as two sentences. */
export function sentence(problem: string, mend: string): string {
  return printable(`${problem}. ${mend.charAt(0).toUpperCase()}${mend.slice(1)}.`);
}

/** A path as people write it: `markets[1].values.price`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${clipped(String(key))}`))
    .join('')
    .replace(/^\./, '');
}

/** `copy/de-DE.yaml:12:9` → its parts. */
export function splitPlace(place: string): Place {
  if (place === '') return { file: '', line: 1, column: 1 };
  const [column, line, ...file] = place.split(':').reverse();
  return { file: file.reverse().join(':'), line: Number(line), column: Number(column) };
}

/** By file, then by line and column. */
export function inReadingOrder<T extends { readonly place: string }>(problems: readonly T[]): readonly T[] {
  return problems
    .map((problem) => ({ problem, at: splitPlace(problem.place) }))
    .sort(({ at: a }, { at: b }) => (a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1))
    .map(({ problem }) => problem);
}

/** A word out of a file, short enough to stand in a sentence. */
export function clipped(word: string): string {
  return word.length <= LONGEST_WORD ? word : `${word.slice(0, LONGEST_WORD)}…`;
}

/** Control characters and invisible ones written out: what a file holds must not steer a terminal or break a line. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (letter) => `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`);
}
