import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';

/** Far above any brand folder (a hundred approvals take 30 kB), far below what would keep a reader waiting. */
export const LARGEST_FILE = 1_000_000;

export type ReadText =
  | { readonly ok: true; readonly text: string }
  /** `line` and `column` count from 1. */
  | { readonly ok: false; readonly problem: string; readonly mend: string; readonly line: number; readonly column: number };

/** Reads a text file whole, but never more than it should hold, never a pipe that nobody fills, and only UTF-8. */
export function readText(path: string): ReadText {
  let bytes: Uint8Array | null;
  try {
    bytes = readBytes(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code === 'ENOENT') return refusal('the file is missing', `create ${basename(path)} in the brand folder`);
    return refusal(`the file cannot be read (${code})`, 'make it a plain file that may be read');
  }
  if (bytes === null) return refusal('this is no plain file', 'put a text file in its place');
  if (bytes.length > LARGEST_FILE) {
    return refusal(`the file is larger than ${LARGEST_FILE / 1_000_000} MB`, 'keep only what the brand says in it');
  }
  const text = decode(bytes);
  if (text !== null) return { ok: true, text };
  const { line, column } = firstBadByte(bytes);
  return { ok: false, problem: 'the file is not UTF-8', mend: 'save it with the encoding UTF-8', line, column };
}

/** One byte more than allowed at most, so that the caller sees that there is more; `null` for what is no plain file. */
function readBytes(path: string): Uint8Array | null {
  // Without O_NONBLOCK opening a pipe would wait for its writer.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!fstatSync(file).isFile()) return null;
    const bytes = new Uint8Array(LARGEST_FILE + 1);
    let filled = 0;
    for (;;) {
      const read = readSync(file, bytes, filled, bytes.length - filled, null);
      filled += read;
      if (read === 0 || filled === bytes.length) return bytes.subarray(0, filled);
    }
  } finally {
    closeSync(file);
  }
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null; // not UTF-8: the caller says where
  }
}

function firstBadByte(bytes: Uint8Array): { readonly line: number; readonly column: number } {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const next = bytes.indexOf(0x0a, start);
    const end = next < 0 ? bytes.length : next;
    const row = bytes.subarray(start, end);
    if (decode(row) === null) {
      // The first replacement stands where the first bad byte does, unless the file holds replacement characters itself.
      return { line, column: new TextDecoder('utf-8', { ignoreBOM: true }).decode(row).indexOf('\u{fffd}') + 1 };
    }
    start = end + 1;
  }
  return { line: 1, column: 1 };
}

function refusal(problem: string, mend: string): ReadText {
  return { ok: false, problem, mend, line: 1, column: 1 };
}
