import type { Problem } from '../problem.ts';
import { placeOf, problemAt, type YamlFile } from '../yaml-file.ts';

/** Entries that are there more than once, told at the later one with the place of the first. */
export function twice(
  file: YamlFile,
  entries: readonly { readonly path: readonly PropertyKey[]; readonly name: string }[],
  what: string,
): readonly Problem[] {
  const first = new Map<string, readonly PropertyKey[]>();
  return entries.flatMap(({ path, name }) => {
    const earlier = first.get(name);
    if (earlier) return [problemAt(file, path, `${what} ${name} is already at ${placeOf(file, earlier)}`, 'keep one of the two')];
    first.set(name, path);
    return [];
  });
}
