import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { openLedger } from '../../store/open-ledger.ts';
import { createTestDatabase, type TestDatabase } from '../helpers/postgres.ts';
import { temporalAddress } from '../helpers/temporal.ts';
import { createTestNamespace, type TestNamespace } from '../helpers/temporal-namespace.ts';
import { until } from '../helpers/until.ts';
import { quickBrand } from './quick-brand.ts';
import { runCli, type StartedCli, startCli, temporaryHome } from './run-cli.ts';

// `start` with an ad that nobody's script approves, and one in a market that somebody paused.

const PAUSED = 'meta/act_100200/23850000002';
const HELD = 'meta/act_100200/23850000003';

let place: Awaited<ReturnType<typeof temporaryHome>>;
let database: TestDatabase;
let temporal: TestNamespace;
let variables: Readonly<Record<string, string | undefined>>;
let pauseId: string;
let started: StartedCli | null = null;
const brand = quickBrand(0.25);

beforeAll(async () => {
  [place, database, temporal] = await Promise.all([temporaryHome(), createTestDatabase(), createTestNamespace()]);
  variables = {
    ...place.variables,
    FIRST_COMMENT_BRAND: brand,
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporalAddress().address,
    TEMPORAL_NAMESPACE: temporal.namespace,
  };
  const file = join(brand, 'ads.yaml');
  const { ads } = parse(readFileSync(file, 'utf8')) as { ads: { ad: string; approve?: unknown }[] };
  const few = ads.filter(({ ad }) => ad === PAUSED || ad === HELD).map(({ approve: _, ...rest }) => rest);
  writeFileSync(file, stringify({ groups: [], ads: few }));
  const ledger = await openLedger({ databaseUrl: database.url });
  const order = { kind: 'pause', scope: 'marketId', value: 'de-DE', by: 'Head of Brand', why: 'stock is out' } as const;
  pauseId = (await ledger.pause(order)).id;
  await ledger.close();
});

afterAll(async () => {
  if (started?.child.exitCode === null) started.child.kill('SIGKILL');
  await started?.ended;
  await temporal.close();
  await database.drop();
  await place.remove();
  rmSync(brand, { recursive: true, force: true });
});

test('with --once it says that a pause is in force and who has to do what, and ends when only that remains', async () => {
  const { code, stdout, stderr } = await runCli(['start', '--once', '--json'], variables);
  expect(code, stderr).toBe(1);
  expect(stderr).toContain('a pause is in force on market de-DE, by Head of Brand: stock is out');
  const [before = '', after = ''] = stderr.split('Only waits for a person remain');
  for (const part of [before, after]) {
    expect(part).toContain(`${HELD} waits for a person (awaiting-approval)`);
    expect(part).toContain(`first-comment approve ${HELD} --by … --why …`);
    expect(part).toContain(`${PAUSED} waits for a person (paused)`);
    expect(part).toContain(`first-comment resume ${pauseId} --by … --why …`);
  }
  const { waitsForPerson } = JSON.parse(stdout) as { waitsForPerson: { ad: string }[] };
  expect(waitsForPerson.map(({ ad }) => ad).sort()).toEqual([PAUSED, HELD]);
});

test('without --once it waits on; stopped, it says where its state is', async () => {
  const program = startCli(['start'], variables);
  started = program;
  await until('the waiting ad is told', async () => {
    if (program.child.exitCode !== null) throw new Error(program.output());
    return program.output().includes(`first-comment approve ${HELD}`);
  });
  program.child.kill('SIGINT');
  const { code, stderr } = await program.ended;
  expect(code).toBe(1);
  expect(stderr.match(/^stopped; .*$/gm)).toEqual([`stopped; state is kept in ${place.home}`]);
});
