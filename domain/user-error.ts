/**
 * A mistake that the reader of the message can mend: bad input, a missing variable, a busy port. Shown without a stack;
 * the command line exits with 2. The message says what failed, why, and what to do.
 */
export class UserError extends Error {
  override readonly name: string = 'UserError';
}
