import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readStackFile, type StackFile } from '../../cli/stack-file.ts';
import { connectClient } from '../../client/index.ts';
import { query } from '../helpers/postgres.ts';
import { exampleNumbers } from './example-numbers.ts';
import { quickBrand } from './quick-brand.ts';
import { runCli, type StartedCli, startCli, temporaryHome } from './run-cli.ts';

// One stack for the whole file: what `npm start` brings up, asked as an operator would. It has few of the example's ads; all of
// them are run by the last step of `npm test`.

const BRAND = quickBrand(1);
const { runs, comments, executions } = exampleNumbers(BRAND);

const PAGES = ['4000001', '4000002', '4000003', '4000004', '4000005', '4000006'];

let place: Awaited<ReturnType<typeof temporaryHome>>;
let variables: Readonly<Record<string, string | undefined>>;
let started: StartedCli;
let stack: StackFile;

beforeAll(async () => {
  place = await temporaryHome();
  variables = { ...place.variables, FIRST_COMMENT_BRAND: BRAND };
  started = startCli(['start', '--json'], variables);
  await vi.waitUntil(() => started.output().includes('"asExpected"') || started.child.exitCode !== null, {
    timeout: 600_000,
    interval: 200,
  });
  const found = readStackFile(place.home);
  if (!found) throw new Error(`the stack did not come up:\n${started.output()}`);
  stack = found;
});

afterAll(async () => {
  if (started.child.exitCode === null) started.child.kill('SIGTERM');
  await started.ended;
  rmSync(BRAND, { recursive: true, force: true });
  await place.remove();
});

const cli = (...args: string[]) => runCli(args, variables);

test('every run ends as the example says, also that of an ad that is edited, and each comment stands once', async () => {
  const summary = JSON.parse(
    started
      .output()
      .split('\n')
      .findLast((line) => line.startsWith('{"runs"')) ?? '{}',
  );
  expect(summary).toMatchObject({ runs, asExpected: runs, published: comments, comments, duplicatesAtEnd: 0 });
});

test('the secrets occur in no history, log, database row, state file of Temporal or output', async () => {
  const { appSecret, systemUserToken } = JSON.parse(readFileSync(join(place.home, 'sandbox-secrets.json'), 'utf8'));
  const proofOf = (token: string) => createHmac('sha256', appSecret).update(token).digest('hex');
  const pageTokens = await Promise.all(
    PAGES.map(async (page) => {
      const answer = await fetch(
        `${stack.sandboxUrl}/v26.0/${page}?fields=access_token&appsecret_proof=${proofOf(systemUserToken)}`,
        {
          headers: { authorization: `Bearer ${systemUserToken}` },
        },
      );
      return ((await answer.json()) as { access_token: string }).access_token;
    }),
  );
  expect(pageTokens.every((token) => token.length > 16)).toBe(true);
  const tokens = [systemUserToken, ...pageTokens];
  const secrets = [appSecret, ...tokens, ...tokens.map(proofOf)];

  const haystacks: Record<string, string> = {
    output: started.output(),
    worker: readFileSync(join(place.home, 'worker.log'), 'utf8'),
  };
  const { client, close } = await connectClient({ address: stack.temporalAddress, namespace: stack.temporalNamespace });
  for await (const execution of client.workflow.list()) {
    const handle = client.workflow.getHandle(execution.workflowId, execution.runId);
    haystacks[`history of ${execution.workflowId}`] = historyToJSON(await handle.fetchHistory());
  }
  await close();
  const tables = await query<{ name: string }>(
    stack.databaseUrl,
    `select table_name as name from information_schema.tables where table_schema = 'public'`,
  );
  for (const { name } of tables) {
    const [row] = await query<{ all: string | null }>(
      stack.databaseUrl,
      `select json_agg(each)::text as all from "${name}" as each`,
    );
    haystacks[`table ${name}`] = row?.all ?? '';
  }
  for (const file of readdirSync(join(place.home, 'temporal'))) {
    haystacks[`temporal/${file}`] = readFileSync(join(place.home, 'temporal', file), 'latin1');
  }

  expect(Object.keys(haystacks).filter((name) => name.startsWith('history of')).length).toBeGreaterThanOrEqual(runs);
  expect(haystacks['table attempts']).toContain('first-comment-de-de');
  const leaks = Object.entries(haystacks).flatMap(([name, text]) =>
    secrets.some((secret) => text.includes(secret)) ? [name] : [],
  );
  expect(leaks).toEqual([]);
});

test('explain tells the story from the ledger, with approval, verdicts and both records', async () => {
  const { code, stdout } = await cli('explain', 'meta/act_100200/23850000003');
  expect(code).toBe(0);
  expect(stdout).toContain('approved by Social Lead Italy, Brightloom');
  expect(stdout).toContain('first-in-thread');
  expect(stdout).toMatch(/activity: .*accepted/);
  expect(stdout).toMatch(/workflow: .*accepted/);
});

