import { StoreError } from '../errors.ts';

const NODE_NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EPIPE',
]);
/** Messages of pg for a connection that broke without a code of its own. */
const LOST_CONNECTION = /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/;

/** Turns a driver's error into one that says what to do; anything else is passed through as the defect it is. */
export function translateError(error: unknown, database: string): unknown {
  if (!(error instanceof Error) || error instanceof StoreError) return error;
  const code = codeOf(error);
  if (isUnreachable(code, error.message)) {
    return new StoreError(
      'unreachable',
      `The database ${database} cannot be reached (${code ?? error.message}). Start it, or correct DATABASE_URL.`,
      error,
    );
  }
  switch (code) {
    case '28000':
    case '28P01':
      return new StoreError(
        'unreachable',
        `The database ${database} refuses the user or the password. Correct DATABASE_URL.`,
        error,
      );
    case '3D000':
      return new StoreError(
        'unreachable',
        `The server of ${database} has no such database. Create it with createdb, or correct DATABASE_URL.`,
        error,
      );
    case '53100':
      return new StoreError(
        'full',
        `The disk of the database ${database} is full, so nothing can be kept and nothing is published. Free space there; the runs go on by themselves.`,
        error,
      );
    case '42P01':
    case '42703':
      return new StoreError(
        'not-migrated',
        `The ledger in ${database} is missing or older than this program. Run \`first-comment setup\`.`,
        error,
      );
    case '22P02':
      return new StoreError('invalid', `${error.message}. Give an id as \`first-comment explain\` prints it.`, error);
    default:
      return error;
  }
}

/** A row that ours refers to is not there: after a restore of the database that means that the ledger is behind. */
export function isMissingReference(error: unknown): boolean {
  return error instanceof Error && codeOf(error) === '23503';
}

function isUnreachable(code: string | null, message: string): boolean {
  if (code === null) return LOST_CONNECTION.test(message);
  // Class 08: connection exceptions; 57P01 to 57P03: the server is stopping, has crashed or is starting.
  return NODE_NETWORK_CODES.has(code) || code.startsWith('08') || /^57P0[123]$/.test(code);
}

function codeOf(error: Error): string | null {
  return 'code' in error && typeof error.code === 'string' ? error.code : null;
}
