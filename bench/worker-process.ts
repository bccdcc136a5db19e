import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, Worker } from '@temporalio/worker';
import { createLogger, temporalLogger } from '../worker/logger.ts';
import { installRuntime } from '../worker/runtime.ts';
import { startWorker } from '../worker/worker.ts';
import { serveAsChild } from './child-process.ts';
import { BARE_QUEUE, noOpActivities } from './no-op.ts';
import { openWorkerParts, type WorkerInput } from './worker-parts.ts';

await serveAsChild(async (input: WorkerInput) => {
  const logger = createLogger({ level: 'warn', secrets: Object.values(input.secrets) });
  installRuntime(logger, null);
  const workflowsPath = fileURLToPath(new URL('./workflows.ts', import.meta.url));
  const bundle = await bundleWorkflowCode({ workflowsPath, logger: temporalLogger(logger) });
  const { connection, dependencies, close } = await openWorkerParts(input, { cluster: 'bench', logger });
  const { namespace } = input.temporal;
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
    },
  };
});
