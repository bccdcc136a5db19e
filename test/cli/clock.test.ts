import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { expectOneComment } from '../helpers/expectations.ts';
import { onlySurface, SECRETS, stageForThisFile } from '../helpers/stage.ts';
import { temporalAddress } from '../helpers/temporal.ts';
import { until } from '../helpers/until.ts';
import { startCli, temporaryHome } from './run-cli.ts';

/** The worker is the real program in a process of its own, so that only its clock is wrong: not the platform's, nor the database's. */
const stage = stageForThisFile({ worker: false });

const TEN_MINUTES_MS = 600_000;
const PRELOAD = pathToFileURL(new URL('./jumping-clock.mjs', import.meta.url).pathname).href;

test.for([
  { jumpMs: -TEN_MINUTES_MS, everyMs: 3_600_000, what: 'is ten minutes slow' },
  { jumpMs: TEN_MINUTES_MS, everyMs: 3_600_000, what: 'is ten minutes fast' },
  { jumpMs: -TEN_MINUTES_MS, everyMs: 350, what: 'jumps ten minutes back and forth' },
  { jumpMs: TEN_MINUTES_MS, everyMs: 350, what: 'jumps ten minutes forth and back' },
])('a worker whose clock $what publishes once, also after an answer that was lost', async ({ jumpMs, everyMs }) => {
  const { variables, remove } = await temporaryHome();
  const worker = startCli(['worker'], {
    ...variables,
    DATABASE_URL: stage().databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress().address,
    TEMPORAL_NAMESPACE: stage().namespace,
    FIRST_COMMENT_SANDBOX_URL: stage().sandbox.url,
    FC_SANDBOX_APP_SECRET: SECRETS.appSecret,
    FC_SANDBOX_SYSTEM_USER_TOKEN: SECRETS.systemUserToken,
    NODE_OPTIONS: `--import=${PRELOAD}`,
    JUMP_MS: String(jumpMs),
    EVERY_MS: String(everyMs),
  });
  try {
    const { ad, postId } = await stage().newAd();
    const end = await stage().run(ad);
    expect(end.outcome).toBe('visible');
    await expectOneComment(stage(), postId, onlySurface(end).text);
    const [attempt] = (await stage().story(ad)).attempts;
    expect(attempt?.result?.kind).toBe('accepted');

    const lost = await stage().newAd();
    await stage().sandbox.fault({ fault: 'cut-after', match: { method: 'POST', objectId: lost.postId } });
    await stage().client.start(lost.ad);
    const { wait } = onlySurface(await stage().waiting(lost.ad, 'settling'));
    // Settling counts by the database's clock: 137 s after the gate, whatever the worker's clock says.
    const { attempts } = await stage().story(lost.ad);
    const gateAt = Date.parse(attempts[0]?.at ?? '');
    const untilSettled = Date.parse(wait?.until ?? '') - gateAt;
    expect(untilSettled).toBeGreaterThan(130_000);
    expect(untilSettled).toBeLessThan(160_000);
    await stage().temporal.workflow.getHandle(`first-comment/meta/${lost.ad.accountId}/${lost.ad.adId}`).terminate('test over');
  } finally {
    worker.child.kill('SIGTERM');
    await until('the worker has stopped', async () => worker.child.exitCode !== null || worker.child.signalCode !== null);
    await remove();
  }
});
