import type { Command } from 'commander';
import { readSecret } from '../../config/environment.ts';
import { serveHealth } from '../../worker/health.ts';
import { createLogger } from '../../worker/logger.ts';
import { installRuntime } from '../../worker/runtime.ts';
import { createCleanup } from '../cleanup.ts';
import { EXIT } from '../exit.ts';
import type { Run } from '../program.ts';
import { runWorker } from '../run-worker.ts';
import { sandboxSecretReader } from '../start/secrets.ts';
import { stopRequested } from '../wait-for-stop.ts';

/** `worker`: carries runs until it is told to stop. */
export function addWorker(program: Command, run: Run): void {
  program
    .command('worker')
    .description('Carry runs until stopped (SIGINT or SIGTERM); what is under way is finished first')
    .option('--health-port <port>', 'serve /live and /ready there', Number)
    .option('--metrics <address>', 'serve Prometheus metrics there, for example 0.0.0.0:9464')
    .action((options: { healthPort?: number; metrics?: string }) =>
      run(async (context) => {
        const { settings } = context;
        const brand = context.brand();
        const profile = context.profile();
        const secret = profile.name === 'sandbox' ? sandboxSecretReader(settings.home, profile) : readSecret;
        const secrets = [profile.meta.appSecretEnv, profile.meta.systemUserTokenEnv].map((name) => secret(name));
        const logger = createLogger({ level: settings.logLevel, secrets });
        installRuntime(logger, options.metrics ?? null);
        const cleanup = createCleanup();
        try {
          const ledger = await context.ledger();
          const client = await context.client();
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
          logger.info({ brand: brand.id, digest: brand.digest, profile: profile.name }, 'worker runs');
          await Promise.race([stopRequested(), worker.done]);
        } finally {
          await cleanup.run();
        }
        return EXIT.done;
      }),
    );
}
