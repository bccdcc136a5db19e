import type { Context } from './context.ts';
import type { ExitCode } from './exit.ts';

/** Runs one command's work with a context, and turns its end into an exit code. */
export type RunCommand = (work: (context: Context) => Promise<ExitCode>) => Promise<void>;
