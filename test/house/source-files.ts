import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';

export const ROOT: string = dirname(dirname(import.meta.dirname));

const LEFT_OUT = new Set(['node_modules', '.git', '.first-comment', 'dist', 'coverage']);

export type Import = { readonly specifier: string; readonly typeOnly: boolean };
export type SourceFile = {
  /** From the checkout's root, with forward slashes. */
  readonly path: string;
  /** The top folder; the empty string for a file beside them. */
  readonly room: string;
  readonly text: string;
};

/** Every file of the checkout that has one of the endings, without what is installed, built or run there. */
export function filesOfCheckout(endings: readonly string[]): readonly SourceFile[] {
  return walk(ROOT)
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .map((path) => relative(ROOT, path).split(sep).join('/'))
    .map((path) => ({
      path,
      room: path.includes('/') ? (path.split('/')[0] ?? '') : '',
      text: readFileSync(join(ROOT, path), 'utf8'),
    }));
}

function walk(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !LEFT_OUT.has(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)]));
}

/** All imports and re-exports of a module, also those that are loaded when needed. */
export function importsOf(text: string): readonly Import[] {
  const fixed = [...text.matchAll(/^(?:import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/gm)].map(
    ([, type, specifier]) => ({
      specifier: specifier ?? '',
      typeOnly: type !== undefined,
    }),
  );
  const loaded = [...text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)].map(([, specifier]) => ({
    specifier: specifier ?? '',
    typeOnly: false,
  }));
  return [...fixed, ...loaded];
}

/** Where a relative import leads, from the checkout's root; null for a package or a part of Node. */
export function targetOf(file: SourceFile, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  return normalize(join(dirname(file.path), specifier))
    .split(sep)
    .join('/');
}

/** `@scope/name/part` → `@scope/name`; `node:fs/promises` → `node:fs`. */
export function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
}

/** The text without its import and export-from lines, for tests that look for words in code. */
export function withoutImports(text: string): string {
  return text.replaceAll(/\bfrom\s+['"][^'"]+['"]|\bimport\(?\s*['"][^'"]+['"]/g, '');
}

/** The text without comments: for rules about what code does, not about what is said of it. */
export function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1');
}
