import type { WorkflowStartOptions } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { parseAd } from '../domain/ad.ts';
import { type OrderCriteria, tellCriteria } from '../domain/order-criteria.ts';
import type { Served } from '../domain/served.ts';
import { WORKFLOW_QUEUE } from '../domain/task-queues.ts';
import type { retract } from '../workflows/retract.ts';
import type { Subject } from './explained.ts';

/** Before everything else: what must go is worse than what is not there yet. */
const PRIORITY = 1;

export function retractIdOf(orderId: string): string {
  return `first-comment-retract/${orderId}`;
}

export function retractOf(orderId: string): Subject {
  return {
    words: `the retract of order ${orderId}`,
    whenUnknown: `Temporal knows no retract of order ${orderId}. Start it with "first-comment retract --order ${orderId}".`,
  };
}

/** How a retract is started, and what people see of it in the Temporal UI. */
export function retractOptions(
  orderId: string,
  criteria: OrderCriteria,
  startedFor: Served | null,
): WorkflowStartOptions<typeof retract> {
  const ad = criteria.ad === undefined ? null : parseAd(criteria.ad);
  const keywords = {
    FcMarket: criteria.marketId,
    FcAccount: criteria.accountId ?? (ad?.ok ? ad.ad.accountId : undefined),
    FcAd: ad?.ok ? ad.ad.adId : undefined,
  };
  return {
    workflowId: retractIdOf(orderId),
    taskQueue: WORKFLOW_QUEUE,
    args: [{ orderId, ...(startedFor ? { startedFor } : {}) }],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    priority: { priorityKey: PRIORITY, fairnessKey: 'retract' },
    typedSearchAttributes: Object.entries(keywords).flatMap(([name, value]) =>
      value === undefined ? [] : [{ key: defineSearchAttributeKey(name, 'KEYWORD'), value }],
    ),
    staticSummary: `retract · ${tellCriteria(criteria)}`,
    staticDetails: [
      `Withdraws first comments (${tellCriteria(criteria)}): what is open settles, each comment is deleted and read back until it is gone.`,
      `The current details tell how far it is. The comments, one by one: \`first-comment retract --order ${orderId}\``,
    ].join(' '),
  };
}
