import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepStackFile } from '../../cli/stack-file.ts';
import { runCli, temporaryHome } from './run-cli.ts';

// Something is up here for one brand and profile, and a command is meant for another: it must not reach the wrong ledger or worker.

let place: Awaited<ReturnType<typeof temporaryHome>>;
let acme: string;
let removeStack: () => void;

beforeAll(async () => {
  place = await temporaryHome();
  acme = join(place.home, 'acme');
  cpSync('examples/brightloom', acme, { recursive: true });
  const brand = join(acme, 'brand.yaml');
  writeFileSync(brand, readFileSync(brand, 'utf8').replace('id: brightloom', 'id: acme'));
  removeStack = keepStackFile(place.home, {
    brandFolder: resolve('examples/brightloom'),
    brandId: 'brightloom',
    profile: 'sandbox',
    databaseUrl: 'postgres://nobody@127.0.0.1:1/ledger',
    temporalAddress: '127.0.0.1:1',
    temporalNamespace: 'default',
    temporalUi: null,
    sandboxUrl: 'http://127.0.0.1:1',
  });
});

afterAll(async () => {
  removeStack();
  await place.remove();
});

const AD = 'meta/act_100200/23850000004';

test.for([
  ['run', AD, '--no-wait'],
  ['status'],
  ['status', AD],
  ['explain', AD],
  ['retry', AD],
  ['approve', AD, '--by', 'M', '--why', 'fine'],
  ['start', '--once'],
])('%s for another brand than the stack’s is refused at once, and names both', async (args) => {
  const { code, stderr } = await runCli(args, { ...place.variables, FIRST_COMMENT_BRAND: acme });
  expect(code, stderr).toBe(2);
  expect(stderr).toContain('serves brand brightloom with profile sandbox; this command is for brand acme with profile sandbox');
  expect(stderr).toContain(`FIRST_COMMENT_BRAND=${resolve('examples/brightloom')}`);
});

test('a command for another profile than the stack’s is refused at once', async () => {
  const { code, stderr } = await runCli(['run', AD, '--no-wait'], { ...place.variables, FIRST_COMMENT_PROFILE: 'production' });
  expect(code).toBe(2);
  expect(stderr).toContain('this command is for brand brightloom with profile production');
});

test('a command for the stack’s own brand and profile uses its servers', async () => {
  const { code, stderr } = await runCli(['status'], place.variables);
  expect(code).toBe(2);
  expect(stderr).toContain('127.0.0.1:1/ledger');
});

test('servers that the environment names are not the stack’s: nothing is compared', async () => {
  const { code, stderr } = await runCli(['status', AD], {
    ...place.variables,
    FIRST_COMMENT_BRAND: acme,
    TEMPORAL_ADDRESS: '127.0.0.1:2',
  });
  expect(code).toBe(2);
  expect(stderr).toContain('127.0.0.1:2');
});
