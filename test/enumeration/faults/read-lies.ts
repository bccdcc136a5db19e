import type { ThreadReading } from '../../../domain/facts.ts';
import type { Outcome } from '../../../domain/outcome.ts';
import { type CommentReading, PLATFORM_ERROR_KINDS, PlatformError, type PlatformErrorKind } from '../../../platforms/platform.ts';
import type { Call } from '../driver/boundary.ts';
import type { FaultKind } from './fault-kind.ts';

/** The ledger counts it by the database's clock, so it is waited out. */
const SHUT_FOR_MS = 200;

const NO_FOR_GOOD: readonly PlatformErrorKind[] = ['permission', 'not-found', 'invalid', 'policy'];

/** Where a no for good to a step's read may lead; the other steps go on without it. */
const AFTER_A_NO: Readonly<Record<string, readonly Outcome[]>> = {
  resolve: ['refused', 'not-commentable'],
  awaitSurface: ['refused', 'not-commentable'],
  gatherFacts: ['refused', 'not-commentable'],
  look: ['refused'],
  settle: ['unconfirmed'],
  verify: ['unconfirmed'],
  repair: ['unconfirmed'],
};

const WRITES = ['publish', 'deleteComment'];
const isRead = ({ target, method }: Call) => target === 'platform' && !WRITES.includes(method);

/** Steps that settle an attempt: of a run, of a sweep, of a retract. */
const SETTLING = ['settle', 'sweepOrphans', 'settleUnderOrder'];

/** Steps that leave a comment to a person when a read of theirs is refused for good. A sweep's next one tries again. */
const LEAVING = ['repair', 'withdrawComment', 'carryOrders', 'settleUnderOrder'];

function fails(kind: PlatformErrorKind): FaultKind {
  const name = `read fails: ${kind}`;
  const retryAfterMs = kind === 'throttled' ? SHUT_FOR_MS : null;
  const error = () => new PlatformError({ kind, platform: 'meta', message: `the platform said ${kind}`, retryAfterMs });
  return {
    name,
    fits: isRead,
    once: () => true,
    make: () => ({ name, before: error }),
    mayEnd: ({ activity }) => (NO_FOR_GOOD.includes(kind) ? (AFTER_A_NO[activity] ?? []) : []),
    mayStand: ({ activity }) => NO_FOR_GOOD.includes(kind) && LEAVING.includes(activity),
  };
}

/** One answer that is not what the platform would say the next time. */
function answers(
  name: string,
  method: string,
  changed: (answer: unknown) => unknown,
  mayEnd: Readonly<Record<string, readonly Outcome[]>> = {},
  fits: (call: Call) => boolean = () => true,
  mayStand: readonly string[] = [],
): FaultKind {
  return {
    name,
    fits: (call) => call.target === 'platform' && call.method === method && fits(call),
    make: () => ({ name, instead: async (act) => changed(await act()) }),
    mayEnd: ({ activity }) => mayEnd[activity] ?? [],
    mayStand: ({ activity }) => mayStand.includes(activity),
  };
}

const comment = (change: Partial<Extract<CommentReading, { kind: 'there' }>>) => (answer: unknown) => ({
  ...(answer as CommentReading),
  ...change,
});

/** How a platform may answer a read. */
export const READ_LIES: readonly FaultKind[] = [
  ...PLATFORM_ERROR_KINDS.filter((kind) => kind !== 'unknown-outcome').map(fails),
  // Said of an ad whose ids were there already, it ends the surface: nothing is written on what is not there now.
  answers('later', 'resolveAd', (answer) => ({ ...(answer as object), kind: 'later', why: 'it is still in process' }), {
    resolve: ['not-commentable'],
  }),
  answers('no such ad', 'resolveAd', () => ({ kind: 'not-found', why: 'there is no such ad' }), {
    resolve: ['not-commentable'],
    awaitSurface: ['not-commentable'],
  }),
  answers(
    'a list with a gap',
    'readThread',
    (answer): ThreadReading => ({ ...(answer as ThreadReading), own: [], complete: false }),
    { gatherFacts: ['blocked', 'covered-by-brand'], settle: ['unconfirmed'] },
    () => true,
    ['settleUnderOrder', 'sweepLooks'],
  ),
  // Of the three readings that prove absence, one may come too early. A list of a moment ago is no such case.
  answers(
    'a list without it',
    'readThread',
    (answer): ThreadReading => ({ ...(answer as ThreadReading), own: [] }),
    {},
    ({ activity }) => SETTLING.includes(activity),
  ),
  // A second comment of ours that is said to be gone is left to the next look; in a cell all looks are due at once.
  answers(
    'cannot be read',
    'readComment',
    (): CommentReading => ({ kind: 'gone' }),
    {},
    () => true,
    ['repair'],
  ),
  answers('does not say whether hidden', 'readComment', comment({ hidden: null })),
  answers('says hidden', 'readComment', comment({ hidden: true }), { verify: ['hidden'] }),
  answers('not listed', 'readComment', comment({ listed: null })),
  // What somebody else seems to have written is never removed: it is left to a person, who is told.
  answers(
    'says another author',
    'readComment',
    comment({ authorId: 'somebody' }),
    { verify: ['unconfirmed'] },
    () => true,
    LEAVING,
  ),
];

/** What the Temporal server may say wrongly of another run. */
export const RUN_LIES: readonly FaultKind[] = [
  {
    name: 'says it is gone',
    fits: ({ target, method }) => target === 'runs' && method === 'isOpen',
    make: () => ({ name: 'says it is gone', instead: async () => false }),
  },
  {
    name: 'says it still runs',
    fits: ({ target, method }) => target === 'runs' && method === 'isOpen',
    make: () => ({ name: 'says it still runs', instead: async () => true }),
  },
  {
    name: 'wakes nobody',
    fits: ({ target, method }) => target === 'runs' && method === 'wakeAll',
    make: () => ({ name: 'wakes nobody', instead: async (_, [workflowIds]) => workflowIds }),
  },
];
