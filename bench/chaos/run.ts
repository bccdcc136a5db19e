import type { Client } from '@temporalio/client';
import type { Cleanup } from '../../cli/cleanup.ts';
import { readBrandOrExplain } from '../../cli/context.ts';
import type { Progress } from '../../cli/start/progress.ts';
import { connectClient } from '../../client/connect.ts';
import { connectionOf } from '../../config/connection.ts';
import type { AdRef } from '../../domain/ad.ts';
import { surfaceKey } from '../../domain/surface-key.ts';
import { openLedger } from '../../store/open-ledger.ts';
import { startChild } from '../child-process.ts';
import { compare } from './compare.ts';
import { awaitEnd, type Conductor, conduct } from './conduct.ts';
import { holdsBack, LATE_BEYOND, PUBLISH_FAULTS } from './fault-kinds.ts';
import { type Figures, findingsOf } from './figures.ts';
import { carryLaterLooks } from './later-looks.ts';
import { findLeaks } from './leaks.ts';
import { createOperator } from './operator.ts';
import { chaosPlan, without } from './plan.ts';
import { startPlatform } from './platform.ts';
import { makeHome, makeSecrets, startPostgres, startTemporal } from './servers.ts';
import { meetStalls } from './stalls.ts';
import { inLanes, lastRun, readEnds, readLedger, readPlatform, stoodTwice } from './truths.ts';
import { CHAOS_TIMING, windows } from './windows.ts';
import type { ChaosWorkerInput } from './worker-process.ts';
import { startWorkers } from './workers.ts';
import { type ChaosWorld, chaosWorld } from './world.ts';

const BRAND_FOLDER = 'examples/brightloom';
const WORKERS = 2;
/** A run needs some forty calls; so all crash points of the plan have their turn. */
const QUIET_CALLS_PER_AD = 0.8;

export interface ChaosOptions {
  readonly ads: number;
  readonly seed: number;
  /** Requests that land beyond what is promised. */
  readonly lateLandings: number;
  /** Acts, blows and parts of the plan that are left out. */
  readonly without: readonly string[];
  /** Ends as soon as a second comment of ours stands somewhere. */
  readonly untilFailure: boolean;
}

