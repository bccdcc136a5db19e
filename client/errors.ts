import { UserError } from '../domain/user-error.ts';

/** A request about a run that the caller can mend: no such run, nothing to approve, Temporal out of reach or not set up. */
export class ClientError extends UserError {
  override readonly name = 'ClientError';
  readonly kind: 'no-such-run' | 'refused' | 'unreachable' | 'not-set-up';

  constructor(kind: ClientError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}
