import { join } from 'node:path';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { TemporalSettings } from '../client/index.ts';
import { workflowBundle } from '../worker/bundle.ts';
import { connectWorker } from '../worker/connection.ts';
import { type Assembly, assembleDependencies } from '../worker/dependencies.ts';
import { temporalLogger } from '../worker/logger.ts';
import { type RunningWorker, startWorker } from '../worker/worker.ts';

export interface WorkerRequest extends Omit<Assembly, 'namespace'> {
  readonly temporal: Partial<TemporalSettings>;
  readonly home: string;
}

/** Connects and starts one worker. `stop` ends it and everything that was opened for it. */
export async function runWorker(request: WorkerRequest): Promise<RunningWorker> {
  const { connectionOptions, namespace: configured = 'default' } = loadClientConnectConfig();
  const namespace = request.temporal.namespace ?? configured;
  const address = request.temporal.address ?? connectionOptions.address ?? 'localhost:7233';
  const bundle = await workflowBundle(join(request.home, 'bundles'), temporalLogger(request.logger));
  const connection = await connectWorker({ ...connectionOptions, address });
  const { dependencies, close } = assembleDependencies({ ...request, namespace });
  const closeAll = async () => {
    await close();
    await connection.close();
  };
  try {
    const worker = await startWorker({ connection, namespace, bundle, dependencies });
    await ensureSweeps(request, dependencies.timing.sweepEveryMs);
    return {
      ...worker,
      stop: async () => {
        await worker.stop();
        // A poller that failed keeps the connection for good; it goes with the process.
        await (worker.states().includes('FAILED') ? close() : closeAll());
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** Runs are carried without sweeps too; whoever starts next tries again. */
async function ensureSweeps({ client, brand, profile, logger }: WorkerRequest, everyMs: number): Promise<void> {
  try {
    const ensured = await client.ensureSweeps({ brandId: brand.id, profile: profile.name }, brand.accounts, everyMs);
    for (const { did, says } of ensured) logger[did === 'left-to-another' ? 'warn' : 'info']({ did }, says);
  } catch (error) {
    logger.error({ err: error }, 'the schedules of the sweeps could not be seen to; run "first-comment setup"');
  }
}
