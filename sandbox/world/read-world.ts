import { readFileSync } from 'node:fs';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { type World, worldSchema } from './schema.ts';
import { WorldMistake } from './world-mistake.ts';

/**
 * Reads a world file (YAML). All mistakes are reported at once, each with file, line, column and field path.
 * @throws WorldMistake
 */
export function readWorld(file: string): World {
  const lines = new LineCounter();
  const document = parseDocument(readFile(file), { lineCounter: lines });
  const broken = document.errors.map((error) => {
    const { line, col } = lines.linePos(error.pos[0]);
    return `${file}:${line}:${col}: ${error.message.split('\n')[0]}`;
  });
  if (broken.length > 0) throw new WorldMistake(broken.join('\n'));

  const read = worldSchema.safeParse(document.toJS());
  if (read.success) return read.data;
  const mistakes = read.error.issues.map((issue) => {
    const path = issue.path.filter((step) => typeof step !== 'symbol');
    const { line, col } = lines.linePos(positionOf(document, path));
    return `${file}:${line}:${col}: ${path.join('.') || '(top level)'}: ${issue.message}`;
  });
  throw new WorldMistake(mistakes.join('\n'));
}

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new WorldMistake(`${file}: cannot be read (${(cause as NodeJS.ErrnoException).code}); name a world file`, { cause });
  }
}

/** Where the deepest existing part of a path begins. */
function positionOf(document: Document, path: readonly (string | number)[]): number {
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true);
    const range = (node as { range?: [number, number, number] } | undefined)?.range;
    if (range) return range[0];
  }
  return 0;
}
