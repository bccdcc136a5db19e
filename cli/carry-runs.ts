import { readSecret } from '../config/environment.ts';
import { UserError } from '../domain/user-error.ts';
import type { OpenLedger } from '../store/open-ledger.ts';
import { serveHealth } from '../worker/health.ts';
import { watchIncidents } from '../worker/incident-metrics.ts';
import { createLogger } from '../worker/logger.ts';
import { installRuntime } from '../worker/runtime.ts';
import { createCleanup } from './cleanup.ts';
import type { Context } from './context.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { runWorker } from './run-worker.ts';
import { sandboxSecretReader } from './start/secrets.ts';
import { firstUnhandled } from './unhandled.ts';
import { stopRequested } from './wait-for-stop.ts';

/** Prometheus asks about as often. */
const INCIDENTS_EVERY_MS = 15_000;

export interface WorkerOptions {
  readonly healthPort?: number;
  readonly metrics?: string;
}

/** Runs one worker until SIGINT or SIGTERM; what is under way is finished first. */
export async function carryRuns(context: Context, options: WorkerOptions): Promise<ExitCode> {
  const { settings } = context;
  const brand = context.brand();
  const profile = context.profile();
  const secret = profile.name === 'sandbox' ? sandboxSecretReader(settings.home, profile) : readSecret;
  const secrets = [profile.meta.appSecretEnv, profile.meta.systemUserTokenEnv].map((name) => secret(name));
  const logger = createLogger({ level: settings.logLevel, secrets });
  const cleanup = createCleanup();
  const unhandled = firstUnhandled();
  try {
    const ledger = await context.ledger();
    await refuseOlderLedger(ledger);
    const client = await context.client();
    // Last of what can fail for the user's sake: Temporal's runtime keeps the process alive once it is there.
    installRuntime(logger, options.metrics ?? null);
    const { cluster, home } = settings;
    const worker = await runWorker({
      temporal: context.temporal(),
      brand,
      profile,
      ledger,
      client,
      cluster,
      logger,
      secret,
      home,
    });
    cleanup.add(() => worker.stop());
    if (options.healthPort !== undefined) {
      const health = await serveHealth(options.healthPort, worker);
      cleanup.add(() => health.close());
    }
    if (options.metrics !== undefined) {
      const watch = watchIncidents(ledger, logger, INCIDENTS_EVERY_MS);
      cleanup.add(async () => watch.close());
    }
    logger.info({ brand: brand.id, digest: brand.digest, profile: profile.name }, 'worker runs');
    await Promise.race([stopRequested(), worker.done, unhandled]);
  } finally {
    await cleanup.run();
  }
  return EXIT.done;
}

/** On an older ledger every step of every run would fail, again and again; said once, before anything begins. */
async function refuseOlderLedger(ledger: OpenLedger): Promise<void> {
  const { state, version, wanted } = await ledger.schema();
  if (state === 'current') return;
  const holds = state === 'empty' ? 'has no tables yet' : `has schema version ${version}`;
  throw new UserError(
    `The ledger in ${ledger.database} ${holds}, this program needs version ${wanted}. Run "first-comment setup", then start the worker again.`,
  );
}
