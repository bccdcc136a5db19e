import { proxyActivities } from '@temporalio/workflow';
import type { NoOpActivities } from './no-op.ts';

export { firstComment } from '../workflows/index.ts';

const { doNothing } = proxyActivities<NoOpActivities>({ startToCloseTimeout: '1 minute' });

/** What the comparison is made against: five activities in a row that do nothing, and nothing else. */
export async function bareRun(): Promise<void> {
  for (let step = 1; step <= 5; step += 1) await doNothing();
}
