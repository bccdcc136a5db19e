import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Edit } from '../../test/planted/fault.ts';

/** Edits in a copy of the repository. */
export type Planted =
  | { readonly kind: 'planted'; readonly restore: () => void }
  /** An edit no longer finds its place; nothing was left changed. */
  | { readonly kind: 'stale'; readonly says: string };

/** Carries the edits out in the tree; each must find its place exactly once. */
export function plantEdits(tree: string, edits: readonly Edit[]): Planted {
  const originals = new Map(edits.map(({ file }) => [join(tree, file), readFileSync(join(tree, file), 'utf8')]));
  const restore = () => {
    for (const [file, text] of originals) writeFileSync(file, text);
  };
  for (const { file, find, replace } of edits) {
    const text = readFileSync(join(tree, file), 'utf8');
    if (text.split(find).length !== 2) {
      restore();
      return { kind: 'stale', says: `${file} does not hold, exactly once: ${find.trim()}` };
    }
    writeFileSync(
      join(tree, file),
      text.replace(find, () => replace),
    );
  }
  return { kind: 'planted', restore };
}
