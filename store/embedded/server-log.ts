import { open, readFile, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { likeItsFolder } from './ownership.ts';
import { lastLines } from './run-binary.ts';

const KEPT_BYTES = 5_000_000;

/** The file that the server's words go to, from here on. A file, not a pipe: the server outlives a killed parent. */
export interface ServerLog {
  readonly handle: number;
  /** What was written since it was opened, its last lines. */
  tail(): Promise<string>;
  close(): Promise<void>;
}

export async function openServerLog(home: string): Promise<ServerLog> {
  const place = join(home, 'server.log');
  const file = await open(place, 'a', 0o600);
  await likeItsFolder(place, home);
  if ((await stat(place)).size > KEPT_BYTES) await truncate(place);
  const begin = (await stat(place)).size;
  return {
    handle: file.fd,
    tail: async () => lastLines((await readFile(place)).subarray(begin).toString('utf8')),
    close: () => file.close(),
  };
}
