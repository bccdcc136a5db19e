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

test('status says whose sweep is overdue: none begun for three intervals, or none ever though ads are known', async () => {
  await stage().sandbox.patchToken({ invalid_subcode: null });
  // A run surveys all accounts of the brand.
  const { ad } = await stage().newAd();
  await stage().run(ad);
  await stage().runSweep();
  const sweepsOf = async (variables: Readonly<Record<string, string>> = {}) => {
    const { code, stdout } = await runCli(['status', '--json'], { DATABASE_URL: stage().databaseUrl, ...variables });
    expect(code).toBe(0);
    return (JSON.parse(stdout) as { sweeps: readonly { account: string; begunAt: string | null; overdue: boolean | null }[] })
      .sweeps;
  };
  const began = (intervals: number) =>
    stage().rows("update sweeps set begun_at = clock_timestamp() - $1 * interval '1 minute' where account_id = 'act_100200'", [
      intervals,
    ]);
  const SWEPT = { account: 'meta/act_100200', begunAt: expect.any(String) };
  const NEVER = { account: 'meta/act_100300', begunAt: null, overdue: true };
  await began(2.5);
  expect(await sweepsOf()).toMatchObject([{ ...SWEPT, overdue: false }, NEVER]);
  await began(3.5);
  expect(await sweepsOf()).toMatchObject([{ ...SWEPT, overdue: true }, NEVER]);
  // Whoever edits the brand folder just now is answered all the same.
  const unknown = { overdue: null };
  expect(await sweepsOf({ FIRST_COMMENT_BRAND: 'no-such-folder' })).toMatchObject([unknown, unknown]);

  const { stdout } = await runCli(['status'], { DATABASE_URL: stage().databaseUrl });
  const lines = stdout.slice(stdout.indexOf('Last sweeps')).split('\n');
  expect(lines.find((line) => line.includes('act_100200'))).toMatch(/yes: first-comment doctor$/);
  expect(lines.find((line) => line.includes('act_100300'))).toMatch(/never .*yes: first-comment doctor$/);
});
