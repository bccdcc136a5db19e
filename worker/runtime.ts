import { Runtime } from '@temporalio/worker';
import type { Logger as PinoLogger } from 'pino';
import { temporalLogger } from './logger.ts';

/**
 * Installs Temporal's runtime: our logger, and Prometheus metrics where an address is given. Once per process, before
 * any connection is made.
 */
export function installRuntime(logger: PinoLogger, metricsAddress: string | null): void {
  Runtime.install({
    logger: temporalLogger(logger),
    telemetryOptions: {
      logging: { filter: { core: 'WARN', other: 'WARN' }, forward: {} },
      ...(metricsAddress === null ? {} : { metrics: { prometheus: { bindAddress: metricsAddress, countersTotalSuffix: true } } }),
    },
    // The program shuts down what it started in its own order; see `startWorker`.
    shutdownSignals: [],
  });
}
