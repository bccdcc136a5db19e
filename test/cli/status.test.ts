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
    return (JSON.parse(stdout) as { sweeps: readonly { account: string }[] }).sweeps;
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

test('status says since when a sweep is under way, which makes none overdue before the longest time of a sweep is over', async () => {
  await stage().runSweep();
  const status = async (...more: string[]) => (await runCli(['status', ...more], { DATABASE_URL: stage().databaseUrl })).stdout;
  const swept = async () => {
    const { sweeps } = JSON.parse(await status('--json')) as { sweeps: readonly { account: string }[] };
    return sweeps.find(({ account }) => account === 'meta/act_100200');
  };
  const began = (minutes: number, ended: string) =>
    stage().rows(
      `update sweeps set begun_at = clock_timestamp() - $1 * interval '1 minute', swept_at = clock_timestamp() - $2::interval
       where account_id = 'act_100200'`,
      [minutes, ended],
    );
  await began(59, '60 minutes');
  expect(await swept()).toMatchObject({ underWaySince: expect.any(String), overdue: false });
  await began(61, '62 minutes');
  expect(await swept()).toMatchObject({ underWaySince: null, overdue: true });
  await began(61, '60 minutes');
  expect(await swept()).toMatchObject({ underWaySince: null, overdue: true });

  // The account's first sweep: none has ended yet.
  await began(20, '0 minutes');
  await stage().rows("update sweeps set swept_at = null, says = null, needs_person = null where account_id = 'act_100200'");
  const text = await status();
  const line = text
    .slice(text.indexOf('Last sweeps'))
    .split('\n')
    .find((each) => each.includes('act_100200'));
  expect(line).toMatch(/under way since 2\S+ +\S* *never .*unknown .*no$/);
});

test('commands aimed at nothing are refused with the mend, and status says which ads need a look', async () => {
  const variables = { DATABASE_URL: stage().databaseUrl };
  const signed = ['--by', 'Mara', '--why', 'a test'];
  const everything = await runCli(['pause', '--scope', 'all', '--value', 'de-DE', ...signed], variables);
  expect(everything).toMatchObject({ code: 2, stderr: expect.stringContaining('takes no --value') });
  expect(await stage().rows("select 1 from pauses where scope = 'all' and lifted_at is null")).toEqual([]);

  const stranger = await runCli(['retract', '--ad', 'meta/act_100200/23850007777', '--yes', ...signed], variables);
  expect(stranger).toMatchObject({ code: 2, stderr: expect.stringContaining('knows no ad meta/act_100200/23850007777') });
  expect(await stage().rows('select 1 from withdrawal_orders')).toEqual([]);

  const { ad } = await stage().newAd({ post: { hide_new_comments: true } });
  expect((await stage().run(ad)).outcome).toBe('hidden');
  const { stdout } = await runCli(['status'], variables);
  expect(stdout.slice(stdout.indexOf('Needs a look'), stdout.indexOf('Ended last'))).toContain(ad.adId);

  const [attempt] = (await stage().story(ad)).attempts;
  const closed = await runCli(['settle', attempt?.attemptId ?? '', '--absent', ...signed], variables);
  expect(closed).toMatchObject({ code: 2, stderr: expect.stringMatching(/is accepted as comment .*: it needs no finding/) });
});
