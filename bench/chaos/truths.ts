import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import pg from 'pg';
import { type AdRef, workflowIdOf } from '../../domain/ad.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { WriteEntry } from '../../sandbox/world/write-log.ts';
import type { AttemptResult } from '../../store/ledger.ts';
import type { firstComment } from '../../workflows/first-comment.ts';
import type { RunState } from '../../workflows/messages.ts';
import type { PlatformDoor, StandingComment } from './platform-door.ts';
import { insistently } from './servers.ts';
import type { ChaosWorld } from './world.ts';

/** Truth one: the platform's own write log and what stands, by surface. */
export interface PlatformTruth {
  /** Comments that were created, and edits of them, in their order. */
  readonly written: readonly {
    readonly commentId: string;
    readonly text: string;
    readonly authorId: string;
    /** Milliseconds since 1970. */
    readonly at: number;
  }[];
  /** Most of ours that stood there at the same time, one of before included. */
  readonly mostAtOnce: number;
  /** Written by our app and still there. */
  readonly standing: readonly StandingComment[];
}

/** Truth two: the ledger, by surface. */
export interface LedgerTruth {
  readonly attempts: readonly {
    readonly text: string;
    readonly gateAt: number;
    readonly marketId: string;
    readonly result: AttemptResult | null;
    /** Whether anybody had to read the thread to learn what became of it. */
    readonly settled: boolean;
  }[];
  readonly publications: readonly string[];
}

/** Truth three, and what the ledger says of it: how the last run of each ad ended, by surface; the run's own end where it knew none. */
export interface EndTruth {
  readonly status: string;
  /** `null` when the run did not complete. */
  readonly workflow: Readonly<Record<string, Outcome | null>> | null;
  readonly ledger: Readonly<Record<string, Outcome | null>>;
}

export interface Truths {
  readonly platform: ReadonlyMap<string, PlatformTruth>;
  readonly ledger: ReadonlyMap<string, LedgerTruth>;
  readonly ends: ReadonlyMap<string, EndTruth>;
}

const APP_ID = '900100';
const AT_ONCE = 20;

export async function readPlatform(world: ChaosWorld, door: PlatformDoor): Promise<Truths['platform']> {
  const writes = await ownWrites(door);
  const read = await inLanes(world.surfaces, async ({ surfaceId, before }) => {
    const own = writes.filter(({ objectId }) => objectId === surfaceId);
    const written = own.filter(({ action }) => action === 'created' || action === 'edited');
    const standing = (await door.comments(surfaceId)).filter(({ applicationId }) => applicationId === APP_ID);
    const truth: PlatformTruth = {
      written: written.map(({ commentId, text, authorId, at }) => ({ commentId, text, authorId, at: Date.parse(at) })),
      mostAtOnce: mostAtOnce(before === 'ours' ? 1 : 0, own),
      standing,
    };
    return [surfaceId, truth] as const;
  });
  return new Map(read);
}

/** Whether a second comment of ours stands, or stood, somewhere. */
export async function stoodTwice({ surfaces }: ChaosWorld, door: PlatformDoor): Promise<boolean> {
  const writes = await ownWrites(door);
  return surfaces.some(({ surfaceId, before }) => {
    const own = writes.filter(({ objectId }) => objectId === surfaceId);
    return mostAtOnce(before === 'ours' ? 1 : 0, own) > 1;
  });
}

async function ownWrites(door: PlatformDoor): Promise<readonly WriteEntry[]> {
  return (await door.writes()).filter(({ via, applicationId }) => via === 'api' && applicationId === APP_ID);
}

function mostAtOnce(before: number, writes: readonly WriteEntry[]): number {
  let [standing, most] = [before, before];
  for (const { action } of writes) {
    standing += action === 'created' ? 1 : action === 'deleted' ? -1 : 0;
    most = Math.max(most, standing);
  }
  return most;
}

interface AttemptRow {
  readonly surface_id: string;
  readonly text: string;
  readonly gate_at: Date;
  readonly market_id: string;
  readonly result: AttemptResult | null;
  readonly settled: boolean;
}

export async function readLedger(world: ChaosWorld, databaseUrl: string): Promise<Truths['ledger']> {
  const attempts = await rows<AttemptRow>(
    databaseUrl,
    `select surface_id, text, gate_at, market_id, result, exists (
       select from attempt_records where attempt_records.attempt_id = attempts.attempt_id and recorded_by = 'settling') as settled
     from attempts order by gate_at`,
  );
  const publications = await rows<{ surface_id: string; comment_id: string }>(
    databaseUrl,
    'select surface_id, comment_id from publications',
  );
  return new Map(
    world.surfaces.map(({ surfaceId }) => {
      const own = attempts.filter(({ surface_id }) => surface_id === surfaceId);
      const truth: LedgerTruth = {
        attempts: own.map(({ text, gate_at, market_id, result, settled }) => ({
          text,
          gateAt: gate_at.getTime(),
          marketId: market_id,
          result,
          settled,
        })),
        publications: publications.filter(({ surface_id }) => surface_id === surfaceId).map(({ comment_id }) => comment_id),
      };
      return [surfaceId, truth] as const;
    }),
  );
}

interface EndRow {
  readonly workflow_id: string;
  readonly run_outcome: Outcome;
  /** `null` where the run ended before it knew its surfaces. */
  readonly surface_id: string | null;
  readonly outcome: Outcome | null;
}

export async function readEnds(world: ChaosWorld, databaseUrl: string, client: Client): Promise<Truths['ends']> {
  const noted = await rows<EndRow>(
    databaseUrl,
    // The last word of each; a run that was reset stands under the id that it began with.
    `select workflow_id, last.outcome as run_outcome, surface_id, run_surfaces.outcome
     from (select distinct on (workflow_id) * from runs where outcome is not null order by workflow_id, ended_at desc) as last
     left join run_surfaces using (workflow_id, run_id)`,
  );
  const read = await inLanes(world.ads, async ({ ad, surfaceIds }) => {
    const { runId, status } = await lastRun(client, ad);
    const own = noted.filter((row) => row.workflow_id === workflowIdOf(ad));
    const state = status === 'COMPLETED' ? await resultOf(client, ad, runId) : null;
    const ofWorkflow = (id: string) => state?.surfaces.find(({ surface }) => surface.surfaceId === id)?.outcome ?? state?.outcome;
    const ofLedger = (id: string) => own.find(({ surface_id }) => surface_id === id)?.outcome ?? own[0]?.run_outcome;
    const bySurface = (told: (id: string) => Outcome | null | undefined) =>
      Object.fromEntries(surfaceIds.map((id) => [id, told(id) ?? null]));
    return [ad.adId, { status, workflow: state && bySurface(ofWorkflow), ledger: bySurface(ofLedger) }] as const;
  });
  return new Map(read);
}

/** The newest execution of the ad's run. */
export async function lastRun(client: Client, ad: AdRef): Promise<{ readonly runId: string; readonly status: string }> {
  return insistently('a run is described', async () => {
    try {
      const { runId, status } = await client.workflow.getHandle(workflowIdOf(ad)).describe();
      return { runId, status: status.name };
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return { runId: '', status: 'not there' };
      throw error;
    }
  });
}

function resultOf(client: Client, ad: AdRef, runId: string): Promise<RunState> {
  return insistently('a result is read', () => client.workflow.getHandle<typeof firstComment>(workflowIdOf(ad), runId).result());
}

export async function rows<Row extends pg.QueryResultRow>(databaseUrl: string, statement: string): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

export async function inLanes<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  const waiting = items.values();
  const lane = async () => {
    for (const item of waiting) done.push(await work(item));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return done;
}
