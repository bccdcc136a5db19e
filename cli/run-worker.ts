import { join } from 'node:path';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { Logger } from 'pino';
import type { FirstCommentClient, TemporalSettings } from '../client/index.ts';
import type { Brand, Profile } from '../domain/brand.ts';
import type { Timing } from '../domain/timing.ts';
import type { Ledger } from '../store/ledger.ts';
import { workflowBundle } from '../worker/bundle.ts';
import { connectWorker } from '../worker/connection.ts';
import { assembleDependencies } from '../worker/dependencies.ts';
import { temporalLogger } from '../worker/logger.ts';
import { type RunningWorker, startWorker } from '../worker/worker.ts';

export interface WorkerRequest {
  readonly temporal: Partial<TemporalSettings>;
  readonly brand: Brand;
  readonly profile: Profile;
  readonly ledger: Ledger;
  readonly client: FirstCommentClient;
  readonly cluster: string;
  readonly logger: Logger;
  readonly secret: (name: string) => string;
  readonly home: string;
  readonly timing?: Timing;
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
