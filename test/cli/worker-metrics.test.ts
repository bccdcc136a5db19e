import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../cli/local/ports.ts';
import { watchIncidents } from '../../worker/incident-metrics.ts';
import { createLogger } from '../../worker/logger.ts';
import { onlySurface, stageForThisFile } from '../helpers/stage.ts';
import { until } from '../helpers/until.ts';
import { makeLooksDue } from '../sweep/scene.ts';
import { variablesOf } from './ask-doctor.ts';
import { type StartedCli, startCli, temporaryHome } from './run-cli.ts';

const stage = stageForThisFile({ timing: { looksMs: [3_600_000] } });
let home: Awaited<ReturnType<typeof temporaryHome>>;
let worker: StartedCli;
let address: string;

beforeAll(async () => {
  home = await temporaryHome();
  address = `127.0.0.1:${await freePort()}`;
  worker = startCli(['worker', '--metrics', address], variablesOf(stage(), home.home));
});
afterAll(async () => {
  worker.child.kill('SIGTERM');
  await worker.ended;
  await home.remove();
});

/** Lines of the gauge as Prometheus reads them. */
async function gauge(): Promise<readonly string[]> {
  const answer = await fetch(`http://${address}/metrics`).catch(() => null);
  const text = (await answer?.text()) ?? '';
  return text.split('\n').filter((line) => line.startsWith('first_comment_open_incidents'));
}

test('a worker tells Prometheus the open incidents by kind and account, and 0 once they are dealt with', async () => {
  const { ad, postId } = await stage().newAd();
  const { commentId } = onlySurface(await stage().run(ad));
  if (commentId === null) throw new Error('nothing was published');
  await stage().sandbox.patch(commentId, { is_hidden: true });
  await makeLooksDue(stage(), postId);
  await until('the incident is open', async () => {
    await stage().runSweep();
    return (await stage().ledger.openIncidents()).length > 0;
  });
  const told = (number: number) =>
    until(`the gauge is ${number}`, async () => {
      if (worker.child.exitCode !== null) throw new Error(worker.output());
      const line = (await gauge()).find((each) => each.includes('foreign-hide'));
      return line?.includes('account="meta/act_100200"') && line.endsWith(` ${number}`) && line;
    });
  expect(await told(1)).toContain('kind="foreign-hide"');
  await stage().sandbox.patch(commentId, { is_hidden: false });
  await stage().run(ad);
  await told(0);
});

test('open incidents are read again only after the last reading has ended, also when the ledger could not be read', async () => {
  let [reading, most, ended] = [0, 0, 0];
  const slow = {
    async openIncidents() {
      reading += 1;
      most = Math.max(most, reading);
      // Longer than the pause between two readings.
      await sleep(20);
      reading -= 1;
      ended += 1;
      if (ended === 1) throw new Error('the ledger is away');
      return [];
    },
  };
  const watch = watchIncidents(slow, createLogger({ level: 'silent', secrets: [] }), 1);
  await until('it was read some times', async () => ended > 3);
  watch.close();
  expect(most).toBe(1);
});
