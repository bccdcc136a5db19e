import type { Sweeping } from '../sweeping.ts';
import type { Db } from './connect.ts';
import { closeLooks, lastVisible, postponeLook, takeLooks } from './looks-due.ts';
import { noteLost, takeUnseenRuns } from './lost-runs.ts';
import { planMissingLooks } from './missing-looks.ts';
import { postponeOrphan, takeOrphans } from './orphans.ts';
import { recordProbe, takeProbe, tokenWorked } from './probes.ts';
import { recordedOn } from './publications.ts';
import { claimOn, decideRemovals, takeForRepair } from './repairs.ts';
import { dueForSweep, recordSweep } from './sweeps.ts';
import { claimWaiters, credentialWaiters, pausedWaiters, takeWaiters } from './wakeable.ts';

/** The ledger's part for sweeps and repair. */
export function sweepingMethods(db: Db): Sweeping {
  return {
    dueForSweep: (scope) => dueForSweep(db, scope),
    recordSweep: (account, said) => recordSweep(db, account, said),
    planMissingLooks: (account, dueInMs, afterMs) => planMissingLooks(db, account, dueInMs, afterMs),
    takeLooks: (account, limit, leaseMs) => takeLooks(db, account, limit, leaseMs),
    postponeLook: (look, pauseMs, says, tried) => postponeLook(db, look, pauseMs, says, tried),
    closeLooks: (surface, commentId, says) => closeLooks(db, surface, commentId, says),
    lastVisible: (surface, commentId) => lastVisible(db, surface, commentId),
    takeOrphans: (scope, limit, leaseMs) => takeOrphans(db, scope, limit, leaseMs),
    postponeOrphan: (attemptId, pauseMs) => postponeOrphan(db, attemptId, pauseMs),
    recordedOn: (surface) => recordedOn(db, surface),
    claimOn: (surface) => claimOn(db, surface),
    takeForRepair: (request) => takeForRepair(db, request),
    decideRemovals: (removals) => decideRemovals(db, removals),
    pausedWaiters: (scope, limit) => pausedWaiters(db, scope, limit),
    claimWaiters: (scope, limit) => claimWaiters(db, scope, limit),
    credentialWaiters: (scope, limit) => credentialWaiters(db, scope, limit),
    takeWaiters: (scope, waiters) => takeWaiters(db, scope, waiters),
    takeProbe: (account, pauses) => takeProbe(db, account, pauses),
    tokenWorked: (account) => tokenWorked(db, account),
    recordProbe: (account, answer) => recordProbe(db, account, answer),
    takeUnseenRuns: (scope, limit) => takeUnseenRuns(db, scope, limit),
    noteLost: (run, says) => noteLost(db, run, says),
  };
}
