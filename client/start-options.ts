import type { WorkflowStartOptions } from '@temporalio/client';
import { defineSearchAttributeKey, type TypedSearchAttributes } from '@temporalio/common';
import { type AdRef, formatAd, workflowIdOf } from '../domain/ad.ts';
import type { RunMode } from '../domain/facts.ts';
import type { Served } from '../domain/served.ts';
import { WORKFLOW_QUEUE } from '../domain/task-queues.ts';
import type { firstComment } from '../workflows/first-comment.ts';

/** 1 is served first: new ads go before the backfill of old ones. */
const PRIORITY: Readonly<Record<RunMode, number>> = { pipeline: 2, backfill: 4 };

const BACKFILL = defineSearchAttributeKey('FcBackfill', 'KEYWORD');

/** How a run is started, everywhere alike: its id, its queue, and what people see of it in the Temporal UI. */
export function startOptions(ad: AdRef, mode: RunMode, startedFor: Served | null): WorkflowStartOptions<typeof firstComment> {
  const keyword = (name: string, value: string) => ({ key: defineSearchAttributeKey(name, 'KEYWORD'), value });
  return {
    workflowId: workflowIdOf(ad),
    taskQueue: WORKFLOW_QUEUE,
    args: [{ ad, mode, ...(startedFor ? { startedFor } : {}) }],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    priority: { priorityKey: PRIORITY[mode], fairnessKey: `${ad.platform}/${ad.accountId}` },
    typedSearchAttributes: [
      keyword('FcPlatform', ad.platform),
      keyword('FcAccount', ad.accountId),
      keyword('FcAd', ad.adId),
      keyword('FcStage', 'resolve'),
      { key: BACKFILL, value: mode === 'backfill' ? 'yes' : 'no' },
    ],
    staticSummary: `first comment · ${ad.platform} · ${ad.accountId} · ad ${ad.adId}`,
    staticDetails: [
      // One paragraph: the UI cuts its box off below the first ones.
      `The brand's first comment under the ad \`${formatAd(ad)}\`: resolve → validate → publish → verify → baseline.`,
      'The current details tell how it stands. A guardrail’s no is a completed run; a failed run is a defect.',
      `The whole story, also later: \`first-comment explain ${formatAd(ad)}\``,
    ].join(' '),
  };
}

/** The mode that an execution was started in, read off what `startOptions` wrote on it. */
export function modeOf(attributes: TypedSearchAttributes): RunMode {
  return attributes.get(BACKFILL) === 'yes' ? 'backfill' : 'pipeline';
}
