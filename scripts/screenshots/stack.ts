import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { freePort } from '../../cli/local/ports.ts';
import { removeEmbeddedPostgres } from '../../store/embedded/start-embedded-postgres.ts';

const ROOT = dirname(dirname(import.meta.dirname));

const summarySchema = z.object({
  runs: z.int(),
  asExpected: z.int(),
  temporalUi: z.string(),
  feed: z.string(),
});

export interface Stack {
  /** The list of runs in the Temporal UI. */
  readonly temporalUi: string;
  /** The sandbox's feed. */
  readonly feed: string;
  /** Stops everything and deletes what it left on disk. */
  stop(): Promise<void>;
}

/** What `npm start` brings up, in an empty state folder and on free ports, with the example's ads run to their ends. */
export async function startStack(): Promise<Stack> {
  const home = mkdtempSync(join(tmpdir(), 'first-comment-screenshots-'));
  const env = {
    ...process.env,
    FIRST_COMMENT_HOME: home,
    FIRST_COMMENT_TEMPORAL_PORT: String(await freePort()),
    FIRST_COMMENT_TEMPORAL_UI_PORT: String(await freePort()),
    FIRST_COMMENT_SANDBOX_PORT: String(await freePort()),
    FIRST_COMMENT_SANDBOX_URL: undefined,
    FIRST_COMMENT_BRAND: undefined,
    FIRST_COMMENT_PROFILE: undefined,
    DATABASE_URL: undefined,
    TEMPORAL_ADDRESS: undefined,
    TEMPORAL_NAMESPACE: undefined,
  };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'cli/main.ts', 'start', '--json'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async () => {
    await end(child);
    // As root the database lies outside the state folder.
    await removeEmbeddedPostgres(join(home, 'postgres'));
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const { runs, asExpected, temporalUi, feed } = summarySchema.parse(JSON.parse(await firstLine(child)));
    if (asExpected !== runs) throw new Error(`Only ${asExpected} of ${runs} runs ended as the example expects.`);
    return { temporalUi, feed, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('The start has no standard output to read.');
  for await (const line of createInterface({ input: stdout })) return line;
  throw new Error('The start ended before its runs did; what it said stands above.');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
