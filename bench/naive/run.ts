import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Cleanup } from '../../cli/cleanup.ts';
import type { Progress } from '../../cli/start/progress.ts';
import { dealToServers } from '../chaos/blows.ts';
import { comments, duplicatesAtEnd, duplicatesEver, NOTHING_THERE, type OnPlatform } from '../chaos/counts.ts';
import { type ChaosPlan, chaosPlan } from '../chaos/plan.ts';
import { startPlatform } from '../chaos/platform.ts';
import { insistently, makeHome, makeSecrets, startPostgres } from '../chaos/servers.ts';
import { type PlatformTruth, readPlatform } from '../chaos/truths.ts';
import { CHAOS_TIMING } from '../chaos/windows.ts';
import { startWorkers, type Workers } from '../chaos/workers.ts';
import { type ChaosWorld, chaosWorld } from '../chaos/world.ts';
import { startChild } from '../child-process.ts';
import { createJobs, enqueue, openJobs } from './jobs.ts';
import type { NaiveWorkerInput } from './worker-process.ts';

/** What `chaos --naive --json` prints: the same words as of the product. */
export interface NaiveFigures {
  readonly seed: number;
  readonly ads: number;
  readonly surfaces: number;
  readonly comments: number;
  readonly duplicatesEver: number;
  readonly duplicatesAtEnd: number;
  /** Surfaces that should carry the comment and do not. */
  readonly lost: number;
  /** Comments beside the brand's own words. */
  readonly wrong: number;
  readonly hitsByFault: Readonly<Record<string, number>>;
  readonly kills: number;
  readonly seconds: number;
  readonly findings: Readonly<Record<string, readonly string[]>>;
}

const ADS_PER_SECOND = 3;
/** A worker is killed about as often as the crash points of a plan do it to the product. */
const KILL_EVERY_MS = 4_000;
const PATIENCE_MS = 5 * 60_000;

/** The job table in the place of the product: same world, same faults, same kills. */
export async function runNaive(
  { ads, seed }: { readonly ads: number; readonly seed: number },
  cleanup: Cleanup,
  progress: Progress,
  say: (line: string) => void,
): Promise<NaiveFigures> {
  // Its comments carry no key of ours; a surface of before would only confuse the count.
  const world = chaosWorld({ seed, ads, linkKey: (id) => `surface=${id}` });
  const plan = chaosPlan(world, { seed, lateLandings: 0 });
  const home = makeHome(cleanup);
  const secrets = makeSecrets();
  const postgres = await startPostgres(home, cleanup, progress);
  const db = new pg.Pool({ connectionString: postgres.url });
  db.on('error', () => undefined);
  cleanup.add(() => db.end());
  await createJobs(db);
  const { sandbox, proxy, door, armoury } = await startPlatform({ home, secrets, world, plan }, cleanup, progress);
  const graph = { baseUrl: proxy.url, ...secrets, timeoutMs: CHAOS_TIMING.writeDeadlineMs };
  const workers = await startWorkers({
    seed,
    count: 2,
    crashes: [],
    stalls: [],
    quietCalls: 0,
    home,
    start: () => startChild<NaiveWorkerInput, object>('./naive/worker-process.ts', { databaseUrl: postgres.url, graph }),
    onStalled: () => undefined,
  });
  cleanup.add(() => workers.stop());

  const began = performance.now();
  const stop = new AbortController();
  const killing = killNowAndThen(workers, plan, stop.signal);
  let dealing: Promise<void> = Promise.resolve();
  for (const [index, { ad }] of world.ads.entries()) {
    await insistently('a job is queued', () => enqueue(db, ad.adId));
    for (const { blow } of plan.blows.filter(({ afterAds }) => afterAds === index + 1)) {
      // It has no Temporal and no pauses.
      if (blow === 'kill-temporal' || blow === 'pause') continue;
      dealing = dealing.then(() => dealToServers(blow, { postgres, sandbox, workers, armoury, proxy, door }));
    }
    await sleep(Math.max(0, began + ((index + 1) * 1_000) / ADS_PER_SECOND - performance.now()));
  }
  await dealing;
  const giveUpAt = Date.now() + PATIENCE_MS;
  while (Date.now() < giveUpAt && (await insistently('open jobs are counted', () => openJobs(db))) > 0) await sleep(1_000);
  stop.abort();
  const kills = await killing;
  // What the platform accepted and has not carried out yet.
  await sleep(CHAOS_TIMING.lateLandingMs);
  say('comparing what stands with what should');
  const hitsByFault = await armoury.hits();
  return {
    ...figuresOf(world, await readPlatform(world, door)),
    seed,
    hitsByFault,
    kills,
    seconds: Math.round((performance.now() - began) / 1_000),
  };
}

function figuresOf({ ads, surfaces }: ChaosWorld, platform: ReadonlyMap<string, PlatformTruth>) {
  const seen = surfaces.map((surface) => ({ surface, platform: platform.get(surface.surfaceId) ?? NOTHING_THERE }));
  // Whoever finds an earlier installation's comment cannot be asked to know it.
  const fresh = seen.filter(({ surface }) => surface.before !== 'ours');
  const ids = (fits: (one: OnPlatform) => boolean) => seen.filter(fits).map(({ surface }) => surface.surfaceId);
  const findings = {
    duplicatesEver: fresh.flatMap(duplicatesEver),
    duplicatesAtEnd: fresh.flatMap(duplicatesAtEnd),
    lost: ids(({ surface, platform: { standing } }) => surface.before === 'nothing' && standing.length === 0),
    wrong: ids(({ surface, platform: { written } }) => surface.before === 'by-brand' && written.length > 0),
  };
  return {
    ads: ads.length,
    surfaces: surfaces.length,
    comments: comments(seen),
    duplicatesEver: findings.duplicatesEver.length,
    duplicatesAtEnd: findings.duplicatesAtEnd.length,
    lost: findings.lost.length,
    wrong: findings.wrong.length,
    findings,
  };
}

async function killNowAndThen(workers: Workers, { crashes }: ChaosPlan, signal: AbortSignal): Promise<number> {
  let kills = 0;
  while (!signal.aborted && kills < crashes.length) {
    await sleep(KILL_EVERY_MS);
    await workers.kill('one');
    kills += 1;
  }
  return kills;
}
