import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readTemporalRecord } from '../../cli/local/temporal-record.ts';
import { readStackFile } from '../../cli/stack-file.ts';
import { startEmbeddedPostgres } from '../../store/embedded/start-embedded-postgres.ts';
import { query } from '../helpers/postgres.ts';
import { sandboxControl } from '../helpers/sandbox-control.ts';
import { until } from '../helpers/until.ts';
import { exampleNumbers } from './example-numbers.ts';
import { quickBrand } from './quick-brand.ts';
import { runCli, type StartedCli, startCli, temporaryHome } from './run-cli.ts';

// kill -9 in the midst of the example's runs, through the program itself: nothing is lost, nothing is written twice.

/** Shortens the waits for a platform that may still act; the run of a kill in the worst moment takes a minute. */
const TIMING_SCALE = 0.25;
const MINUTES = 60_000;

let place: Awaited<ReturnType<typeof temporaryHome>>;
let variables: Readonly<Record<string, string | undefined>>;
let brand: string;
const started: StartedCli[] = [];

beforeEach(async () => {
  place = await temporaryHome();
  brand = quickBrand(TIMING_SCALE);
  variables = { ...place.variables, FIRST_COMMENT_BRAND: brand };
});

afterEach(async () => {
  for (const { child } of started) if (child.exitCode === null) child.kill('SIGTERM');
  await Promise.all(started.splice(0).map(({ ended }) => ended));
  rmSync(brand, { recursive: true, force: true });
  await place.remove();
});

function begin(...args: readonly string[]): StartedCli {
  const each = startCli(args, variables);
  started.push(each);
  return each;
}

async function shows(program: StartedCli, what: string | RegExp): Promise<void> {
  const shown = () => program.output().search(what) >= 0;
  // Longer than an attempt takes to settle.
  await vi.waitUntil(() => shown() || program.child.exitCode !== null, { timeout: 10 * MINUTES, interval: 50 });
  if (!shown()) throw new Error(`it ended without showing ${what}:\n${program.output()}`);
}

/** Attempts of which the ledger does not know what became of them. */
async function openAttempts(): Promise<readonly { attempt_id: string; surface_id: string }[]> {
  const stack = readStackFile(place.home);
  if (!stack) throw new Error('nothing is up');
  return query(
    stack.databaseUrl,
    "select attempt_id, surface_id from attempts where result_kind is null or result_kind = 'unknown'",
  );
}

/** As a person would: nothing can prove that a comment is absent on Instagram, so they look and say what they found. */
async function settleByHand(): Promise<void> {
  const platform = sandboxControl(`http://127.0.0.1:${variables.FIRST_COMMENT_SANDBOX_PORT}`);
  for (const { attempt_id, surface_id } of await openAttempts()) {
    expect((await platform.truth(surface_id)).everCreated).toBe(0);
    const found = await runCli(['settle', attempt_id, '--absent', '--by', 'Social Lead', '--why', 'looked'], variables);
    expect(found.code, found.stderr).toBe(0);
  }
}

/** All of the example stands at the end, and the platform's own log shows no surface with two creations. */
async function expectWholeExample(): Promise<void> {
  const { runs, comments } = exampleNumbers(brand);
  const end = await runCli(['start', '--once', '--json'], variables);
  const summary = JSON.parse(end.stdout.trim().split('\n').at(-1) ?? '');
  expect(summary, end.stderr).toMatchObject({ runs, asExpected: runs, comments, duplicatesAtEnd: 0 });
  expect(end.code).toBe(0);
  const platform = begin('sandbox');
  await shows(platform, '/feed');
  const answer = await fetch(`http://127.0.0.1:${variables.FIRST_COMMENT_SANDBOX_PORT}/control/truth`);
  const { surfaces } = (await answer.json()) as { surfaces: readonly { everCreated: number; objectId: string }[] };
  expect(surfaces.filter(({ everCreated }) => everCreated > 1)).toEqual([]);
  expect(surfaces.filter(({ everCreated }) => everCreated === 1)).toHaveLength(comments);
}

/** The program alone, or also the servers that it started: as when the machine loses its power. */
async function kill(program: StartedCli, what: 'program' | 'everything'): Promise<void> {
  const servers: number[] = [];
  if (what === 'everything') {
    const record = readTemporalRecord(join(place.home, 'temporal'));
    const postgres = await startEmbeddedPostgres({ dataDir: join(place.home, 'postgres') });
    if (!record) throw new Error('no Temporal server is up');
    servers.push(record.server.pid, postgres.serverPid);
  }
  program.child.kill('SIGKILL');
  for (const pid of servers) process.kill(pid, 'SIGKILL');
  await program.ended;
}

test('kills while ads are validated, published and verified, the last with all servers, lose and repeat nothing', async () => {
  for (const [stage, what] of [
    [/ validate/, 'program'],
    [/ publish/, 'program'],
    [/ verify/, 'everything'],
  ] as const) {
    const program = begin('start', '--json');
    await shows(program, stage);
    await kill(program, what);
  }
  const program = begin('start', '--json');
  await shows(program, 'Everything stays up');
  await settleByHand();
  program.child.kill('SIGINT');
  await program.ended;
  await expectWholeExample();
});

test('a kill between a publish request and its answer, whether it landed or not, is settled by the next start', async () => {
  // On its own, so that it outlives the program as a platform does.
  const platform = begin('sandbox');
  await shows(platform, '/feed');
  const sandbox = sandboxControl(`http://127.0.0.1:${variables.FIRST_COMMENT_SANDBOX_PORT}`);
  const [landed, lost] = ['4000001_5500001', '4000002_5500002'];
  await sandbox.fault({ fault: 'hang-after', ms: 60_000, match: { method: 'POST', objectId: landed } });
  await sandbox.fault({ fault: 'hang-before', ms: 60_000, match: { method: 'POST', objectId: lost } });
  const program = begin('start', '--json');
  await until('both requests hang', async () => {
    if (program.child.exitCode !== null) throw new Error(program.output());
    const reached = (await openAttempts()).map(({ surface_id }) => surface_id);
    return reached.includes(lost) && (await sandbox.truth(landed)).everCreated === 1;
  });
  await kill(program, 'program');
  await sandbox.clearFaults();
  await expectWholeExample();
});
