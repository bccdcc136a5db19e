import { Runtime } from '@temporalio/worker';
import type { Logger as PinoLogger } from 'pino';
import { UserError } from '../domain/user-error.ts';
import { temporalLogger } from './logger.ts';

/**
 * Installs Temporal's runtime: our logger, and Prometheus metrics where an address is given. Once per process, before
 * any connection is made.
 */
export function installRuntime(logger: PinoLogger, metricsAddress: string | null): void {
  try {
    Runtime.install({
      logger: temporalLogger(logger),
      telemetryOptions: {
        logging: { filter: { core: 'WARN', other: 'WARN' }, forward: {} },
        ...(metricsAddress === null
          ? {}
          : { metrics: { prometheus: { bindAddress: metricsAddress, countersTotalSuffix: true } } }),
      },
      // The program shuts down what it started in its own order; see `startWorker`.
      shutdownSignals: [],
    });
  } catch (error) {
    if (metricsAddress === null) throw error;
    throw new UserError(
      `Metrics cannot be served at ${metricsAddress} (${String(error)}). Choose another address with --metrics.`,
    );
  }
}
