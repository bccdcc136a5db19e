import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, test, vi } from 'vitest';
import { beating } from '../../activities/beating.ts';
import type { Dependencies } from '../../activities/dependencies.ts';
import { createReadActivities } from '../../activities/index.ts';

// A heartbeat that never comes is to be told within a minute.
vi.setConfig({ testTimeout: 60_000 });

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

/** Whatever a step asks of it never answers. */
const STUCK: Dependencies = stuck();

function stuck(): never {
  const silent: unknown = new Proxy(() => undefined, {
    get: (_, name) => (name === Symbol.toPrimitive ? () => 1 : name === 'then' ? undefined : silent),
    apply: () => new Promise(() => undefined),
  });
  return silent as never;
}

/** A survey's heartbeats are its progress: one that comes to nothing is to be found out. */
const SURVEYS = ['survey', 'surveyBeside'];

test.concurrent.for(Object.keys(createReadActivities(STUCK)).filter((name) => !SURVEYS.includes(name)))(
  'the step %s, which another worker takes up when its own dies, tells that it is alive while the platform or the ledger is silent',
  async (name) => {
    const environment = new MockActivityEnvironment({ heartbeatTimeoutMs: 40 });
    const step = createReadActivities(STUCK)[name as 'settle'];
    const beats = new Promise<void>((resolve) => {
      let heard = 0;
      environment.on('heartbeat', () => {
        heard += 1;
        if (heard === 3) resolve();
      });
    });
    const input = { run: {}, ad: {}, surfaces: [], surface: {}, proposal: {}, edits: undefined } as never;
    void environment.run(() => step(input));
    await beats;
  },
);
