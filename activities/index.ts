import { baseline } from './baseline.ts';
import { beating } from './beating.ts';
import type { LedgerActivities, ReadActivities, WriteActivities } from './contract.ts';
import type { Dependencies } from './dependencies.ts';
import { gatherFacts } from './gather.ts';
import { judgeFacts } from './judge.ts';
import { tellingBehind } from './ledger-behind.ts';
import { look } from './look.ts';
import { publish } from './publish.ts';
import { removeComment } from './remove-comment.ts';
import { repair } from './repair.ts';
import { awaitSurface, resolve } from './resolve.ts';
import { carryOrders } from './retract/carry-orders.ts';
import { endOrder, listOrder, openOrder } from './retract/order.ts';
import { settleUnderOrder } from './retract/settle-under-order.ts';
import { withdrawComment } from './retract/withdraw-comment.ts';
import { claim, claimToEdit, closeRun, confirm, giveBack, openRun, park } from './runs.ts';
import { settle } from './settle.ts';
import { survey, surveyBeside } from './survey.ts';
import { beginSweep, endSweep } from './sweep/begin.ts';
import { sweepLooks } from './sweep/looks.ts';
import { sweepOrphans } from './sweep/orphans.ts';
import { sweepWaiting } from './sweep/waiting.ts';
import { verify } from './verify.ts';

/** Steps on the ledger, for the workflow worker. */
export function createLedgerActivities(dependencies: Dependencies): LedgerActivities {
  const { ledger } = dependencies;
  return tellingBehind({
    openRun: (input) => openRun(dependencies, input),
    judgeFacts: (input) => judgeFacts(dependencies, input),
    release: ({ run, surfaceId, releaseDigest, by, why }) =>
      ledger.recordRelease({ workflowId: run.workflowId, surfaceId, releaseDigest, by, why }),
    reject: ({ run, by, why }) => ledger.recordRejection(run, by, why),
    claim: (input) => claim(dependencies, input),
    claimToEdit: (input) => claimToEdit(dependencies, input),
    giveBack: (input) => giveBack(dependencies, input),
    confirm: (input) => confirm(dependencies, input),
    closeGate: async ({ run, by }) => {
      await ledger.closeGateFor(run, by);
    },
    park: (waiting) => park(dependencies, waiting),
    unpark: (run, what) => ledger.unpark(run, what),
    closeRun: (input) => closeRun(dependencies, input),
    beginSweep: (input) => beginSweep(dependencies, input),
    endSweep: (input) => endSweep(dependencies, input),
    openOrder: (input) => openOrder(dependencies, input),
    listOrder: (input) => listOrder(dependencies, input),
    endOrder: (orderId) => endOrder(dependencies, orderId),
  });
}

/** Steps that read from a platform, for its read queue. A survey's heartbeats are its progress, page by page. */
export function createReadActivities(dependencies: Dependencies): ReadActivities {
  return tellingBehind({
    survey: () => survey(dependencies),
    surveyBeside: () => surveyBeside(dependencies),
    ...beating<Omit<ReadActivities, 'survey' | 'surveyBeside'>>({
      resolve: (input) => resolve(dependencies, input),
      awaitSurface: (input) => awaitSurface(dependencies, input),
      gatherFacts: (input) => gatherFacts(dependencies, input),
      look: (input) => look(dependencies, input),
      settle: (input) => settle(dependencies, input),
      settleUnderOrder: (input) => settleUnderOrder(dependencies, input),
      verify: (input) => verify(dependencies, input),
      baseline: (input) => baseline(dependencies, input),
      sweepLooks: (input) => sweepLooks(dependencies, input),
      sweepOrphans: (input) => sweepOrphans(dependencies, input),
      sweepWaiting: (input) => sweepWaiting(dependencies, input),
    }),
  });
}

/** Steps that change something on a platform, for its write queue. */
export function createWriteActivities(dependencies: Dependencies): WriteActivities {
  return tellingBehind({
    publish: (input) => publish(dependencies, input),
    removeComment: (input) => removeComment(dependencies, input),
    repair: (input) => repair(dependencies, input),
    withdrawComment: (removal) => withdrawComment(dependencies, removal),
    carryOrders: (account) => carryOrders(dependencies, account),
  });
}
