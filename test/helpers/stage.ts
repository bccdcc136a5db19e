import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { afterAll, beforeAll } from 'vitest';
import { FirstCommentClient } from '../../client/index.ts';
import { loadBrand } from '../../config/brand.ts';
import type { AdRef } from '../../domain/ad.ts';
import type { Brand } from '../../domain/brand.ts';
import { sweepIdOf } from '../../domain/sweep-id.ts';
import { WORKFLOW_QUEUE } from '../../domain/task-queues.ts';
import { DEFAULT_TIMING, scaleTiming, type Timing } from '../../domain/timing.ts';
import { readWorld, startSandbox } from '../../sandbox/server.ts';
import type { Ledger } from '../../store/ledger.ts';
import { type OpenLedger, openLedger } from '../../store/open-ledger.ts';
import type { Story } from '../../store/story.ts';
import { workflowBundle } from '../../worker/bundle.ts';
import { assembleDependencies } from '../../worker/dependencies.ts';
import { createLogger, temporalLogger } from '../../worker/logger.ts';
import { installRuntime } from '../../worker/runtime.ts';
import { type RunningWorker, startWorker, type WorkerRole } from '../../worker/worker.ts';
import type { RunState, SurfaceState, SweepResult } from '../../workflows/messages.ts';
import type { sweep } from '../../workflows/sweep.ts';
import { type AdWish, type SeededAd, seedAd } from './new-ad.ts';
import { createTestDatabase, query } from './postgres.ts';
import { type SandboxControl, sandboxControl } from './sandbox-control.ts';
import { createTestNamespace } from './temporal-namespace.ts';
import { until } from './until.ts';

const ROOT = join(import.meta.dirname, '../..');
const EXAMPLE = join(ROOT, 'examples/brightloom');
export const BUNDLES = join(ROOT, 'node_modules/.cache/first-comment-tests');
/** What the sandbox of every stage was started with; for programs that a test starts itself. */
export const SECRETS = { appSecret: 'app-secret-of-the-tests', systemUserToken: 'EAAsystem-user-of-the-tests' };

/**
 * The protocol's waits, a twentieth of their length. What measures this machine and not the platform – how long a
 * process may take from the gate to the socket – is left longer: a busy machine is as slow as ever.
 */
export const TEST_TIMING: Timing = {
  ...scaleTiming(DEFAULT_TIMING, 0.05),
  sendByMs: 1_000,
  writeDeadlineMs: 1_500,
  publishTimeoutMs: 6_000,
  lateLandingMs: 2_000,
  listLagMs: 300,
};

export interface WorkerWish {
  readonly brand?: Brand;
  readonly timing?: Partial<Timing>;
  /** Which pollers run; all when left out. */
  readonly serves?: readonly WorkerRole[];
  /** Where the activities find the platform; the stage's sandbox when left out. */
  readonly platformUrl?: string;
  /** Puts something between the activities and the ledger. */
  readonly ledger?: (ledger: Ledger) => Ledger;
}

