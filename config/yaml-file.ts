import { join } from 'node:path';
import {
  type Document,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLParseError,
  type YAMLWarning,
} from 'yaml';
import { formatPath, type Problem } from './problem.ts';
import { readText } from './read-text.ts';
import { refusedIn } from './yaml-limits.ts';

/** A YAML file with the positions of everything in it. */
export interface YamlFile {
  /** Relative to the folder, with `/`: what places name. */
  readonly name: string;
  readonly text: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

export type ReadYaml = { readonly file: YamlFile | null; readonly problems: readonly Problem[] };

type Path = readonly PropertyKey[];

/** Reads one YAML file. One that is missing, broken or holds what we do not read is a problem at its place. */
export function readYaml(folder: string, name: string): ReadYaml {
  const read = readText(join(folder, name));
  if (!read.ok) {
    const { problem, mend, line, column } = read;
    return { file: null, problems: [{ place: `${name}:${line}:${column}`, path: '', problem, mend }] };
  }
  const { text } = read;
  const lines = new LineCounter();
  const document = parse(text, lines);
  if (!document) return { file: null, problems: [tooDeep(name)] };
  const file = { name, text, document, lines };
  const problems = [
    ...tellable(document).map((error) => ({
      offset: error.pos[0],
      problem: `not valid YAML: ${firstLine(error.message)}`,
      mend: 'correct the syntax; blanks before a key, quotes and dashes are the usual suspects',
    })),
    ...refusedIn(document),
  ].map(({ offset, problem, mend }) => ({ place: placeAt(file, offset), path: '', problem, mend }));
  return { file: problems.length === 0 ? file : null, problems };
}

/** `null` for a text that is nested so deep that the parser runs out of stack. */
function parse(text: string, lineCounter: LineCounter): Document | null {
  try {
    // The parser's own search for keys that stand twice takes quadratic time, so it is ours (yaml-limits.ts).
    return parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: false, logLevel: 'silent' });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function tooDeep(name: string): Problem {
  return { place: `${name}:1:1`, path: '', problem: 'the file is nested too deep to be read', mend: 'write it flatter' };
}

/** After the first slip of syntax a parser only guesses, so what it says then is left out. */
function tellable({ errors, warnings }: Document): readonly (YAMLParseError | YAMLWarning)[] {
  return [...errors.slice(0, 1), ...warnings];
}

/** A problem at the value that a path leads to, or at the nearest thing above it. */
export function problemAt(file: YamlFile, path: Path, problem: string, mend: string): Problem {
  return { place: placeOf(file, path), path: formatPath(path), problem, mend };
}

/** A problem at a key instead of at its value. */
export function problemAtKey(file: YamlFile, path: Path, problem: string, mend: string): Problem {
  const key = keyNode(file, path);
  return { place: key ? placeAt(file, startOf(key)) : placeOf(file, path), path: formatPath(path), problem, mend };
}

/** `file:line:column` of the value that a path leads to, or of the nearest thing above it. */
export function placeOf(file: YamlFile, path: Path): string {
  const node = nodeAt(file, path);
  if (node) return placeAt(file, startOf(node));
  return path.length === 0 ? `${file.name}:1:1` : placeOf(file, path.slice(0, -1));
}

/**
 * `file:line:column` of a character inside a text value. Exact for block texts (`|`) and for texts that stand in the file
 * letter by letter; the start of the value where YAML changed the letters.
 */
export function placeInText(file: YamlFile, path: Path, offset: number): string {
  const node = nodeAt(file, path);
  if (!isScalar(node) || typeof node.value !== 'string' || !node.range) return placeOf(file, path);
  const raw = file.text.slice(node.range[0], node.range[1]);
  if (node.type === 'BLOCK_LITERAL') return placeInBlock(file, node.range[0], raw, node.value.slice(0, offset));
  const at = raw.indexOf(node.value);
  return placeAt(file, node.range[0] + (at < 0 ? 0 : at + offset));
}

function placeInBlock(file: YamlFile, start: number, raw: string, before: string): string {
  const rows = raw.split('\n').slice(1);
  const indent = rows.find((row) => row.trim() !== '')?.match(/^ */)?.[0].length ?? 0;
  const passed = before.split('\n');
  const header = file.lines.linePos(start).line;
  return `${file.name}:${header + passed.length}:${indent + (passed.at(-1) ?? '').length + 1}`;
}

/** `file:line:column` of an offset in the file's text. */
export function placeAt(file: YamlFile, offset: number): string {
  const { line, col } = file.lines.linePos(offset);
  return `${file.name}:${line}:${col}`;
}

function nodeAt(file: YamlFile, path: Path): Node | null {
  const node = path.length === 0 ? file.document.contents : file.document.getIn(path as PropertyKey[], true);
  return isNode(node) ? node : null;
}

function keyNode(file: YamlFile, path: Path): Node | null {
  const parent = nodeAt(file, path.slice(0, -1));
  const name = path.at(-1);
  if (!isMap(parent)) return null;
  const pair = parent.items.find((item: Pair) => isScalar(item.key) && String(item.key.value) === name);
  return pair && isNode(pair.key) ? pair.key : null;
}

function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

function firstLine(text: string): string {
  return (text.split('\n', 1)[0] ?? text).replace(/[.:]\s*$/, '');
}
