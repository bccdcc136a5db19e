import type { WorkflowExecutionDescription } from '@temporalio/client';
import { FirstCommentClient } from '../../client/index.ts';
import { type AdRef, workflowIdOf } from '../../domain/ad.ts';
import { cpuSeconds } from '../cpu-time.ts';
import { BARE_QUEUE } from '../no-op.ts';
import type { bareRun } from '../workflows.ts';
import { newAds } from '../world.ts';
import { COUNTED, type Counted, type Stack } from './stack.ts';

/** What takes turns: the bare workflow, and runs of ads with one and with two surfaces. */
export const KINDS = ['bare', 'one', 'two'] as const;
export type Kind = (typeof KINDS)[number];

export interface BatchSize {
  readonly batch: number;
  readonly inFlight: number;
}

/** One run that is started and waited for; answers how it ended. */
interface Job {
  readonly workflowId: string;
  run(): Promise<string>;
}

export interface BatchResult {
  readonly kind: Kind;
  readonly runsPerSecond: number;
  /** Highest of the batch. */
  readonly events: number;
  /** Mean of the batch. */
  readonly bytes: number;
  /** CPU seconds for 1,000 runs; `null` where the system does not tell. */
  readonly cpu: Readonly<Record<Counted, number | null>>;
  /** How many runs ended otherwise than they should, by how they ended. */
  readonly unexpected: Readonly<Record<string, number>>;
  /** The workflow id of the run with the most events. */
  readonly longest: string;
}

const DESCRIBE_AT_ONCE = 20;

/** Carries one batch in a closed loop: as one run ends, the next starts. Events and bytes are asked for when the clock has stopped. */
export async function carryBatch(stack: Stack, kind: Kind, firstNumber: number, size: BatchSize): Promise<BatchResult> {
  const jobs = kind === 'bare' ? bareJobs(stack, firstNumber, size.batch) : await adJobs(stack, kind, firstNumber, size.batch);
  const before = readCpu(stack);
  const ends: { readonly at: number; readonly how: string }[] = [];
  await inLanes(jobs, size.inFlight, async (job) => {
    const how = await job.run();
    ends.push({ at: performance.now(), how });
  });
  const after = readCpu(stack);
  const described = await describeAll(
    stack,
    jobs.map((job) => job.workflowId),
  );
  const longest = described.toSorted((a, b) => b.historyLength - a.historyLength)[0];
  return {
    kind,
    runsPerSecond: steadyRate(
      ends.map(({ at }) => at),
      size.inFlight,
    ),
    events: longest?.historyLength ?? 0,
    bytes: Math.round(described.reduce((sum, each) => sum + sizeOf(each), 0) / described.length),
    cpu: perThousand(before, after, size.batch),
    unexpected: countUnexpected(
      ends.map(({ how }) => how),
      kind === 'bare' ? 'done' : 'visible',
    ),
    longest: longest?.workflowId ?? '',
  };
}

/**
 * Ends per second while the load was steady: from the end of the first `inFlight` runs to the moment when the last one was
 * started. What precedes is the start of everybody at once, what follows is an emptying system that waits for verify's delay.
 */
export function steadyRate(endsAt: readonly number[], inFlight: number): number {
  const sorted = [...endsAt].sort((a, b) => a - b);
  const [from, to] = [inFlight - 1, sorted.length - 1 - inFlight];
  const [began, ended] = [sorted[from], sorted[to]];
  if (began === undefined || ended === undefined || to <= from) {
    throw new Error(`a batch of ${sorted.length} is too small for ${inFlight} in flight; it needs more than twice as many`);
  }
  return ((to - from) / (ended - began)) * 1_000;
}

function bareJobs({ temporal: { client } }: Stack, firstNumber: number, count: number): Job[] {
  return Array.from({ length: count }, (_, index) => {
    const workflowId = `bench-bare-${firstNumber + index}`;
    const run = async () => {
      await client.workflow.execute<typeof bareRun>('bareRun', { workflowId, taskQueue: BARE_QUEUE });
      return 'done';
    };
    return { workflowId, run };
  });
}

async function adJobs(stack: Stack, kind: 'one' | 'two', firstNumber: number, count: number): Promise<Job[]> {
  const { ads, sections } = newAds(firstNumber, count, kind === 'one' ? 1 : 2);
  const seeded = await fetch(`${stack.sandboxUrl}/control/seed`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(sections),
  });
  if (!seeded.ok) throw new Error(`the sandbox did not take the ads: ${await seeded.text()}`);
  const client = new FirstCommentClient(stack.temporal.client);
  const run = async (ad: AdRef) => {
    await client.start(ad);
    const { outcome, says } = await client.result(ad);
    return outcome === 'visible' ? 'visible' : `${outcome}: ${says}`;
  };
  return ads.map((ad) => ({ workflowId: workflowIdOf(ad), run: () => run(ad) }));
}

async function inLanes<T>(items: readonly T[], lanes: number, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const lane = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

async function describeAll(
  { temporal: { client } }: Stack,
  workflowIds: readonly string[],
): Promise<readonly WorkflowExecutionDescription[]> {
  const described: WorkflowExecutionDescription[] = [];
  await inLanes(workflowIds, DESCRIBE_AT_ONCE, async (workflowId) => {
    described.push(await client.workflow.getHandle(workflowId).describe());
  });
  return described;
}

function sizeOf({ raw }: WorkflowExecutionDescription): number {
  return Number(raw.workflowExecutionInfo?.historySizeBytes ?? 0);
}

type CpuReading = Readonly<Record<Counted, number | null>>;

function readCpu({ pids }: Stack): CpuReading {
  return Object.fromEntries(COUNTED.map((name) => [name, cpuSeconds(pids[name])])) as CpuReading;
}

function perThousand(before: CpuReading, after: CpuReading, runs: number): CpuReading {
  const used = COUNTED.map((name) => {
    const [from, to] = [before[name], after[name]];
    return [name, from === null || to === null ? null : ((to - from) / runs) * 1_000];
  });
  return Object.fromEntries(used) as CpuReading;
}

function countUnexpected(ends: readonly string[], expected: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const how of ends) if (how !== expected) counts[how] = (counts[how] ?? 0) + 1;
  return counts;
}
