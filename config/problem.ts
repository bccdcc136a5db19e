/** One mistake in a file, with its place and its mend. */
export interface Problem {
  /** `file:line:column`, the file relative to the folder that was loaded. */
  readonly place: string;
  /** The field, `markets[1].currency`; empty for a whole file. */
  readonly path: string;
  /** What is wrong, without a full stop. */
  readonly problem: string;
  /** What to write or do instead, without a full stop. */
  readonly mend: string;
}

/** How a problem is printed: place, field, what is wrong, what to write instead. */
export function formatProblem({ place, path, problem, mend }: Problem): string {
  return `${place}${path === '' ? '' : ` ${path}`}: ${problem}. ${mend.charAt(0).toUpperCase()}${mend.slice(1)}.`;
}

/** A path as people write it: `markets[1].values.price`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}
