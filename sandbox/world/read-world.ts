import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { misplacedDelivery } from './delivery-places.ts';
import { isObject } from './json.ts';
import { sectionsSchema, type World, worldSchema } from './schema.ts';
import { WorldMistake } from './world-mistake.ts';

type Path = readonly (string | number)[];

/** A value that cannot be taken, and why. */
interface Wrong {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

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
  requireSectionsOnly(more);
  const { sections, originOf } = joined([{ ...first, content }, ...more]);

  const read = worldSchema.safeParse({ ...content, ...sections });
  const wrong: readonly Wrong[] = read.success ? misplacedDelivery(read.data) : read.error.issues;
  if (read.success && wrong.length === 0) return read.data;
  const mistakes = wrong.map((issue) => {
    const path = issue.path.filter((step) => typeof step !== 'symbol');
    const [section = '', index, ...rest] = path;
    const origin = typeof index === 'number' ? originOf(String(section), index) : undefined;
    const from = origin?.from ?? first;
    const written = origin ? [section, origin.index, ...rest] : path;
    return `${at(from, written)}: ${written.join('.') || '(top level)'}: ${issue.message}`;
  });
  throw new WorldMistake(mistakes.join('\n'));
}

/** Where an entry of a section was written. */
interface Origin {
  readonly from: WorldFile;
  readonly index: number;
}

/** The sections of all files, one list each, with the way back from an entry to its file. */
function joined(files: readonly WorldFile[]) {
  const sections: Record<string, unknown> = {};
  const origins = new Map<string, readonly Origin[]>();
  for (const section of Object.keys(sectionsSchema.shape)) {
    const entries = files.flatMap((from) => {
      const list: unknown = from.content[section];
      return Array.isArray(list) ? list.map((entry: unknown, index) => ({ entry, from, index })) : [];
    });
    // What is no list is left for the schema to refuse.
    const wrong = files.some(({ content }) => content[section] !== undefined && !Array.isArray(content[section]));
    if (entries.length === 0 || wrong) continue;
    sections[section] = entries.map(({ entry }) => entry);
    origins.set(section, entries);
  }
  return { sections, originOf: (section: string, index: number) => origins.get(section)?.[index] };
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
