import { UserError } from '../domain/user-error.ts';

/** What went wrong with the store, in words that a caller can branch on. */
export const STORE_ERROR_KINDS = [
  /** The database cannot be reached, or the connection was lost in the middle. */
  'unreachable',
  /** The database takes no more rows: its disk is full. */
  'full',
  /** What was given as the database's address is none. */
  'bad-address',
  /** The database holds somebody else's tables. */
  'not-ours',
  /** The database was migrated by a newer version of this program. */
  'newer',
  /** The database has no ledger yet, or an older one. */
  'not-migrated',
  /** The caller names a row that the ledger does not have (protocol k). */
  'ledger-behind',
  /** The caller asked for something that does not hold, such as an id that is none. */
  'invalid',
  /** The embedded Postgres cannot be started, adopted or stopped. */
  'embedded',
] as const;
export type StoreErrorKind = (typeof STORE_ERROR_KINDS)[number];

/** A failure of the store. Its message says what failed, why, and what to do; it never holds a password. */
export class StoreError extends UserError {
  override readonly name = 'StoreError';
  readonly kind: StoreErrorKind;
  /** Of `ledger-behind`: the pause that it tripped, for whoever has to wait until a person lifts it. */
  readonly pauseId: string | null;

  constructor(kind: StoreErrorKind, message: string, cause?: unknown, pauseId: string | null = null) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
    this.pauseId = pauseId;
  }
}
