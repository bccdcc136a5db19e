import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';
import { TypedSearchAttributes } from '@temporalio/common';
import { msToTs } from '@temporalio/common/lib/time.js';
import type { Workflow } from '@temporalio/worker/lib/workflow/interface.js';
import { ReusableVMWorkflowCreator } from '@temporalio/worker/lib/workflow/reusable-vm.js';
import { globalHandlers } from '@temporalio/worker/lib/workflow/vm-shared.js';
import { callers } from './callers.ts';

export type Activation = Parameters<Workflow['activate']>[0];
export type Job = NonNullable<Activation['jobs']>[number];
export type Completion = Awaited<ReturnType<Workflow['activate']>>;
export type Command = NonNullable<NonNullable<Completion['successful']>['commands']>[number];

export interface ExecutionId {
  readonly workflowId: string;
  readonly runId: string;
  /** Name of the workflow in the bundle. */
  readonly type: string;
}

/** None: the VM would start a thread for every call into it. Who watches the cells sees one that comes to no end. */
const NO_TIMEOUT = undefined as unknown as number;
const TASK_TIMEOUT_MS = 10_000;
const BUNDLE = 'workflow-bundle.js';
/** The ledger's steps wait there for each other, so that the stack ends there. */
const POLICIES = 'workflows/policies.ts';

interface Scheduling {
  readonly seq: number;
  readonly activityType: string;
  readonly options?: { readonly summary?: string };
}

/** Where in workflows/ a step of the ledger is asked for, by its name and summary. */
export type PlaceOfStep = (name: string, summary: string) => string | null;

/** Where in workflows/ an activity is asked for, `workflows/publish-surface.ts:33`, by its number in the workflow. */
export type AskedAt = (seq: number, site: string) => void;

/** Runs the real workflow bundle in the SDK's own workflow VM, without a server. */
export class WorkflowVms {
  private readonly creator: ReusableVMWorkflowCreator;
  private readonly sourceMap: SourceMap;
  private readonly placeOfStep: PlaceOfStep;

  private constructor(creator: ReusableVMWorkflowCreator, sourceMap: SourceMap, placeOfStep: PlaceOfStep) {
    this.creator = creator;
    this.sourceMap = sourceMap;
    this.placeOfStep = placeOfStep;
  }

  static async open(code: string, localActivities: readonly string[], placeOfStep: PlaceOfStep): Promise<WorkflowVms> {
    const map = inlineSourceMap(code);
    const filename = fileURLToPath(new URL(BUNDLE, import.meta.url));
    const bundle = { code, sourceMap: map, filename } as unknown as Parameters<typeof ReusableVMWorkflowCreator.create>[0];
    const creator = await ReusableVMWorkflowCreator.create(bundle, NO_TIMEOUT, new Set(localActivities));
    // They look at every promise of the process, for the sake of a query that nobody asks here.
    globalHandlers.uninstall();
    return new WorkflowVms(creator, new SourceMap(map), placeOfStep);
  }

  /** A workflow as a worker makes it that has never seen the execution. The first activation begins it. */
  async create({ workflowId, runId, type }: ExecutionId, startedAt: number, askedAt: AskedAt): Promise<Workflow> {
    const workflow = await this.creator.createWorkflow({
      info: {
        workflowId,
        runId,
        workflowType: type,
        searchAttributes: {},
        typedSearchAttributes: new TypedSearchAttributes(),
        taskQueue: 'workflows',
        namespace: 'default',
        firstExecutionRunId: runId,
        originalExecutionRunId: runId,
        startTime: new Date(startedAt),
        runStartTime: new Date(startedAt),
        taskTimeoutMs: TASK_TIMEOUT_MS,
        attempt: 1,
        historyLength: 1,
        historySize: 0,
        continueAsNewSuggested: false,
        targetWorkerDeploymentVersionChanged: false,
        unsafe: { now: Date.now, isReplaying: false, isReplayingHistoryEvents: false, random: noRandom() },
      },
      randomnessSeed: seedOf(runId),
      now: startedAt,
      showStackTraceSources: false,
    });
    this.watch(workflow, askedAt);
    return workflow;
  }

  close(): Promise<void> {
    return this.creator.destroy();
  }

  /** The SDK's own interceptors: each activity is seen as it is asked for, with the stack of who asks. */
  private watch(workflow: Workflow, askedAt: AskedAt): void {
    const { activator } = workflow as unknown as { activator: { interceptors: { outbound: unknown[] } } };
    const note = (input: Scheduling, next: (input: unknown) => unknown) => {
      const site = this.siteOf() ?? this.placeOfStep(input.activityType, input.options?.summary ?? '');
      if (site) askedAt(input.seq, site);
      return next(input);
    };
    activator.interceptors.outbound.push({ scheduleActivity: note, scheduleLocalActivity: note });
  }

  private siteOf(): string | null {
    for (const { file, line, column } of callers()) {
      if (!file.endsWith(BUNDLE)) continue;
      const entry = this.sourceMap.findEntry(line - 1, column - 1);
      const path =
        'originalSource' in entry && !entry.originalSource.endsWith(POLICIES)
          ? /\bworkflows\/(?:[\w-]+\/)*[\w-]+\.ts$/.exec(entry.originalSource)
          : null;
      if (path && 'originalLine' in entry) return `${path[0]}:${entry.originalLine + 1}`;
    }
    return null;
  }
}

/** `long`: the history has grown so long that the server would have the run go on in another execution. */
export function activationOf(
  runId: string,
  at: number,
  jobs: readonly Job[],
  { isReplaying, long }: { readonly isReplaying: boolean; readonly long: boolean },
): Activation {
  return { runId, timestamp: msToTs(at), isReplaying, historyLength: 1, continueAsNewSuggested: long, jobs: [...jobs] };
}

function inlineSourceMap(code: string): ConstructorParameters<typeof SourceMap>[0] {
  const at = code.lastIndexOf('base64,', code.length);
  if (at < 0) throw new Error('The workflow bundle holds no source map, so no call can be told by its place.');
  return JSON.parse(Buffer.from(code.slice(at + 'base64,'.length).trimEnd(), 'base64').toString());
}

/** The server draws a seed for each execution. Here it follows from which of the cell's it is, so that a cell is always the same. */
function seedOf(runId: string): number[] {
  return [...Buffer.from((/^run-\d+/.exec(runId)?.[0] ?? '').padEnd(8))];
}

function noRandom() {
  const never = () => {
    throw new Error('the VM sets its own source of randomness before any workflow code runs');
  };
  return { random: never, uuid4: never, fillRandom: never };
}
