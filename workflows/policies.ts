import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { LedgerActivities, ReadActivities, WriteActivities } from '../activities/contract.ts';
import { FAILURE } from '../activities/failure-contract.ts';
import type { Platform } from '../domain/ad.ts';
import { readQueue, writeQueue } from '../domain/task-queues.ts';
import type { Timing } from '../domain/timing.ts';

// One proxy per risk, not one for all: what may be repeated freely, and what must never be. Each call says in its
// summary what it is about, for whoever reads the history.

/** Settles with the ledger's step that was asked for last. */
let lastStep: Promise<unknown> = Promise.resolve();

/**
 * Steps on the ledger: idempotent, milliseconds, repeated until the database answers. One after the other within a run: local
 * activities that end one by one while a run is carried may come back together when it is replayed, and two surfaces would
 * then go on in another order than the history tells.
 */
export function ledger(summary: string): LedgerActivities {
  const steps = proxyLocalActivities<LedgerActivities>({
    startToCloseTimeout: '8s',
    retry: { initialInterval: '250ms', backoffCoefficient: 2, maximumInterval: '15s' },
    summary,
  });
  return new Proxy(steps, {
    get(target, name) {
      const step = Reflect.get(target, name) as (...given: unknown[]) => Promise<unknown>;
      return (...given: unknown[]) => {
        const answer = lastStep.then(() => step(...given));
        lastStep = answer.catch(() => undefined);
        return answer;
      };
    },
  });
}

const KNOWN_REFUSALS = [FAILURE.throttled, FAILURE.credentials, FAILURE.refused];

/** After so long without a heartbeat a worker counts as dead, and another one takes the step up. */
const HEARTBEAT = '20s';

const UNTIL_IT_ANSWERS = {
  initialInterval: '1s',
  backoffCoefficient: 2,
  maximumInterval: '1 minute',
  nonRetryableErrorTypes: KNOWN_REFUSALS,
} as const;

/** Reads: repeated with backoff; a throttle, a dead token and a refusal come back to the workflow, which parks or ends. */
export function reads(platform: Platform, summary: string): ReadActivities {
  return proxyActivities<ReadActivities>({
    taskQueue: readQueue(platform),
    summary,
    startToCloseTimeout: '1 minute',
    heartbeatTimeout: HEARTBEAT,
    retry: UNTIL_IT_ANSWERS,
  });
}

/**
 * The look through a whole thread, after a takeover or a restore: hundreds of pages, one after the other.
 */
export function wholeLook(platform: Platform, summary: string): Pick<ReadActivities, 'look'> {
  return proxyActivities<ReadActivities>({
    taskQueue: readQueue(platform),
    summary,
    startToCloseTimeout: '20 minutes',
    heartbeatTimeout: HEARTBEAT,
    retry: UNTIL_IT_ANSWERS,
  });
}

/** The wait for ids that come later: each look is a retry, so that a day of looking leaves no history behind. */
export function surfaceWait(platform: Platform, timing: Timing, summary: string): Pick<ReadActivities, 'awaitSurface'> {
  return proxyActivities<ReadActivities>({
    taskQueue: readQueue(platform),
    summary,
    startToCloseTimeout: '1 minute',
    heartbeatTimeout: HEARTBEAT,
    scheduleToCloseTimeout: timing.awaitingSurfaceMs,
    retry: { initialInterval: '5s', maximumInterval: '5 minutes', nonRetryableErrorTypes: KNOWN_REFUSALS },
  });
}

/**
 * A survey lists whole accounts, with a heartbeat for each page; who finds another worker at it waits by retries. Its time is
 * bounded, so that a person learns of one that comes to no end; what was listed until then stays.
 */
export function surveying(platform: Platform, timing: Timing, summary: string): Pick<ReadActivities, 'survey'> {
  return proxyActivities<ReadActivities>({
    taskQueue: readQueue(platform),
    summary,
    scheduleToCloseTimeout: timing.surveyPatienceMs,
    heartbeatTimeout: '1 minute',
    retry: UNTIL_IT_ANSWERS,
  });
}

