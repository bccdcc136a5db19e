import { lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../../domain/user-error.ts';
import type { NewFile } from './starter.ts';

/**
 * Writes new files into a folder, or none at all when one of them is already there: nothing is ever overwritten.
 * @throws UserError that lists what is in the way
 */
export function writeNewFiles(folder: string, files: readonly NewFile[]): void {
  const inTheWay = files.map(({ name }) => name).filter((name) => isThere(join(folder, name)));
  if (inTheWay.length > 0) {
    throw new UserError(
      `Nothing was written: ${folder} already has\n${inTheWay.map((name) => `  ${name}`).join('\n')}\nName another folder, or move these away.`,
    );
  }
  try {
    for (const { name, text } of files) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text, { flag: 'wx' });
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UserError(`The folder ${folder} cannot be written (${code}). Name one that you may write to.`);
  }
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
