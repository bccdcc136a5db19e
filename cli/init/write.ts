import { existsSync, lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../../domain/user-error.ts';
import type { NewFile } from './starter.ts';

/**
 * Writes new files into a folder, or none at all when one of them is already there and may not be written over.
 * @throws UserError that lists what is in the way
 */
export function writeNewFiles(
  folder: string,
  files: readonly NewFile[],
  overwrites: (path: string) => boolean = () => false,
): void {
  const inTheWay = files.map(({ name }) => name).filter((name) => isThere(join(folder, name)) && !overwrites(join(folder, name)));
  if (inTheWay.length > 0) {
    throw new UserError(
      `Nothing was written: ${folder} already has\n${inTheWay.map((name) => `  ${name}`).join('\n')}\nName another folder, or move these away.`,
    );
  }
  try {
    for (const { name, text } of files) {
      makeFolder(dirname(join(folder, name)));
      writeFileSync(join(folder, name), text, { flag: overwrites(join(folder, name)) ? 'w' : 'wx' });
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UserError(`The folder ${folder} cannot be written (${code}). Name one that you may write to.`);
  }
}

/** Step by step from above: Node's own recursion never ends where a folder takes no folders, such as /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  const above = dirname(path);
  if (above !== path) makeFolder(above);
  mkdirSync(path);
}

/** A link that leads nowhere is in the way too. */
function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false; // missing, or below something that is no folder: writing will say which
  }
}
