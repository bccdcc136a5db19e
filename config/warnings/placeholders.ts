import { partsOf } from '../folder.ts';
import { placeAt } from '../yaml-file.ts';
import type { Looked, Warning } from './warning.ts';

/** How `init` marks a value that only the user can know. */
export const PLACEHOLDER = 'PLACEHOLDER';

const MARKED = new RegExp(`(?<=^|\\s)#[^\\n]*\\b${PLACEHOLDER}\\b:?[ \\t]*([^\\n\\r]*)`, 'g');

/** Values of the starter folder that nobody has replaced. */
export function placeholderWarnings({ files }: Looked): readonly Warning[] {
  return partsOf(files).flatMap(({ file }) =>
    [...file.text.matchAll(MARKED)].map(({ index, 1: what = '' }): Warning => {
      const problem = `a starter value still stands in this line${what === '' ? '' : `: ${what}`}`;
      const mend = `write your own value, and take the remark with ${PLACEHOLDER} away`;
      return { warning: 'placeholder', place: placeAt(file, index), path: '', problem, mend };
    }),
  );
}
