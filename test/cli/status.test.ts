import { expect, test } from 'vitest';
import { stageForThisFile } from '../helpers/stage.ts';
import { landLate, makeLooksDue } from '../sweep/scene.ts';
import { runCli } from './run-cli.ts';

const stage = stageForThisFile({ timing: { selfWakeMs: 3_000_000, looksMs: [3_600_000] } });

test('status tells what sweeps did, what happened, and for each wait what ends it', async () => {
  const { ad, postId } = await stage().newAd();
  await stage().run(ad);
  await landLate(stage(), postId);
  await makeLooksDue(stage(), postId);
  await stage().runSweep();
  const waiting = await stage().newAd();
  await stage().sandbox.patchToken({ invalid_subcode: 463 });
  await stage().client.start(waiting.ad);
  await stage().waiting(waiting.ad, 'awaiting-credentials');
  await stage().runSweep();

  const { code, stdout } = await runCli(['status'], { DATABASE_URL: stage().databaseUrl });
  expect(code).toBe(0);
  const line = (word: string) => stdout.split('\n').find((each) => each.includes(word)) ?? '';
  expect(line('awaiting-credentials')).toContain('first-comment doctor');
  expect(line('second-comment')).toContain(postId);
  expect(stdout).toMatch(/Tokens tried\n[\s\S]*meta\/act_100200[\s\S]*\bno\b/);
  expect(stdout).toMatch(/Last sweeps\n[\s\S]*meta\/act_100200/);
});
