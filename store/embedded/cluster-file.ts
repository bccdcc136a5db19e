import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../errors.ts';
import { likeItsFolder } from './ownership.ts';

/** What we must remember of a cluster to start or adopt it again. Holds its password, so the file has mode 0600. */
export interface Cluster {
  /** Random; names the cluster's home where that lies outside the data folder. */
  readonly id: string;
  readonly password: string;
  /** Where data and log lie: the data folder itself, or a place that root chose. */
  readonly home: string;
  /** The port that it had last, so that addresses which others noted stay true. */
  readonly port: number | null;
}

/** As it is written down: `home` is `null` for the data folder itself, so that a checkout may be moved. */
type Written = Omit<Cluster, 'home'> & { readonly home: string | null };

/** Reads the folder's cluster, or writes down a new one. Two processes at once agree on one. */
export async function readOrCreateCluster(dataDir: string, homeFor: (id: string) => string | null): Promise<Cluster> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const known = await readCluster(dataDir);
  if (known) return known;
  const id = randomBytes(8).toString('hex');
  const cluster: Written = { id, password: randomBytes(24).toString('base64url'), home: homeFor(id), port: null };
  const draft = await writeDraft(dataDir, cluster);
  try {
    // A link, unlike a rename, fails when the other process was faster.
    await link(draft, placeOf(dataDir));
    return { ...cluster, home: cluster.home ?? dataDir };
  } catch (error) {
    const theirs = await readCluster(dataDir);
    if (theirs) return theirs;
    throw error;
  } finally {
    await unlink(draft);
  }
}

/** @throws StoreError `embedded` when the file is somebody else's or broken. */
export async function readCluster(dataDir: string): Promise<Cluster | null> {
  const place = placeOf(dataDir);
  try {
    const written = JSON.parse(await readFile(place, 'utf8')) as Written;
    return { ...written, home: written.home ?? dataDir };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT') return null;
    const why = code === 'EACCES' ? 'it belongs to another user' : 'it is broken';
    throw new StoreError(
      'embedded',
      `The embedded database's file ${place} cannot be read: ${why}. ` +
        'Run as the user who made it, move its folder away to begin with an empty database, or set DATABASE_URL.',
      error,
    );
  }
}

export async function rememberPort(dataDir: string, cluster: Cluster, port: number): Promise<void> {
  if (cluster.port === port) return;
  await rename(
    await writeDraft(dataDir, { ...cluster, home: cluster.home === dataDir ? null : cluster.home, port }),
    placeOf(dataDir),
  );
}

async function writeDraft(dataDir: string, cluster: Written): Promise<string> {
  const draft = `${placeOf(dataDir)}.${process.pid}-${randomBytes(4).toString('hex')}`;
  await writeFile(draft, `${JSON.stringify(cluster, null, 2)}\n`, { mode: 0o600 });
  await likeItsFolder(draft, dataDir);
  return draft;
}

function placeOf(dataDir: string): string {
  return join(dataDir, 'cluster.json');
}
