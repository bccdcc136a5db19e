import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** Copies the files of the repository as they are now, with the installed packages linked beside them. */
export async function copyTree(from: string, to: string): Promise<void> {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  const { stdout } = await promisify(execFile)('git', list, { cwd: from });
  const deleted = await promisify(execFile)('git', ['ls-files', '-z', '--deleted'], { cwd: from });
  const gone = new Set(deleted.stdout.split('\0'));
  for (const file of stdout.split('\0')) {
    if (file === '' || gone.has(file)) continue;
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(from, file), join(to, file));
  }
  // One link for each package, so that what tests write into node_modules stays in the copy.
  mkdirSync(join(to, 'node_modules'));
  for (const name of readdirSync(join(from, 'node_modules'))) {
    if (name !== '.cache' && name !== '.vite') symlinkSync(join(from, 'node_modules', name), join(to, 'node_modules', name));
  }
}
