import type { RunsPort } from '../activities/dependencies.ts';
import type { FirstCommentClient } from '../client/index.ts';

/** The activities' door to other runs, through the client. */
export function createRunsPort(
  client: FirstCommentClient,
  here: { readonly cluster: string; readonly namespace: string },
): RunsPort {
  return {
    wake: (workflowId) => client.wake(workflowId),
    wakeAll: async (workflowIds) => (await client.wakeAll(workflowIds)).gone,
    isOpen: (owner) => {
      // A run on another cluster cannot be asked from here: it counts as alive, so that nobody takes its claim.
      if (owner.cluster !== here.cluster || owner.namespace !== here.namespace) return Promise.resolve(true);
      return client.isRunning(owner.workflowId);
    },
  };
}
