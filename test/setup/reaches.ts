import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { importsOf } from '../house/source-files.ts';

/** Whether one of the modules imports `target`, itself or through others. All are absolute paths. */
export function reaches(modules: readonly string[], target: string): boolean {
  const seen = new Set<string>();
  const open = [...modules];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (path === target) return true;
    if (seen.has(path) || !existsSync(path)) continue;
    seen.add(path);
    for (const { specifier, typeOnly } of importsOf(readFileSync(path, 'utf8'))) {
      if (specifier.startsWith('.') && !typeOnly) open.push(resolve(dirname(path), specifier));
    }
  }
  return false;
}
