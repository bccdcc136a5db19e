import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { type PackagedPostgres, packagedSymlinks } from './binaries.ts';

/**
 * The folder with `bin`, `lib` and `share` to start from. The packaged one where it can be used as it is; else a copy
 * under `copies`: as root, because another user must reach it (node_modules may lie under a home of mode 0700), and
 * where install scripts were blocked, because the libraries' symlinks are missing.
 */
export async function usableInstallation(
  postgres: PackagedPostgres,
  { copies, asRoot }: { copies: string; asRoot: boolean },
): Promise<string> {
  const symlinks = await packagedSymlinks(postgres);
  const root = dirname(postgres.native);
  const complete = symlinks.every(({ target }) => existsSync(join(root, target)));
  if (complete && !asRoot) return postgres.native;

  const copy = join(copies, `postgres-${postgres.version}`);
  if (existsSync(copy)) return copy;
  const growing = join(copies, `.${process.pid}-${Date.now()}`);
  await mkdir(copies, { recursive: true, mode: 0o755 });
  await cp(postgres.native, growing, { recursive: true, verbatimSymlinks: true });
  for (const { source, target } of symlinks) {
    const place = join(growing, relative('native', target));
    if (!existsSync(place)) await symlink(relative(dirname(target), source), place);
  }
  await openUp(growing);
  await settle(growing, copy);
  return copy;
}

/** Readable by every user, whatever umask the packages were installed under. */
async function openUp(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue;
    const place = join(entry.parentPath, entry.name);
    const executable = entry.isDirectory() || entry.parentPath.endsWith('bin') || entry.name.includes('.so');
    await chmod(place, executable ? 0o755 : 0o644);
  }
}

/** Puts the finished folder in place at once. Another process may have been faster: then theirs is as good. */
async function settle(growing: string, place: string): Promise<void> {
  try {
    await rename(growing, place);
  } catch (error) {
    await rm(growing, { recursive: true, force: true });
    if (!existsSync(place)) throw error;
  }
}
