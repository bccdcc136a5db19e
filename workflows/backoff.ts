import { sleep } from '@temporalio/workflow';

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/**
 * A pause before trying again, longer each time. What does not get better by itself – two workers with different brand
 * folders, a step that fails – must not ask the platform in a circle.
 */
export async function beforeTryingAgain(times: number, says: string): Promise<void> {
  await sleep(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (times - 1)), { summary: `before trying again: ${says}` });
}
