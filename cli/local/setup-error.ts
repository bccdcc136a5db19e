import { UserError } from '../../domain/user-error.ts';

/** Something on this machine keeps a local service from starting, and the user can mend it. */
export class LocalSetupError extends UserError {
  readonly mends: readonly string[];

  /** @param what what failed and why, one or two sentences; @param mends what to do instead, one line each */
  constructor(what: string, mends: readonly string[], options?: { readonly cause?: unknown }) {
    super([what, ...mends.map((mend) => `  – ${mend}`)].join('\n'), options);
    this.mends = mends;
  }
}