/** The listing that nobody waits for: what it does not come to, the next run's does. */
export function besideRuns(platform: Platform, summary: string): Pick<ReadActivities, 'surveyBeside'> {
  return proxyActivities<ReadActivities>({
    taskQueue: readQueue(platform),
    summary,
    startToCloseTimeout: '1 hour',
    heartbeatTimeout: '1 minute',
    retry: { initialInterval: '10s', maximumAttempts: 5, nonRetryableErrorTypes: KNOWN_REFUSALS },
  });
}

/** Settling reads three times, spaced by the list lag, inside one activity; verify polls by its own retries. */
export function settling(
  platform: Platform,
  timing: Timing,
  summary: string,
): Pick<ReadActivities, 'settle' | 'settleUnderOrder'> {
  return proxyActivities<ReadActivities>({
    taskQueue: readQueue(platform),
    summary,
    startToCloseTimeout: 3 * timing.listLagMs + 120_000,
    heartbeatTimeout: HEARTBEAT,
    retry: { ...UNTIL_IT_ANSWERS, initialInterval: '2s' },
  });
}

/**
 * Publish (protocol c): one attempt, no heartbeat – a missed heartbeat would be taken for a failure that it is not –
 * no eager dispatch, a queue of its own. Its timeout is longer than the HTTP deadline inside it.
 */
export function publishing(platform: Platform, timing: Timing, summary: string): Pick<WriteActivities, 'publish'> {
  return proxyActivities<WriteActivities>({
    taskQueue: writeQueue(platform),
    summary,
    startToCloseTimeout: timing.publishTimeoutMs,
    retry: { maximumAttempts: 1 },
    allowEagerDispatch: false,
  });
}

/** Removing comments of ours is idempotent: it is repeated, also to read back until they are gone. */
export function removing(platform: Platform, summary: string): Pick<WriteActivities, 'withdrawComment' | 'repair'> {
  return proxyActivities<WriteActivities>({
    taskQueue: writeQueue(platform),
    summary,
    startToCloseTimeout: '1 minute',
    retry: { ...UNTIL_IT_ANSWERS, initialInterval: '2s' },
    allowEagerDispatch: false,
  });
}

/**
 * Steps of a sweep: tried a few times within minutes. What they do not come to, the next sweep does; so one whose workers are
 * gone ends, and keeps no later one from beginning. What a dead worker had leased waits for the lease's end, and nothing else does.
 */
const SWEEPING = {
  startToCloseTimeout: '5 minutes',
  scheduleToCloseTimeout: '8 minutes',
  retry: { initialInterval: '2s', backoffCoefficient: 2, maximumAttempts: 5, nonRetryableErrorTypes: KNOWN_REFUSALS },
} as const;

export function sweeping(platform: Platform, summary: string): ReadActivities {
  return proxyActivities<ReadActivities>({ ...SWEEPING, heartbeatTimeout: HEARTBEAT, taskQueue: readQueue(platform), summary });
}

/** Longer than the window within which a removal is read back: past that window the step itself says what it came to. */
export function sweepRepair(platform: Platform, verifyWindowMs: number, summary: string): Pick<WriteActivities, 'repair'> {
  return proxyActivities<WriteActivities>({
    taskQueue: writeQueue(platform),
    summary,
    startToCloseTimeout: SWEEPING.startToCloseTimeout,
    scheduleToCloseTimeout: verifyWindowMs + 8 * 60_000,
    retry: { ...UNTIL_IT_ANSWERS, initialInterval: '2s' },
    allowEagerDispatch: false,
  });
}

export function sweepRemovals(platform: Platform, summary: string): Pick<WriteActivities, 'carryOrders'> {
  return proxyActivities<WriteActivities>({ ...SWEEPING, taskQueue: writeQueue(platform), summary, allowEagerDispatch: false });
}
