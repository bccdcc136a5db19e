import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { isObject } from './json.ts';
import { sectionsSchema, type World, worldSchema } from './schema.ts';
import { WorldMistake } from './world-mistake.ts';

type Path = readonly (string | number)[];

/** One YAML file of a world, with the way back from a value to its line. */
interface WorldFile {
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
  readonly content: Readonly<Record<string, unknown>>;
}

/**
 * Reads a world (YAML). Its sections may go on in other files, named under `include` relative to the first; those hold
 * sections only. All mistakes are reported at once, each with file, line, column and field path.
 * @throws WorldMistake
 */
export function readWorld(file: string): World {
  const first = readFile(file);
  const { include = [], ...content } = first.content;
  if (!isListOfNames(include)) throw new WorldMistake(`${at(first, ['include'])}: include: expected a list of file names`);
  const more = include.map((name) => readFile(join(dirname(file), name)));
  const files = [{ ...first, content }, ...more];
  requireSectionsOnly(more);

  const merged: Record<string, unknown> = { ...content };
  /** From a place in the merged section back to where it was written. */
  const written = new Map<string, { readonly from: WorldFile; readonly index: number }[]>();
  for (const section of Object.keys(sectionsSchema.shape)) {
    const lists = files.flatMap((from) => (Array.isArray(from.content[section]) ? [{ from, list: from.content[section] }] : []));
    if (lists.length === 0) continue;
    merged[section] = lists.flatMap(({ list }) => list);
    written.set(
      section,
      lists.flatMap(({ from, list }) => list.map((_, index) => ({ from, index }))),
    );
  }

  const read = worldSchema.safeParse(merged);
  if (read.success) return read.data;
  const mistakes = read.error.issues.map((issue) => {
    const [section = '', index = 0, ...rest] = issue.path.filter((step) => typeof step !== 'symbol');
    const origin = written.get(String(section))?.[Number(index)];
    const path = origin && issue.path.length > 1 ? [section, origin.index, ...rest] : [section, index, ...rest];
    const named = path.slice(0, issue.path.length);
    return `${at(origin?.from ?? first, named)}: ${named.join('.') || '(top level)'}: ${issue.message}`;
  });
  throw new WorldMistake(mistakes.join('\n'));
}

function isListOfNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}

function requireSectionsOnly(files: readonly WorldFile[]): void {
  const wrong = files.flatMap((each) =>
    Object.entries(each.content).flatMap(([key, value]) => {
      if (!Object.hasOwn(sectionsSchema.shape, key)) return [`${at(each, [key])}: ${key}: only the first file may say this`];
      return Array.isArray(value) ? [] : [`${at(each, [key])}: ${key}: expected a list`];
    }),
  );
  if (wrong.length > 0) throw new WorldMistake(wrong.join('\n'));
}

function readFile(file: string): WorldFile {
  const lines = new LineCounter();
  const document = parseDocument(readText(file), { lineCounter: lines });
  const broken = document.errors.map((error) => {
    const { line, col } = lines.linePos(error.pos[0]);
    return `${file}:${line}:${col}: ${error.message.split('\n')[0]}`;
  });
  if (broken.length > 0) throw new WorldMistake(broken.join('\n'));
  const content: unknown = document.toJS();
  if (!isObject(content)) throw new WorldMistake(`${file}:1:1: (top level): expected a map`);
  return { file, document, lines, content };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new WorldMistake(`${file}: cannot be read (${(cause as NodeJS.ErrnoException).code}); name a world file`, { cause });
  }
}

/** `file:line:column` of where the deepest existing part of a path begins. */
function at({ file, document, lines }: WorldFile, path: Path): string {
  const { line, col } = lines.linePos(positionOf(document, path));
  return `${file}:${line}:${col}`;
}

function positionOf(document: Document, path: Path): number {
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true);
    const range = (node as { range?: [number, number, number] } | undefined)?.range;
    if (range) return range[0];
  }
  return 0;
}
