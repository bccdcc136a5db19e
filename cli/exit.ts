import { UserError } from '../domain/user-error.ts';

/** Exit codes, everywhere the same (design §7). */
export const EXIT = { done: 0, no: 1, usersMistake: 2, defect: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Says what went wrong and answers the exit code: a mistake the user can mend without a stack, a defect with one. */
export function reportFailure(error: unknown, json: boolean): ExitCode {
  // The sandbox imports nothing of ours, so its mistakes have a class of their own; by name, to load no server for `status`.
  const usersMistake = error instanceof UserError || (error instanceof Error && error.name === 'WorldMistake');
  const message = error instanceof Error ? error.message : String(error);
  if (json) process.stdout.write(`${JSON.stringify({ error: message, kind: usersMistake ? 'users-mistake' : 'defect' })}\n`);
  else if (usersMistake) process.stderr.write(`\n${message}\n`);
  else {
    const stack = error instanceof Error ? (error.stack ?? message) : message;
    process.stderr.write(`\nThis is a defect of first-comment. Please report it with what follows.\n${stack}\n`);
  }
  return usersMistake ? EXIT.usersMistake : EXIT.defect;
}