test('status without an ad shows the system, as JSON for machines', async () => {
  const { code, stdout } = await cli('status', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ runs: { running: 0, ended: executions }, pauses: [] });
});

test('run on an ad that was commented publishes nothing and ends visible', async () => {
  const { code, stdout } = await cli('run', 'meta/act_100200/23850000002', '--json');
  expect(code).toBe(0);
  const state = JSON.parse(stdout);
  expect(state.outcome).toBe('visible');
  expect(state.surfaces[0].publishedNow).toBe(false);
});

test('an ad that the platform does not know ends as not-commentable, with what to do', async () => {
  const { code, stdout } = await cli('run', 'meta/act_100200/999', '--json');
  expect(code).toBe(1);
  const state = JSON.parse(stdout);
  expect(state.outcome).toBe('not-commentable');
  expect(state.says).toContain('999');
});

test('a foreign account is refused before anything is started', async () => {
  const { code, stderr } = await cli('run', 'meta/act_555/23850000001');
  expect(code).toBe(2);
  expect(stderr).toContain('act_555 is not an account of Brightloom');
  expect(stderr).toContain('brand.yaml');
});

test('approve is refused when the run holds nothing', async () => {
  const { code, stderr } = await cli('approve', 'meta/act_100200/23850000001', '--by', 'Head of Brand', '--why', 'seen');
  expect(code).toBe(2);
  expect(stderr).toContain('The run of meta/act_100200/23850000001 has ended; it holds nothing');
});

test('a pause stops publishing in its scope, shows in status, and resume lifts it', async () => {
  const paused = await cli(
    'pause',
    '--scope',
    'market',
    '--value',
    'de-DE',
    '--by',
    'Head of Brand',
    '--why',
    'stock is out',
    '--json',
  );
  expect(paused.code).toBe(0);
  const { pause, inFlight } = JSON.parse(paused.stdout);
  expect(inFlight).toEqual([]);
  expect(JSON.parse((await cli('status', '--json')).stdout).pauses).toMatchObject([
    { id: pause, scope: 'market', value: 'de-DE', why: 'stock is out' },
  ]);
  const resumed = await cli('resume', pause, '--by', 'Head of Brand', '--why', 'stock is back');
  expect(resumed.code).toBe(0);
  expect(JSON.parse((await cli('status', '--json')).stdout).pauses).toEqual([]);
});

test('pause wants to know which one, and resume and settle name what they do not know', async () => {
  const typo = await cli('pause', '--scope', 'market', '--value', 'it-ITT', '--by', 'Head of Brand', '--why', 'stock is out');
  expect(typo).toMatchObject({ code: 2, stderr: expect.stringMatching(/no market "it-ITT".*it-IT/) });
  const vague = await cli('pause', '--scope', 'market', '--by', 'Head of Brand', '--why', 'stock is out');
  expect(vague).toMatchObject({ code: 2, stderr: expect.stringContaining('Which market?') });
  const unknown = '00000000-0000-4000-8000-000000000000';
  const resume = await cli('resume', unknown, '--by', 'Head of Brand', '--why', 'looked');
  expect(resume).toMatchObject({ code: 2, stderr: expect.stringContaining(unknown) });
  const settle = await cli('settle', unknown, '--absent', '--by', 'Head of Brand', '--why', 'looked');
  expect(settle).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no attempt') });
  // Nothing of this may have tripped the breaker that guards against a restored ledger.
  expect(JSON.parse((await cli('status', '--json')).stdout).pauses).toEqual([]);
});

test('a question about an ad that never ran says how to start one', async () => {
  const status = await cli('status', 'meta/act_100200/4711');
  expect(status.code).toBe(2);
  expect(status.stderr).toContain('first-comment run meta/act_100200/4711');
  const explain = await cli('explain', 'meta/act_100200/4711');
  expect(explain.code).toBe(2);
  expect(explain.stderr).toContain('first-comment run meta/act_100200/4711');
});

test('a second start beside the first shares what is up, publishes nothing, and leaves it running', async () => {
  const { code, stdout } = await cli('start', '--once', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({ asExpected: runs, published: 0 });
  const again = await cli('status', '--json');
  expect(again.code).toBe(0);
});

test('a kill of the whole program loses nothing: the next start takes over what it left and publishes nothing', async () => {
  started.child.kill('SIGKILL');
  await started.ended;
  const next = await cli('start', '--once', '--json');
  expect(next.code).toBe(0);
  expect(JSON.parse(next.stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
    asExpected: runs,
    published: 0,
    comments,
    duplicatesAtEnd: 0,
  });
  // It stopped what it took over: nobody listens any more.
  await expect(fetch(`${stack.sandboxUrl}/control/health`)).rejects.toThrow();
  await expect(connectClient({ address: stack.temporalAddress })).rejects.toThrow(stack.temporalAddress);
});
