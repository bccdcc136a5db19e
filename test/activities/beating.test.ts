import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, test } from 'vitest';
import { beating } from '../../activities/beating.ts';

/** Tries the step in an activity with that time-out until it was told often enough to go on; answers how many heartbeats there were. */
async function beatsOf(heartbeatTimeoutMs: number, { until }: { until: number }): Promise<{ answer: string; beats: number }> {
  const environment = new MockActivityEnvironment({ heartbeatTimeoutMs });
  let beats = 0;
  let goOn: () => void = () => undefined;
  environment.on('heartbeat', () => {
    beats += 1;
    if (beats === until) goOn();
  });
  const told = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const { step } = beating({
    step: async (word: string) => {
      if (until > 0) await told;
      return word;
    },
  });
  return { answer: await environment.run(() => step('done')), beats };
}

test('a step tells that it is alive for as long as it runs', async () => {
  expect(await beatsOf(80, { until: 5 })).toEqual({ answer: 'done', beats: 5 });
});

test('a step whose policy waits for no heartbeats sends none', async () => {
  expect(await beatsOf(0, { until: 0 })).toEqual({ answer: 'done', beats: 0 });
});

test('a step that fails falls silent', async () => {
  const environment = new MockActivityEnvironment({ heartbeatTimeoutMs: 40 });
  let after = 0;
  const { step } = beating({ step: () => Promise.reject(new Error('no')) });
  await expect(environment.run(() => step())).rejects.toThrow('no');
  environment.on('heartbeat', () => {
    after += 1;
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(after).toBe(0);
});
