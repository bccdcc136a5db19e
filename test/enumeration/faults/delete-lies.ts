import { PLATFORM_ERROR_KINDS, PlatformError, type PlatformErrorKind } from '../../../platforms/platform.ts';
import type { Call, Fault } from '../driver/boundary.ts';
import type { FaultKind } from './fault-kind.ts';

/** The ledger counts it by the database's clock, so it is waited out. */
const SHUT_FOR_MS = 200;

const NO_FOR_GOOD: readonly PlatformErrorKind[] = ['permission', 'not-found', 'invalid', 'policy'];

const isDelete = ({ target, method }: Call) => target === 'platform' && method === 'deleteComment';

function error(kind: PlatformErrorKind): PlatformError {
  const retryAfterMs = kind === 'throttled' ? SHUT_FOR_MS : null;
  return new PlatformError({ kind, platform: 'meta', message: `the platform said ${kind}`, retryAfterMs });
}

function lie(name: string, fault: Omit<Fault, 'name'>, mayStand = false): FaultKind {
  return { name, fits: isDelete, make: () => ({ name, ...fault }), mayStand: () => mayStand };
}

/** How a platform may answer a delete, whatever it did. */
export const DELETE_LIES: readonly FaultKind[] = [
  ...PLATFORM_ERROR_KINDS.map((kind) => lie(`delete fails: ${kind}`, { before: () => error(kind) }, NO_FOR_GOOD.includes(kind))),
  lie('deletes, no answer', { after: () => error('unknown-outcome') }),
  lie('says deleted, does not delete', { instead: async () => undefined }),
];
