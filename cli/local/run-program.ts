import { spawn } from 'node:child_process';

export type ProgramEnd =
  | { readonly kind: 'ended'; readonly code: number | null; readonly output: string }
  | { readonly kind: 'not-started'; readonly reason: string };

type ProgramOptions = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onLine?: (line: string) => void;
  readonly timeoutMs?: number;
};

/** Runs a program to its end and gives back what it printed (the last 20,000 characters). Never throws. */
export function runProgram(
  command: string,
  args: readonly string[],
  { env, onLine, timeoutMs }: ProgramOptions,
): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    let output = '';
    const collect = (chunk: Buffer) => {
      const text = chunk.toString('utf8');
      output = (output + text).slice(-20_000);
      const line = text.trim().split('\n').at(-1);
      if (onLine !== undefined && line !== undefined && line !== '') onLine(line);
    };
    // Not spawn's own `timeout`: its timer keeps the process alive when the program could not be started.
    const limit = timeoutMs === undefined ? {} : { signal: AbortSignal.timeout(timeoutMs) };
    const child = spawn(command, args, { env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'], ...limit });
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', (error) => resolve({ kind: 'not-started', reason: error.message }));
    child.once('close', (code) => resolve({ kind: 'ended', code, output }));
  });
}
