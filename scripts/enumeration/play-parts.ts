import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Part } from '../../test/enumeration/enumerate.ts';

/** As many processes as the database beside them lets run: it takes about as long as they do. */
const PROCESSES = 2;

/** Plays the cells in several processes on one database, and puts together what they found. */
export async function playParts(args: readonly string[], onStop: (stop: () => Promise<void>) => void): Promise<Part> {
  const parts = await Promise.all(
    Array.from({ length: PROCESSES }, (_, part) => {
      const child = fork(join(import.meta.dirname, 'part.ts'), [...args, '--part', `${part}`, '--parts', `${PROCESSES}`]);
      onStop(async () => void child.kill());
      return foundBy(child);
    }),
  );
  const cells = parts.flatMap((each) => each.cells).sort((one, other) => one.index - other.index);
  return { scenarios: parts[0]?.scenarios ?? [], cells };
}

function foundBy(child: ChildProcess): Promise<Part> {
  return new Promise((resolve, reject) => {
    child.once('message', (found) => resolve(found as Part));
    child.once('error', reject);
    // What it found may still be on its way here when it has ended well.
    child.once('exit', (code, signal) => {
      if (code !== 0) reject(new Error(`a process of the enumeration ended early (${code ?? signal})`));
    });
  });
}
