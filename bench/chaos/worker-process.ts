import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureSweeps } from '../../client/sweep-schedule.ts';
import { workflowBundle } from '../../worker/bundle.ts';
import { createLogger, temporalLogger } from '../../worker/logger.ts';
import { installRuntime } from '../../worker/runtime.ts';
import { startWorker } from '../../worker/worker.ts';
import { serveAsChild } from '../child-process.ts';
import { openWorkerParts, type WorkerInput } from '../worker-parts.ts';
import type { CrashPoint } from './crash-points.ts';
import type { Stall } from './plan.ts';
import { type Suffering, sufferer, watched } from './watched.ts';
import { CHAOS_TIMING } from './windows.ts';

export interface ChaosWorkerInput extends WorkerInput {
  /** For its log, the bundle and the note of its death. */
  readonly home: string;
  readonly name: string;
  readonly suffering: Suffering;
}

/** What a worker tells while it lives. */
export type WorkerTold = { readonly stalled: Stall };

const LEAVES_WITHIN_MS = 20_000;

await serveAsChild(async (input: ChaosWorkerInput) => {
  const { profile, secrets, home, name } = input;
  const logger = createLogger({ level: 'info', secrets: Object.values(secrets), file: join(home, `${name}.log`) });
  installRuntime(logger, null);
  const bundle = await workflowBundle(join(home, 'bundles'), temporalLogger(logger));
  const { brand, client, connection, dependencies, close } = await openWorkerParts(input, {
    cluster: 'chaos',
    logger,
    timing: CHAOS_TIMING,
  });
  const { namespace } = input.temporal;
  const watcher = sufferer(input.suffering, {
    strike: (point) => endHere(home, name, point),
    standStill,
  });
  const worker = await startWorker({
    connection,
    namespace,
    bundle,
    dependencies: {
      ...dependencies,
      ledger: watched('ledger', dependencies.ledger, watcher),
      platforms: { meta: watched('meta', dependencies.platforms.meta, watcher) },
      runs: watched('runs', dependencies.runs, watcher),
    },
  });
  // As the program does: the schedules of the sweeps are there as soon as a worker is.
  await ensureSweeps(client, { brandId: brand.id, profile: profile.name }, brand.accounts, CHAOS_TIMING.sweepEveryMs);
  // A worker that died is started anew by whoever watches it; so ends one here, too.
  worker.done.catch((error: unknown) => {
    logger.error({ err: error }, 'the worker has died');
    process.exit(1);
  });
  // Whoever started us may be gone with all the servers; then a stop in good order has no end.
  process.once('disconnect', () => setTimeout(() => process.exit(1), LEAVES_WITHIN_MS).unref());
  return {
    ready: {},
    stop: async () => {
      await worker.stop();
      await close();
    },
  };
});

/** Whoever let it stand still lets a whole process go on. */
async function standStill(stall: Stall): Promise<void> {
  await new Promise((told) => process.send?.({ stalled: stall } satisfies WorkerTold, told));
  if (stall.holds === 'call') await sleep(stall.ms);
  else process.kill(process.pid, 'SIGSTOP');
}

/** Leaves a note, which outlives the process, and dies as from `kill -9`. */
function endHere(home: string, name: string, point: CrashPoint): never {
  writeFileSync(join(home, `${name}.death`), JSON.stringify(point));
  process.kill(process.pid, 'SIGKILL');
  // Nothing of this process runs on, not even until the signal has come.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
