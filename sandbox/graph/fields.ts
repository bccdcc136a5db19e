import { invalidParameter } from './errors.ts';

/** One requested field, e.g. `comments.limit(5).summary(true){id,message}`. */
export interface FieldRequest {
  readonly name: string;
  readonly modifiers: Readonly<Record<string, string>>;
  readonly sub: readonly FieldRequest[] | undefined;
}

const NAME = /[A-Za-z0-9_:]+/y;

/**
 * Reads a `fields` parameter with nested braces and `.modifier(value)`s.
 * @throws GraphError code 100 or 2500 when it does not parse
 */
export function parseFields(text: string): readonly FieldRequest[] {
  const cursor = { text, at: 0 };
  const fields = readList(cursor);
  if (cursor.at < text.length) throw syntaxError(cursor);
  return fields;
}

interface Cursor {
  readonly text: string;
  at: number;
}

function readList(cursor: Cursor): FieldRequest[] {
  const fields: FieldRequest[] = [];
  for (;;) {
    skipSpace(cursor);
    if (cursor.at >= cursor.text.length || cursor.text[cursor.at] === '}') return fields;
    fields.push(readField(cursor));
    skipSpace(cursor);
    if (cursor.text[cursor.at] !== ',') return fields;
    cursor.at += 1;
  }
}

function readField(cursor: Cursor): FieldRequest {
  const name = readName(cursor);
  const modifiers: Record<string, string> = {};
  while (cursor.text[cursor.at] === '.') {
    cursor.at += 1;
    const modifier = readName(cursor);
    const end = cursor.text.indexOf(')', cursor.at);
    if (cursor.text[cursor.at] !== '(' || end < 0) throw syntaxError(cursor);
    modifiers[modifier] = cursor.text.slice(cursor.at + 1, end);
    cursor.at = end + 1;
  }
  if (cursor.text[cursor.at] !== '{') return { name, modifiers, sub: undefined };
  cursor.at += 1;
  const sub = readList(cursor);
  if (cursor.text[cursor.at] !== '}') throw syntaxError(cursor);
  cursor.at += 1;
  return { name, modifiers, sub };
}

function readName(cursor: Cursor): string {
  NAME.lastIndex = cursor.at;
  const name = NAME.exec(cursor.text)?.[0];
  if (name === undefined) throw syntaxError(cursor);
  cursor.at += name.length;
  return name;
}

function skipSpace(cursor: Cursor): void {
  while (/\s/.test(cursor.text[cursor.at] ?? '')) cursor.at += 1;
}

function syntaxError(cursor: Cursor) {
  return invalidParameter(`Syntax error "Expected name or end of list." at character ${cursor.at}: ${cursor.text}`);
}
