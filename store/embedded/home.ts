import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../errors.ts';

/**
 * Where root keeps the server's binaries and data: folders that the server's user can enter, as a checkout under a
 * home of mode 0700 is not. The first that can be made is taken.
 */
const PLACES_OF_ROOT = ['/var/lib/first-comment', '/var/tmp/first-comment'];

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

/** Makes the home of root's cluster, open for passing through. A note in it tells a person which folder it belongs to. */
export async function makeHome(home: string, dataDir: string): Promise<void> {
  await mkdir(home, { recursive: true });
  await chmod(home, 0o711);
  await writeFile(
    join(home, 'belongs-to.txt'),
    `Data of the embedded Postgres of ${dataDir}.\nIf that folder is gone for good, this one can be deleted.\n`,
  );
}

export function rootHome(place: string, id: string): string {
  return join(place, id);
}
