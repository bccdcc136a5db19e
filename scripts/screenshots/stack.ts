import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { ownHome } from '../stack/own-home.ts';

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
  const home = await ownHome('screenshots');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'cli/main.ts', 'start', '--json'], {
    cwd: ROOT,
    env: { ...process.env, ...home.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async () => {
    await end(child);
    await home.remove();
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
