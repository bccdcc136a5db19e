import { CommanderError } from 'commander';
import { UserError } from '../domain/user-error.ts';
import { EXIT, reportFailure } from './exit.ts';
import { createProgram } from './program.ts';

const LEFT_BEHIND_MS = 1_000;

const program = createProgram((code) => {
  process.exitCode = code;
});

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  if (error.exitCode === 0) process.exitCode = EXIT.done;
  // For people commander has said it already, with the way to help.
  else if (process.argv.includes('--json')) process.exitCode = reportFailure(new UserError(error.message), true);
  else process.exitCode = EXIT.usersMistake;
}

// After a defect something may be left that keeps the process alive, such as a poller that a server refuses again and again.
if (process.exitCode === EXIT.defect) setTimeout(() => process.exit(), LEFT_BEHIND_MS).unref();
