import { afterAll, beforeAll, expect, test } from 'vitest';
import { stageForThisFile } from '../helpers/stage.ts';
import { temporalAddress } from '../helpers/temporal.ts';
import { runCli, temporaryHome } from './run-cli.ts';

const stage = stageForThisFile();
const SAID = ['--by', 'Ops', '--why', 'the disk is gone'];

let place: Awaited<ReturnType<typeof temporaryHome>>;

beforeAll(async () => {
  place = await temporaryHome();
});

afterAll(() => place.remove());

const restored = (args: readonly string[], variables: Readonly<Record<string, string>> = {}) =>
  runCli(['ledger', 'restored', ...args], {
    ...place.variables,
    DATABASE_URL: stage().databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress().address,
    TEMPORAL_NAMESPACE: stage().namespace,
    ...variables,
  });

test('ledger restored closes everything, tells the running runs, and says in order what a person does next', async () => {
  await stage().ledger.pause({ kind: 'pause', scope: 'marketId', value: 'fr-FR', by: 'Mara', why: 'stock' });
  await stage().ledger.orderWithdrawal({ criteria: { marketId: 'pt-PT' }, by: 'Legal', why: 'recall' });
  const { ad } = await stage().newAd({ market: 'it-IT', on: ['instagram'], strangers: 1 });
  await stage().client.start(ad);
  await stage().waiting(ad, 'awaiting-approval');

  const { code, stdout, stderr } = await restored(['--from', '2026-11-27T10:00Z', ...SAID]);
  expect(code, stderr).toBe(0);
  const [breaker] = (await stage().ledger.readOverview()).pauses.filter(({ kind }) => kind === 'breaker');
  expect(stdout).toContain(`Generation 2 of the ledger begins. Nothing is published (pause ${breaker?.id}).`);
  for (const shown of [
    /1 running run\(s\) were told/,
    /pause of market fr-FR by Mara: stock/,
    /withdrawal of market pt-PT by Legal: recall/,
  ]) {
    expect(stdout).toMatch(shown);
  }
  expect(stdout).toMatch(/ordered after 2026-11-27T10:00:00\.000Z is lost.*1\. Enter anew.*2\. Lift.*3\. first-comment resume/s);

  const again = await restored(['--from', '2026-11-27', ...SAID, '--json'], { TEMPORAL_ADDRESS: '127.0.0.1:1' });
  expect(again.code, again.stderr).toBe(0);
  expect(JSON.parse(again.stdout)).toMatchObject({
    generation: 3,
    pause: breaker?.id,
    told: null,
    pauses: [{ value: 'fr-FR' }],
    withdrawals: [{ covers: 'market pt-PT' }],
  });
});

test.for([
  [['--from', 'this morning', ...SAID], /no time for --from.*2026-11-27T10:00Z/],
  [['--from', '2126-01-01', ...SAID], /still to come/],
  [SAID, /--from/],
  [['--from', '2026-11-27T10:00Z', '--by', 'Ops'], /--why/],
] as const)('%j is refused, and nothing changes', async ([args, says]) => {
  const before = await stage().ledger.generation();
  const { code, stderr } = await restored(args);
  expect(code).toBe(2);
  expect(stderr).toMatch(says);
  expect(await stage().ledger.generation()).toBe(before);
});
