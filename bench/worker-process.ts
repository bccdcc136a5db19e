import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, Worker } from '@temporalio/worker';
import { readBrandOrExplain } from '../cli/context.ts';
import { connectClient, FirstCommentClient } from '../client/index.ts';
import type { Profile } from '../domain/brand.ts';
import { openLedger } from '../store/open-ledger.ts';
import { connectWorker } from '../worker/connection.ts';
import { assembleDependencies } from '../worker/dependencies.ts';
import { createLogger, temporalLogger } from '../worker/logger.ts';
import { installRuntime } from '../worker/runtime.ts';
import { startWorker } from '../worker/worker.ts';
import { serveAsChild } from './child-process.ts';
import { BARE_QUEUE, noOpActivities } from './no-op.ts';

export interface WorkerInput {
  readonly brandFolder: string;
  readonly profile: Profile;
  readonly databaseUrl: string;
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly secrets: Readonly<Record<string, string>>;
}

await serveAsChild(async (input: WorkerInput) => {
  const { temporal, profile, secrets } = input;
  const logger = createLogger({ level: 'warn', secrets: Object.values(secrets) });
  installRuntime(logger, null);
  const workflowsPath = fileURLToPath(new URL('./workflows.ts', import.meta.url));
  const bundle = await bundleWorkflowCode({ workflowsPath, logger: temporalLogger(logger) });
  const brand = readBrandOrExplain(input.brandFolder);
  const ledger = await openLedger({ databaseUrl: input.databaseUrl });
  const connected = await connectClient(temporal);
  const connection = await connectWorker({ address: temporal.address });
  const { namespace } = temporal;
  const { dependencies, close } = assembleDependencies({
    brand,
    profile,
    ledger,
    client: new FirstCommentClient(connected.client),
    cluster: 'bench',
    namespace,
    logger,
    secret: (name) => secrets[name] ?? '',
  });
  const worker = await startWorker({ connection, namespace, bundle, dependencies });
  const bare = await Worker.create({
    connection,
    namespace,
    taskQueue: BARE_QUEUE,
    workflowBundle: bundle,
    activities: noOpActivities,
    workflowTaskPollerBehavior: { type: 'autoscaling', initial: 5 },
    activityTaskPollerBehavior: { type: 'autoscaling', initial: 5 },
  });
  const bareDone = bare.run();
  return {
    ready: {},
    stop: async () => {
      bare.shutdown();
      await Promise.all([worker.stop(), bareDone]);
      await close();
      await connection.close();
      await connected.close();
      await ledger.close();
    },
  };
});
