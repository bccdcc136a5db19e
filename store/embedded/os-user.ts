import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { StoreError } from '../errors.ts';

const run = promisify(execFile);

/** The user that the server runs as. Postgres refuses root, so root lends it another one. */
export interface OsUser {
  readonly uid: number;
  readonly gid: number;
}

const NAME = 'postgres';

/** The user to run as: `null` for ourselves, who are not root. Creates the user `postgres` when root finds none. */
export async function serverUser(): Promise<OsUser | null> {
  if (process.getuid?.() !== 0) return null;
  return (await lookUp()) ?? (await create());
}

async function lookUp(): Promise<OsUser | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', NAME]), run('id', ['-g', NAME])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch (error) {
    if (isMissingCommand(error)) throw cannotCreate('the command `id` is missing', error);
    return null;
  }
}

async function create(): Promise<OsUser> {
  let problem: unknown = null;
  for (const [command, ...args] of [
    ['groupadd', '--system', NAME],
    ['useradd', '--system', '--gid', NAME, '--no-create-home', '--shell', '/usr/sbin/nologin', NAME],
  ] as const) {
    try {
      await run(command, args);
    } catch (error) {
      if (isMissingCommand(error)) throw cannotCreate(`the command \`${command}\` is missing`, error);
      // The group may be there already, and another process may create both at this moment: the look below decides.
      problem = error;
    }
  }
  const created = await lookUp();
  if (created === null) throw cannotCreate(problem instanceof Error ? problem.message.trim() : 'it did not appear', problem);
  return created;
}

function isMissingCommand(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function cannotCreate(why: string, cause: unknown): StoreError {
  return new StoreError(
    'embedded',
    `Postgres refuses to run as root, and the user "${NAME}" to run it as cannot be created: ${why}. ` +
      'Run first-comment as a normal user, create that user, or set DATABASE_URL to a Postgres of your own.',
    cause,
  );
}
