import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../../cli/local/ports.ts';
import { removeEmbeddedPostgres } from '../../store/embedded/start-embedded-postgres.ts';

const MAIN = resolve('cli/main.ts');

type Variables = Readonly<Record<string, string | undefined>>;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface StartedCli {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Everything written so far, both streams. */
  output(): string;
}

/** Starts the real command line in a process of its own. */
export function startCli(args: readonly string[], variables: Variables, cwd = process.cwd()): StartedCli {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: { ...clean(process.env), ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    text.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    text.stderr += chunk;
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...text }));
  return { child, ended, output: () => text.stdout + text.stderr };
}

export function runCli(args: readonly string[], variables: Variables, cwd?: string): Promise<Ended> {
  return startCli(args, variables, cwd).ended;
}

/** A state directory of the test's own, with free ports. */
export async function temporaryHome(): Promise<{
  readonly home: string;
  readonly variables: Variables;
  remove(): Promise<void>;
}> {
  const home = mkdtempSync(join(tmpdir(), 'first-comment-cli-'));
  return {
    home,
    variables: {
      FIRST_COMMENT_HOME: home,
      FIRST_COMMENT_TEMPORAL_PORT: String(await freePort()),
      FIRST_COMMENT_TEMPORAL_UI_PORT: String(await freePort()),
      FIRST_COMMENT_SANDBOX_PORT: String(await freePort()),
    },
    remove: async () => {
      await removeEmbeddedPostgres(join(home, 'postgres'));
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** What the surroundings may have set must not reach the program under test. */
function clean(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(variables).filter(([name]) => !/^(FIRST_COMMENT_|TEMPORAL_|DATABASE_URL|FC_|NODE_OPTIONS|VITEST)/.test(name)),
  );
}
