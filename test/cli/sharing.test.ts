import { afterAll, beforeAll, expect, test } from 'vitest';
import { isListening } from '../../cli/local/ports.ts';
import { readStackFile } from '../../cli/stack-file.ts';
import { until } from '../helpers/until.ts';
import { runCli, type StartedCli, startCli, temporaryHome } from './run-cli.ts';

// Two starts in one checkout, in two terminals: whichever ends first, the other goes on.

let place: Awaited<ReturnType<typeof temporaryHome>>;
let variables: Readonly<Record<string, string | undefined>>;
const started: StartedCli[] = [];

beforeAll(async () => {
  place = await temporaryHome();
  // Also where each start may take any free port there is one sandbox: two would write the same state.
  variables = { ...place.variables, FIRST_COMMENT_SANDBOX_PORT: '0' };
});

afterAll(async () => {
  for (const { child } of started) if (child.exitCode === null) child.kill('SIGTERM');
  await Promise.all(started.map(({ ended }) => ended));
  await place.remove();
});

async function startAndWait(): Promise<StartedCli> {
  const each = startCli(['start', '--json'], variables);
  started.push(each);
  await until('the example has run', async () => {
    if (each.child.exitCode !== null) throw new Error(each.output());
    return each.output().includes('Everything stays up');
  });
  return each;
}

test('the first of two starts may end: the second keeps database, Temporal, sandbox and their addresses, and stops them at last', async () => {
  const first = await startAndWait();
  const second = await startAndWait();
  expect(second.output()).toContain('already serves');

  first.child.kill('SIGINT');
  expect((await first.ended).code).toBe(0);
  const stack = await until('the addresses are those of the second start', async () => {
    const found = readStackFile(place.home);
    return found?.owner.pid === second.child.pid && found;
  });
  await until('the second start serves the sandbox', async () => second.output().includes('this one serves it now'));

  const status = await runCli(['status', '--json'], variables);
  expect(status).toMatchObject({ code: 0, stderr: '' });
  const run = await runCli(['run', 'meta/act_100200/23850000002', '--json'], variables);
  expect(run.code, run.stderr).toBe(0);
  const { outcome, surfaces } = JSON.parse(run.stdout);
  expect(outcome).toBe('visible');
  expect(surfaces).toMatchObject([{ publishedNow: false }]);

  second.child.kill('SIGINT');
  expect((await second.ended).code).toBe(0);
  const ports = [stack.databaseUrl, `http://${stack.temporalAddress}`, stack.sandboxUrl].map((url) => Number(new URL(url).port));
  expect(await Promise.all(ports.map((port) => isListening(port)))).toEqual([false, false, false]);
  expect(readStackFile(place.home)).toBeNull();
});
