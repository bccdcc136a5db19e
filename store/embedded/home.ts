import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { StoreError } from '../errors.ts';

/**
 * Where root keeps the server's binaries and data: folders that the server's user can enter, as a checkout under a
 * home of mode 0700 is not. The first that can be made is taken.
 */
const PLACES_OF_ROOT = ['/var/lib/first-comment', '/var/tmp/first-comment'];
const NOTE = 'belongs-to.json';

export async function placeForRoot(): Promise<string> {
  for (const place of PLACES_OF_ROOT) {
    try {
      await mkdir(place, { recursive: true });
      await chmod(place, 0o755);
      return place;
    } catch {
      // A read-only root file system, for one; the next place may do.
    }
  }
  throw new StoreError(
    'embedded',
    `The embedded Postgres needs a folder that another user than root can enter; none of ${PLACES_OF_ROOT.join(', ')} can be made. ` +
      'Run first-comment as a normal user, or set DATABASE_URL to a Postgres of your own.',
  );
}

/** Makes the home of root's cluster, open for passing through. A note in it tells which folder it belongs to. */
export async function makeHome(home: string, dataDir: string): Promise<void> {
  await mkdir(home, { recursive: true });
  await chmod(home, 0o711);
  const note = 'Data of an embedded Postgres. If the folder that it belongs to is gone for good, this one can be deleted.';
  await writeFile(join(home, NOTE), `${JSON.stringify({ belongsTo: dataDir, note }, null, 2)}\n`);
}

/**
 * Deletes root's clusters whose folder lay in the system's temporary folder and is gone: what deleted test folders
 * leave behind. Those of other folders stay, whatever became of the folder: it may lie on a disk that is not mounted.
 */
export async function clearThrowaways(place: string): Promise<void> {
  const throwaway = `${await realpath(tmpdir())}${sep}`;
  for (const entry of await readdir(place)) {
    const home = join(place, entry);
    const owner = await belongsTo(home);
    if (owner === null || !owner.startsWith(throwaway) || existsSync(owner)) continue;
    if (existsSync(join(home, 'data', 'postmaster.pid'))) continue;
    await rm(home, { recursive: true, force: true });
  }
}

/** `null` for what is no home, or one that another process writes or deletes at this moment. */
async function belongsTo(home: string): Promise<string | null> {
  try {
    return (JSON.parse(await readFile(join(home, NOTE), 'utf8')) as { belongsTo: string }).belongsTo;
  } catch {
    return null;
  }
}

export function rootHome(place: string, id: string): string {
  return join(place, id);
}
