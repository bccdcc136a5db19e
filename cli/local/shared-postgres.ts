import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../store/embedded/start-embedded-postgres.ts';
import { withFileLock } from './file-lock.ts';
import { isRunning, markProcess, readRecord, removeRecord, writeRecord } from './process-record.ts';
import { livingUsers, newUser, type User, usersSchema } from './users.ts';

export interface SharedPostgresOptions {
  /** The state directory; data and the record of the users lie in it. */
  readonly home: string;
  readonly onProgress: (line: string) => void;
}

export interface SharedPostgres extends Pick<EmbeddedPostgres, 'url' | 'port' | 'adopted'> {
  /** Ends our use of it. The last user stops the server. */
  stop(): Promise<void>;
}

/** How long the process that started the server may take to end after it has left. */
const STARTER_ENDS_WITHIN_MS = 10_000;
const POLL_MS = 100;

/** The embedded Postgres of a state directory, shared by all starts there: it stays until the last of them has ended. */
export async function sharePostgres(options: SharedPostgresOptions): Promise<SharedPostgres> {
  mkdirSync(options.home, { recursive: true, mode: 0o700 });
  return locked(options, async () => {
    const postgres = await start(options);
    const me = newUser();
    writeRecord(recordPath(options.home), [...readUsers(options.home), me]);
    const { url, port, adopted } = postgres;
    return { url, port, adopted, stop: () => locked(options, () => leave(options, postgres, me)) };
  });
}

async function leave(options: SharedPostgresOptions, postgres: EmbeddedPostgres, me: User): Promise<void> {
  const others = readUsers(options.home).filter((user) => user.id !== me.id);
  if (others.length > 0) return writeRecord(recordPath(options.home), others);
  removeRecord(recordPath(options.home));
  await stopServer(options, postgres);
}

/** Only who started the server stops it, or who found it after that one's end: the starter has left, so wait for its end. */
async function stopServer(options: SharedPostgresOptions, postgres: EmbeddedPostgres): Promise<void> {
  const server = markProcess(postgres.serverPid);
  let mine = postgres;
  for (const deadline = Date.now() + STARTER_ENDS_WITHIN_MS; !mine.answerable; await sleep(POLL_MS)) {
    if (!isRunning(server)) return;
    if (Date.now() > deadline) {
      options.onProgress('Postgres stays up: the process that started it has not ended.');
      return;
    }
    mine = await start(options);
  }
  await mine.stop();
}

function start({ home, onProgress }: SharedPostgresOptions): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataDir: join(home, 'postgres'), onProgress });
}

function readUsers(home: string): User[] {
  return livingUsers(readRecord(recordPath(home), usersSchema) ?? []);
}

function recordPath(home: string): string {
  return join(home, 'postgres-users.json');
}

function locked<T>({ home, onProgress }: SharedPostgresOptions, work: () => Promise<T>): Promise<T> {
  const onWait = (pid: number) => onProgress(`Waiting: process ${pid} is starting or stopping Postgres.`);
  return withFileLock(join(home, 'postgres.lock'), onWait, work);
}
