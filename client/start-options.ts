import type { WorkflowStartOptions } from '@temporalio/client';
import type { TypedSearchAttributes } from '@temporalio/common';
import { type AdRef, workflowIdOf } from '../domain/ad.ts';
import type { RunMode } from '../domain/facts.ts';
import type { Served } from '../domain/served.ts';
import { WORKFLOW_QUEUE } from '../domain/task-queues.ts';
import type { firstComment } from '../workflows/first-comment.ts';
import { BACKFILL, shownAtStart } from '../workflows/shown-at-start.ts';

/** How a run is started, everywhere alike: its id, its queue, and what people see of it in the Temporal UI. */
export function startOptions(ad: AdRef, mode: RunMode, startedFor: Served | null): WorkflowStartOptions<typeof firstComment> {
  return {
    workflowId: workflowIdOf(ad),
    taskQueue: WORKFLOW_QUEUE,
    args: [{ ad, mode, ...(startedFor ? { startedFor } : {}) }],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    ...shownAtStart(ad, mode),
  };
}

/** The mode that an execution was started in, read off what `startOptions` wrote on it. */
export function modeOf(attributes: TypedSearchAttributes): RunMode {
  return attributes.get(BACKFILL) === 'yes' ? 'backfill' : 'pipeline';
}