/** One test file's own world: database, sandbox, Temporal namespace, worker, client. */
export interface Stage {
  readonly client: FirstCommentClient;
  readonly temporal: Client;
  readonly namespace: string;
  readonly ledger: OpenLedger;
  readonly databaseUrl: string;
  readonly sandbox: SandboxControl;
  readonly brand: Brand;
  rows<Row extends Record<string, unknown>>(statement: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Starts a worker beside those that run; it is stopped at the end of the file at the latest. */
  startWorker(wish?: WorkerWish): Promise<RunningWorker>;
  newAd(wish?: AdWish): Promise<SeededAd>;
  /** Starts the run and waits for its end. */
  run(ad: AdRef): Promise<RunState>;
  /** Waits until the run, or one of its surfaces, waits for this reason. */
  waiting(ad: AdRef, reason: string): Promise<RunState>;
  /** Sweeps the account once, now. */
  runSweep(accountId?: string): Promise<SweepResult>;
  story(ad: AdRef): Promise<Story>;
  close(): Promise<void>;
}

export interface StageWish extends WorkerWish {
  /** `false`: the test starts its workers itself. */
  readonly worker?: boolean;
  /** Another server than the test run's. */
  readonly temporalAddress?: string;
  /** Shares database and sandbox with this stage: another Temporal namespace on one ledger. Close it first. */
  readonly beside?: Stage;
}

/** The stage of a test file: opened before its first test, closed after its last. */
export function stageForThisFile(wish: StageWish = {}): () => Stage {
  let stage: Stage | null = null;
  beforeAll(async () => {
    stage = await openStage(wish);
  });
  afterAll(async () => {
    await stage?.close();
  });
  return () => {
    if (stage === null) throw new Error('the stage is not open yet');
    return stage;
  };
}

/** Temporal's runtime is one per process. */
let runtimeInstalled = false;

export async function openStage(wish: StageWish = {}): Promise<Stage> {
  const logger = createLogger({ level: 'fatal', secrets: Object.values(SECRETS) });
  if (!runtimeInstalled) installRuntime(logger, null);
  runtimeInstalled = true;
  const brand = wish.brand ?? exampleBrand();
  const [database, temporal, bundle, served] = await Promise.all([
    wish.beside ? borrowedDatabase(wish.beside) : createTestDatabase(),
    createTestNamespace(wish.temporalAddress),
    workflowBundle(BUNDLES, temporalLogger(logger)),
    wish.beside ? borrowedSandbox(wish.beside) : startSandbox({ port: 0, world: world(), secrets: SECRETS }),
  ]);
  const ledger = await openLedger({ databaseUrl: database.url });
  await ledger.importApprovals(brand.approvals);
  const sandbox = sandboxControl(served.url);
  const client = new FirstCommentClient(temporal.client);
  const { namespace } = temporal;
  const running: (() => Promise<void>)[] = [];

  async function begin(change: WorkerWish = {}): Promise<RunningWorker> {
    const used = change.brand ?? brand;
    const given = profileOf(used);
    const wrapped = (change.ledger ?? wish.ledger)?.(ledger) ?? ledger;
    const { dependencies, close } = assembleDependencies({
      brand: used,
      profile: { ...given, meta: { ...given.meta, baseUrl: change.platformUrl ?? sandbox.url } },
      ledger: wrapped,
      client,
      cluster: 'local',
      namespace,
      logger,
      secret: (name) => (name === given.meta.appSecretEnv ? SECRETS.appSecret : SECRETS.systemUserToken),
      timing: { ...TEST_TIMING, ...wish.timing, ...change.timing },
    });
    const serves = change.serves ?? wish.serves;
    const worker = await startWorker({
      connection: temporal.native,
      namespace,
      bundle,
      dependencies,
      ...(serves ? { serves } : {}),
    });
    let stopped: Promise<void> | null = null;
    const stop = () => {
      stopped ??= worker.stop().then(close);
      return stopped;
    };
    running.push(stop);
    return { ...worker, stop };
  }

  if (wish.worker !== false) await begin();
  return {
    client,
    temporal: temporal.client,
    namespace,
    ledger,
    databaseUrl: database.url,
    sandbox,
    brand,
    rows: (statement, values = []) => query(database.url, statement, values),
    startWorker: begin,
    newAd: (adWish) => seedAd(sandbox, adWish),
    async run(ad) {
      await client.start(ad);
      return client.result(ad);
    },
    waiting: (ad, reason) =>
      until(`the run of ${ad.adId} waits as ${reason}`, async () => {
        const state = await client.state(ad);
        if (state.outcome !== null) throw new Error(`it ended as ${state.outcome}: ${state.says}`);
        const waits = [state.wait, ...state.surfaces.map((surface) => surface.wait)];
        return waits.some((wait) => wait?.reason === reason) && state;
      }),
    async runSweep(accountId = 'act_100200') {
      const account = { platform: 'meta', accountId } as const;
      return temporal.client.workflow.execute<typeof sweep>('sweep', {
        workflowId: `${sweepIdOf(account)}-${randomUUID()}`,
        taskQueue: WORKFLOW_QUEUE,
        args: [account],
      });
    },
    story: (ad) => ledger.readStory(ad),
    async close() {
      await Promise.all(running.map((stop) => stop()));
      await temporal.close();
      await ledger.close();
      await served.close();
      await database.drop();
    },
  };
}

/** The example's brand, its folder read as the product reads it. */
export function exampleBrand(change: (brand: Brand) => Brand = (brand) => brand): Brand {
  const loaded = loadBrand(EXAMPLE);
  if (!loaded.ok) throw new Error(`the example's brand folder has problems: ${JSON.stringify(loaded.problems)}`);
  return change(loaded.brand);
}

/** The one surface of a run that has one. */
export function onlySurface(state: RunState): SurfaceState {
  const [surface, ...more] = state.surfaces;
  if (!surface || more.length > 0) throw new Error(`one surface was expected, there are ${state.surfaces.length}`);
  return surface;
}

function world() {
  return readWorld(join(EXAMPLE, 'sandbox-world.yaml'));
}

/** Closing a borrower leaves the lender's things alone. */
function borrowedDatabase({ databaseUrl }: Stage) {
  return { url: databaseUrl, drop: async () => undefined };
}

function borrowedSandbox({ sandbox }: Stage) {
  return { url: sandbox.url, close: async () => undefined };
}

function profileOf(brand: Brand) {
  const profile = brand.profiles.sandbox;
  if (!profile) throw new Error('the brand has no profile "sandbox"');
  return profile;
}
