import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sweepIdOf } from '../../domain/sweep-id.ts';
import { stageForThisFile } from '../helpers/stage.ts';
import { askDoctor, type Variables, variablesOf } from './ask-doctor.ts';
import { runCli } from './run-cli.ts';

// The real command line against a real Temporal server, whose schedules are made by the real `setup`.

const stage = stageForThisFile({ worker: false });
let home: string;
let variables: Variables;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'first-comment-doctor-sweeps-'));
  variables = variablesOf(stage(), home);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

beforeEach(async () => {
  const { code, stderr } = await runCli(['setup'], variables);
  expect(stderr).toBe('');
  expect(code).toBe(0);
});

const SCHEDULE = sweepIdOf({ platform: 'meta', accountId: 'act_100200' });
const schedule = () => stage().temporal.schedule.getHandle(SCHEDULE);
const sweepOf = async (accountId: string) => (await askDoctor(variables)).check(`temporal.sweeps.${accountId}`);

test('an account without its schedule is wrong, with the command that makes it; after setup each account is swept', async () => {
  await schedule().delete();
  expect(await sweepOf('act_100200')).toMatchObject({
    group: 'temporal',
    state: 'wrong',
    says: expect.stringContaining(SCHEDULE),
    mend: expect.stringContaining('first-comment setup'),
  });
  await runCli(['setup'], variables);
  const { checks } = await askDoctor(variables);
  const sweeps = checks.filter(({ id }) => id.startsWith('temporal.sweeps.'));
  expect(sweeps.map(({ id }) => id)).toEqual(stage().brand.accounts.map(({ accountId }) => `temporal.sweeps.${accountId}`));
  expect(sweeps.map(({ state }) => state)).toEqual(sweeps.map(() => 'ok'));
});

test('a schedule that somebody paused is a warning with their note and the command that lifts it', async () => {
  await schedule().pause('Mara: not tonight');
  expect(await sweepOf('act_100200')).toMatchObject({
    state: 'warning',
    says: expect.stringContaining('Mara: not tonight'),
    mend: `temporal schedule toggle --unpause --schedule-id ${SCHEDULE}`,
  });
  await schedule().unpause();
});

test('a schedule with another interval than the brand folder gives is a warning until setup has mended it', async () => {
  await schedule().update(({ spec: _, ...rest }) => ({ ...rest, spec: { intervals: [{ every: 3_600_000 }] } }));
  expect(await sweepOf('act_100200')).toMatchObject({ state: 'warning', mend: expect.stringContaining('first-comment setup') });
  await runCli(['setup'], variables);
  expect((await sweepOf('act_100200')).state).toBe('ok');
});

test('a schedule of another profile is named with whose it is', async () => {
  await schedule().update(({ action, ...rest }) => ({
    ...rest,
    action: {
      ...action,
      args: [{ platform: 'meta', accountId: 'act_100200', startedFor: { brandId: 'brightloom', profile: 'production' } }],
    },
  }));
  expect(await sweepOf('act_100200')).toMatchObject({
    state: 'wrong',
    says: expect.stringContaining('profile production'),
    mend: expect.stringContaining(`--schedule-id ${SCHEDULE}`),
  });
});

test('without a namespace or a brand folder the sweeps are not looked at, and nothing is called wrong for it', async () => {
  const without = async (changes: Variables) => (await askDoctor({ ...variables, ...changes })).checks;
  const sweepsIn = (checks: Awaited<ReturnType<typeof without>>) => checks.filter(({ id }) => id.startsWith('temporal.sweeps'));
  for (const changes of [{ TEMPORAL_NAMESPACE: 'nobodys' }, { TEMPORAL_ADDRESS: '127.0.0.1:1' }]) {
    const sweeps = sweepsIn(await without(changes));
    expect(sweeps.map(({ state }) => state)).toEqual(stage().brand.accounts.map(() => 'not-checked'));
  }
  const [folderless, ...more] = sweepsIn(await without({ FIRST_COMMENT_BRAND: home }));
  expect(more).toEqual([]);
  expect(folderless).toMatchObject({ id: 'temporal.sweeps', state: 'not-checked' });
});
