import { spawn } from 'node:child_process';
import { dirname } from 'node:path';

export const ROOT: string = dirname(dirname(import.meta.dirname));

export type NodeRun = { readonly code: number; readonly stdout: string };

type NodeRunOptions = {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Collects standard output instead of showing it. */
  readonly collect?: boolean;
  /** Another tree than the checkout, such as a copy of it. */
  readonly cwd?: string;
};

/** Runs a JavaScript or TypeScript file with the Node that runs us, in the checkout, and waits for its end. */
export function runNode(
  args: readonly string[],
  { env = {}, collect = false, cwd = ROOT }: NodeRunOptions = {},
): Promise<NodeRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', collect ? 'pipe' : 'inherit', 'inherit'],
    });
    let stdout = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      stdout += chunk.toString('utf8');
    });
    const forward = (signal: NodeJS.Signals) => child.kill(signal);
    process.once('SIGINT', forward).once('SIGTERM', forward);
    child.once('error', reject);
    child.once('close', (code) => {
      process.removeListener('SIGINT', forward).removeListener('SIGTERM', forward);
      resolve({ code: code ?? 1, stdout });
    });
  });
}
