import { afterAll, beforeAll, expect, test } from 'vitest';
import { workflowIdOf } from '../../domain/ad.ts';
import { stageForThisFile } from '../helpers/stage.ts';
import { temporalAddress } from '../helpers/temporal.ts';
import { runCli, temporaryHome } from './run-cli.ts';

// What the command line says leads on to the next step, and to none that would be refused.

const stage = stageForThisFile();
let place: Awaited<ReturnType<typeof temporaryHome>>;

beforeAll(async () => {
  place = await temporaryHome();
});

afterAll(() => place.remove());

const cli = (...args: readonly string[]) =>
  runCli(args, {
    ...place.variables,
    DATABASE_URL: stage().databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress().address,
    TEMPORAL_NAMESPACE: stage().namespace,
  });

test.for(['approve', 'reject', 'resume'])('%s without a name and a reason asks for both at once', async (command) => {
  const { code, stderr } = await cli(command, 'meta/act_100200/23850000003');
  expect(code).toBe(2);
  expect(stderr).toContain("'--by <name>' and '--why <reason>' must be given");
});

test('an empty name is none', async () => {
  const { code, stderr } = await cli('approve', 'meta/act_100200/23850000003', '--by', '', '--why', 'seen');
  expect(code).toBe(2);
  expect(stderr).toContain("'--by <name>' must be given");
});

test.for(['explain', 'status'])('%s of an account that is not the brand’s says so, and advises no run', async (command) => {
  const { code, stderr } = await cli(command, 'meta/act_555/1');
  expect(code).toBe(2);
  expect(stderr).toContain('act_555 is not an account of Brightloom');
  expect(stderr).not.toContain('first-comment run');
});

test.for([['retry'], ['cancel'], ['approve', '--by', 'Mara', '--why', 'seen']])(
  '%s aimed at an account that is not the brand’s says so, and advises no run',
  async ([command = '', ...signed]) => {
    const { code, stderr } = await cli(command, 'meta/act_555/1', ...signed);
    expect(code).toBe(2);
    expect(stderr).toContain('act_555 is not an account of Brightloom');
    expect(stderr).not.toContain('first-comment run');
  },
);

test('a pause says what it covers, and the status of a run that it stops names the way to lift it', async () => {
  const { ad } = await stage().newAd();
  const paused = await cli('pause', '--scope', 'all', '--by', 'Head of Brand', '--why', 'stock is out');
  expect(paused.stdout).toMatch(/^Paused: everything \([0-9a-f-]{36}\)/);
  const [, id] = /\(([0-9a-f-]{36})\)/.exec(paused.stdout) ?? [];
  await stage().client.start(ad);
  await stage().waiting(ad, 'paused');
  const { stdout } = await cli('status', `meta/${ad.accountId}/${ad.adId}`);
  expect(stdout).toContain(`ends by  first-comment resume ${id} --by … --why …`);
  await cli('resume', id ?? '', '--by', 'Head of Brand', '--why', 'stock is back');
  const end = await stage().temporal.workflow.getHandle(workflowIdOf(ad)).result();
  expect(end).toMatchObject({ outcome: 'visible' });
});