/** One whole run: brings everything up, lets the plan of the seed befall it, and compares the three truths. */
export async function runChaos(
  options: ChaosOptions,
  cleanup: Cleanup,
  progress: Progress,
  say: (line: string) => void,
): Promise<Figures> {
  const brand = readBrandOrExplain(BRAND_FOLDER);
  const linkKey = (surfaceId: string) => `${brand.link.keyParameter}=${surfaceKey(brand.id, { platform: 'meta', surfaceId })}`;
  const world = chaosWorld({ seed: options.seed, ads: options.ads, linkKey });
  const plan = without(chaosPlan(world, options), options.without);

  const home = makeHome(cleanup);
  const secrets = makeSecrets();
  const postgres = await startPostgres(home, cleanup, progress);
  const ledger = await openLedger({ databaseUrl: postgres.url });
  cleanup.add(() => ledger.close());
  await ledger.migrate();
  await ledger.importApprovals(brand.approvals);
  const temporal = await startTemporal(home, cleanup, progress);
  const connected = await connectClient(temporal);
  cleanup.add(() => connected.close());
  const { sandbox, proxy, door, armoury } = await startPlatform({ home, secrets, world, plan }, cleanup, progress);
  const operator = createOperator(connected, ledger, brand.id);
  const profile = connectionOf(brand, { profile: 'sandbox', sandboxPort: 0, sandboxUrl: proxy.url });
  const { appSecretEnv, systemUserTokenEnv } = profile.meta;
  const stalls = meetStalls(world, operator);
  const workers = await progress.step(
    'workers',
    () =>
      startWorkers({
        seed: options.seed,
        count: WORKERS,
        crashes: plan.crashes,
        stalls: plan.stalls,
        quietCalls: QUIET_CALLS_PER_AD * options.ads,
        home,
        start: (name, suffering, hear) =>
          startChild<ChaosWorkerInput, object>(
            './chaos/worker-process.ts',
            {
              home,
              name,
              brandFolder: BRAND_FOLDER,
              profile,
              databaseUrl: postgres.url,
              temporal: { address: temporal.address, namespace: temporal.namespace },
              secrets: { [appSecretEnv]: secrets.appSecret, [systemUserTokenEnv]: secrets.systemUserToken },
              suffering,
            },
            hear,
          ),
        onStalled: stalls.onStalled,
      }),
    () => `run in ${WORKERS} processes`,
  );
  cleanup.add(() => workers.stop());

  const began = performance.now();
  const told: Conductor = { say, enough: options.untilFailure ? () => stoodTwice(world, door) : async () => false };
  const stack = { temporal, postgres, sandbox, workers, proxy, door, armoury, operator, client: connected.client };
  const { notes, lifted, refusedActs, hanging } = await conduct(world, plan, options.seed, stack, told);
  await stalls.over();
  workers.spare();
  const hitsByFault = await armoury.hits();
  await armoury.disarm();
  const cutShort = await told.enough();
  // Whatever was ended by force and not begun anew since.
  const ended = cutShort ? [] : await terminatedAds(world, connected.client);
  for (const ad of ended) await operator.start(ad);
  const stillHanging = ended.length === 0 ? hanging : await awaitEnd(stack, world.ads.length, told);
  say('the later looks');
  const looksLeft = cutShort ? [] : await carryLaterLooks(connected.client, postgres.url, brand.accounts);
  const orders = cutShort ? [] : await operator.endOrders();
  say('comparing the three truths');
  const truths = {
    platform: await readPlatform(world, door),
    ledger: await readLedger(world, postgres.url),
    ends: await readEnds(world, postgres.url, connected.client),
  };
  const verdict = compare(world, truths, {
    cancelledAdIds: plan.acts.filter(({ act }) => act === 'cancel').map(({ adId }) => adId),
    lateSurfaceIds: plan.faults.filter(({ kind }) => kind === LATE_BEYOND).map(({ objectId }) => objectId),
    heldBackSurfaceIds: plan.faults
      .filter(({ kind, path }) => path === 'publish' && holdsBack(kind))
      .map(({ objectId }) => objectId),
    pauses: operator.pauses,
    orders,
    maxAttempts: CHAOS_TIMING.maxAttempts,
    cutShort,
    linkKey,
  });
  const leaks = await findLeaks({ home, sandboxUrl: sandbox.url, databaseUrl: postgres.url, client: connected.client, secrets });
  const attempts = [...truths.ledger.values()].flatMap((each) => each.attempts);
  const settled = attempts.filter((attempt) => attempt.settled).length;
  const publishHits = PUBLISH_FAULTS.map(({ name }) => hitsByFault[name] ?? 0);
  const crashPoints = [...new Set(workers.crashes)].sort();
  return {
    seed: options.seed,
    ads: world.ads.length,
    surfaces: world.surfaces.length,
    comments: verdict.comments,
    duplicatesEver: verdict.duplicatesEver.length,
    duplicatesAtEnd: verdict.duplicatesAtEnd.length,
    lost: verdict.lost.length,
    wrong: verdict.wrong.length,
    sentWhileClosed: verdict.sentWhileClosed.length,
    notWithdrawn: verdict.notWithdrawn.length,
    unconfirmed: verdict.unconfirmed,
    falselyUnconfirmed: verdict.falselyUnconfirmed.length,
    tokensLeaked: leaks.length,
    disagreements: verdict.disagreements.length,
    lateLandings: verdict.lateLandings,
    hitsByFault,
    publishFaultKinds: publishHits.filter((count) => count > 0).length,
    rarestPublishFault: Math.min(...publishHits),
    crashPoints,
    crashes: workers.crashes.length,
    blows: notes.dealt,
    stalls: stalls.counts,
    pauses: operator.pauses.length,
    orders: orders.length,
    unplannedDeaths: workers.unplanned,
    recoveries: await Promise.all(notes.recoveries),
    attempts: attempts.length,
    settled,
    settledShare: attempts.length === 0 ? 0 : Number((settled / attempts.length).toFixed(3)),
    breakersLifted: lifted.length,
    looksLeft: looksLeft.length,
    hanging: stillHanging,
    refusedActs,
    seconds: Math.round((performance.now() - began) / 1_000),
    windows: windows(),
    findings: findingsOf(verdict, { tokensLeaked: leaks, looksLeft }),
  };
}

async function terminatedAds({ ads }: ChaosWorld, client: Client): Promise<readonly AdRef[]> {
  const found = await inLanes(ads, async ({ ad }) => ((await lastRun(client, ad)).status === 'TERMINATED' ? [ad] : []));
  return found.flat();
}
