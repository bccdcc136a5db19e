import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureSweeps } from '../../client/sweep-schedule.ts';
import { sweepIdOf } from '../../domain/sweep-id.ts';
import { createTestNamespace } from '../helpers/temporal-namespace.ts';

const SERVED = { brandId: 'brightloom', profile: 'sandbox' };
const ACCOUNTS = [
  { platform: 'meta', accountId: 'act_1' },
  { platform: 'meta', accountId: 'act_2' },
] as const;
const HOUR = 3_600_000;

let temporal: Awaited<ReturnType<typeof createTestNamespace>>;
beforeAll(async () => {
  temporal = await createTestNamespace();
});
afterAll(() => temporal.close());

const ensure = (served = SERVED, everyMs = HOUR) => ensureSweeps(temporal.client, served, ACCOUNTS, everyMs);
const didOf = (ensured: Awaited<ReturnType<typeof ensure>>) => ensured.map(({ did }) => did);
const handle = () => temporal.client.schedule.getHandle(sweepIdOf(ACCOUNTS[0]));

test('the schedules of the sweeps are created once, kept, and brought up to date', async () => {
  expect(didOf(await ensure())).toEqual(['created', 'created']);
  expect(didOf(await ensure())).toEqual(['kept', 'kept']);
  const { spec, policies, action } = await handle().describe();
  expect(spec.intervals).toMatchObject([{ every: HOUR }]);
  expect(policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 10_000 });
  expect(action).toMatchObject({ workflowType: 'sweep', args: [{ platform: 'meta', accountId: 'act_1', startedFor: SERVED }] });

  expect(didOf(await ensure(SERVED, 2 * HOUR))).toEqual(['updated', 'updated']);
  expect((await handle().describe()).spec.intervals).toMatchObject([{ every: 2 * HOUR }]);
  expect(didOf(await ensure(SERVED, 2 * HOUR))).toEqual(['kept', 'kept']);
});

test('a schedule that somebody made by hand, without most of what is ours to decide, is brought up to date', async () => {
  await ensure();
  await handle().update(({ spec: _, policies: __, ...rest }) => ({
    ...rest,
    spec: { calendars: [{ hour: 3 }] },
  }));
  expect(didOf(await ensure())[0]).toBe('updated');
  expect((await handle().describe()).spec.intervals).toMatchObject([{ every: HOUR }]);
});

test('two workers that start at once create each of them once', async () => {
  await ensure();
  await handle().delete();
  const both = await Promise.all([ensure(), ensure()]);
  expect(both.flatMap(didOf).filter((did) => did === 'created')).toHaveLength(1);
});

test('a pause that somebody set on a schedule outlasts an update', async () => {
  await ensure();
  await handle().pause('Mara: not tonight');
  expect(didOf(await ensure(SERVED, 3 * HOUR))[0]).toBe('updated');
  expect((await handle().describe()).state).toMatchObject({ paused: true, note: 'Mara: not tonight' });
});

test('the schedule of another brand or profile is left as it is', async () => {
  await ensure();
  const other = { brandId: 'brightloom', profile: 'production' };
  const ensured = await ensure(other, 5 * HOUR);
  expect(didOf(ensured)).toEqual(['left-to-another', 'left-to-another']);
  expect(ensured[0]?.says).toContain('profile sandbox');
  expect((await handle().describe()).action).toMatchObject({ args: [{ startedFor: SERVED }] });
});
