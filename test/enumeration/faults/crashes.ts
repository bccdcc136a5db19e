import { StoreError } from '../../../store/errors.ts';
import { CELL_TIMING, SETTLES_MS } from '../cell-timing.ts';
import type { Call } from '../driver/boundary.ts';
import type { FaultKind } from './fault-kind.ts';

/** Longer than the server gives any read, and shorter than a run waits by itself. */
const LONGER_THAN_A_STEP_MS = 130_000;
/** While the attempt settles, and before `sendBy`: the request still leaves, and lands within L. */
const SENDS_LATE_MS = 300;
/** While the attempt settles, and after `sendBy`. */
const TOO_LATE_TO_SEND_MS = CELL_TIMING.sendByMs + CELL_TIMING.writeDeadlineMs + CELL_TIMING.lateLandingMs / 2;
/** Between the first and the last reading of settling, which begins when the server has given the activity up. */
const WHILE_SETTLING_READS_MS = CELL_TIMING.publishTimeoutMs + SETTLES_MS + CELL_TIMING.listLagMs + 5;

function stall(name: string, stallsMs: number, fits: (call: Call) => boolean, once = false): FaultKind {
  return { name, fits, once: () => once, make: () => ({ name, stallsMs }) };
}

/** Every other step is done again, as after the death of its worker. */
const outsidePublish = ({ activity }: Call) => activity !== 'publish';
const inPublish = ({ activity, target }: Call) => activity === 'publish' && target !== 'activity';

/** What every call must bear: the worker dies, stalls, or loses its connection, on either side of the call. */
export const CRASHES: readonly FaultKind[] = [
  {
    name: 'worker dies before',
    fits: () => true,
    make: () => ({ name: 'worker dies before', before: 'crash' }),
  },
  {
    name: 'worker dies after',
    fits: ({ target }) => target !== 'activity',
    make: () => ({ name: 'worker dies after', after: 'crash' }),
  },
  {
    name: 'connection lost before',
    fits: ({ target }) => target === 'ledger' || target === 'runs',
    once: outsidePublish,
    make: (_, { target }) => ({ name: 'connection lost before', before: () => lost(target) }),
  },
  {
    name: 'connection lost after',
    fits: ({ target }) => target === 'ledger' || target === 'runs',
    once: outsidePublish,
    make: (_, { target }) => ({ name: 'connection lost after', after: () => lost(target) }),
  },
  stall('stalls, then sends late', SENDS_LATE_MS, inPublish),
  stall('stalls until too late to send', TOO_LATE_TO_SEND_MS, inPublish),
  stall('stalls until settling reads', WHILE_SETTLING_READS_MS, inPublish),
  stall(
    'stalls until given up',
    LONGER_THAN_A_STEP_MS,
    (call) => call.target !== 'activity' && call.activity !== 'publish',
    true,
  ),
];

function lost(target: Call['target']): Error {
  if (target === 'runs') return new Error('The Temporal server cannot be reached.');
  return new StoreError('unreachable', 'The connection to the database was lost.');
}
