import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { freePort } from '../../cli/local/ports.ts';
import { serveHealth } from '../../worker/health.ts';
import type { RunningWorker } from '../../worker/worker.ts';
import { createEmptyDatabase, createTestDatabase, query } from '../helpers/postgres.ts';
import { SECRETS, stageForThisFile } from '../helpers/stage.ts';
import { createTestNamespace } from '../helpers/temporal-namespace.ts';
import { until } from '../helpers/until.ts';
import { askDoctor, type Diagnosis, type Variables, variablesOf } from './ask-doctor.ts';
import { runCli } from './run-cli.ts';

// The real command line against a real Temporal, Postgres and sandbox, with one thing out of place at a time.

const stage = stageForThisFile({ worker: false });
let worker: RunningWorker;
let home: string;
let variables: Variables;
const outputs: string[] = [];

beforeAll(async () => {
  worker = await stage().startWorker();
  home = mkdtempSync(join(tmpdir(), 'first-comment-doctor-'));
  variables = variablesOf(stage(), home);
  await runCli(['setup'], variables);
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

afterEach(async () => {
  await stage().sandbox.patchToken({ invalid_subcode: null, scopes: SCOPES, pages: 'all' });
  await stage().sandbox.clearFaults();
});

const SCOPES = [
  'ads_read',
  'pages_show_list',
  'pages_read_engagement',
  'pages_read_user_content',
  'pages_manage_engagement',
  'instagram_basic',
  'instagram_manage_comments',
];

async function ask(changes: Variables = {}, args?: readonly string[]): Promise<Diagnosis> {
  const diagnosis = await askDoctor({ ...variables, ...changes }, args);
  outputs.push(diagnosis.output);
  return diagnosis;
}

test('finds nothing wrong where everything is in place, priorities and fairness acting, and leaves no probe behind', async () => {
  const { code, complaints, check, checks } = await ask({}, []);
  // Two texts of the example wait for their approval on purpose.
  expect(complaints).toEqual(['config.approvals']);
  expect(check('config.approvals')).toMatchObject({
    state: 'warning',
    says: expect.stringMatching(/^2 of \d+ texts have no approval/),
  });
  expect(check('database.approvals').state).toBe('ok');
  expect(code).toBe(0);
  expect(check('temporal.priorities')).toMatchObject({ state: 'ok', group: 'temporal', mend: null });
  expect(check('temporal.fairness').state).toBe('ok');
  expect(check('identities.4000002.role').says).toContain('MODERATE and CREATE_CONTENT');
  expect(check('accounts.act_100200').says).toContain('EUR, time zone Europe/Berlin');
  expect(Object.keys(checks[0] ?? {}).sort()).toEqual(['group', 'id', 'mend', 'says', 'state']);
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
  await until('the probes are deleted', async () => {
    const { count } = await stage().temporal.workflow.count("WorkflowType = 'firstCommentDoctorProbe'");
    return count === 0;
  });
});

test('a dead token is named with its code, and nothing that hangs on it is called wrong', async () => {
  await stage().sandbox.patchToken({ invalid_subcode: 463 });
  const { code, check, complaints } = await ask();
  expect(code).toBe(1);
  expect(check('credentials.token')).toMatchObject({ state: 'wrong', says: expect.stringContaining('190/463') });
  expect(complaints).toEqual(['config.approvals', 'credentials.token']);
  expect(check('identities.4000001.token').state).toBe('not-checked');
});

test('a permission that is missing is named with the verbs that need it, one that opens messages with the wall', async () => {
  const without = SCOPES.filter((scope) => scope !== 'pages_manage_engagement');
  await stage().sandbox.patchToken({ scopes: [...without, 'pages_messaging', 'catalog_management'] });
  const { code, check } = await ask();
  expect(code).toBe(1);
  expect(check('credentials.rights-needed')).toMatchObject({
    state: 'wrong',
    says: expect.stringContaining('pages_manage_engagement (comment on a Facebook post'),
    mend: expect.stringContaining('pages_manage_engagement'),
  });
  const beyond = check('credentials.rights-beyond');
  expect(beyond).toMatchObject({ state: 'warning', says: expect.stringContaining('pages_messaging') });
  expect(beyond.mend).toContain('catalog_management');
});

test('an app secret of another app is told from a dead token', async () => {
  const { check } = await ask({ FC_SANDBOX_APP_SECRET: 'the-secret-of-another-app' });
  expect(check('credentials.proof').state).toBe('wrong');
  expect(check('credentials.token').says).not.toContain('refused too');
});

test('a Page without a task, one that is not assigned, one that is unpublished and one with another name are told apart', async () => {
  const all = ['MODERATE', 'CREATE_CONTENT', 'ANALYZE'];
  const pages = ['4000001', '4000002', '4000003', '4000004', '4000005'].map((id) => ({ id, tasks: all }));
  await stage().sandbox.patchToken({
    pages: pages.map((page) => (page.id === '4000002' ? { ...page, tasks: ['ANALYZE'] } : page)),
  });
  await stage().sandbox.patch('4000003', { is_published: false });
  await stage().sandbox.patch('4000004', { name: 'Brightloom Italia (old)' });
  onTestFinished(async () => {
    await stage().sandbox.patch('4000003', { is_published: true });
    await stage().sandbox.patch('4000004', { name: 'Brightloom Italia' });
  });
  const { code, check } = await ask();
  expect(code).toBe(1);
  expect(check('identities.4000002.role')).toMatchObject({
    state: 'wrong',
    says: expect.stringMatching(/without MODERATE and CREATE_CONTENT/),
  });
  expect(check('identities.4000006.role').says).toContain('not assigned');
  expect(check('identities.4000006.token').state).toBe('wrong');
  expect(check('identities.4000003.published').state).toBe('wrong');
  expect(check('identities.4000004.name')).toMatchObject({ state: 'warning', says: expect.stringContaining('(old)') });
  expect(check('identities.4000001.role').state).toBe('ok');
});

test('an Instagram account that its Page is not linked to is named with the one that is', async () => {
  await stage().sandbox.patch('4000005', { instagram_business_account: '17840000006' });
  onTestFinished(() => stage().sandbox.patch('4000005', { instagram_business_account: '17840000005' }));
  const { check } = await ask();
  expect(check('identities.17840000005.linked')).toMatchObject({ state: 'wrong', says: expect.stringContaining('17840000006') });
});

test('an ad account that is disabled or not ours to read is named', async () => {
  await stage().sandbox.patch('act_100200', { account_status: 2 });
  onTestFinished(() => stage().sandbox.patch('act_100200', { account_status: 1 }));
  expect((await ask()).check('accounts.act_100200')).toMatchObject({ state: 'wrong', says: expect.stringContaining('disabled') });
  await stage().sandbox.patchToken({ ad_accounts: [] });
  onTestFinished(() => stage().sandbox.patchToken({ ad_accounts: 'all' }));
  expect((await ask()).check('accounts.act_100200')).toMatchObject({ state: 'wrong', mend: expect.stringContaining('Assign') });
});

test('a search attribute that is missing is named, with the command that adds it', async () => {
  const { namespace, client, close } = await createTestNamespace();
  onTestFinished(close);
  const { connection } = client;
  if (!('operatorService' in connection)) throw new Error('a connection with the operator service was expected');
  const operator = connection.operatorService as { removeSearchAttributes(request: object): Promise<unknown> };
  await operator.removeSearchAttributes({ namespace, searchAttributes: ['FcStage'] });
  await until('doctor sees it', async () => {
    const { check } = await ask({ TEMPORAL_NAMESPACE: namespace });
    const found = check('temporal.search-attributes');
    return found.state === 'wrong' && found.says.includes('FcStage') && found.mend?.includes('first-comment setup');
  });
});

test('a namespace that is not there is named with the command that makes it, and no worker is found in one without', async () => {
  const { check, code } = await ask({ TEMPORAL_NAMESPACE: 'nobodys' });
  expect(code).toBe(1);
  expect(check('temporal.namespace')).toMatchObject({ state: 'wrong', mend: expect.stringContaining('namespace create') });
  const empty = await createTestNamespace();
  onTestFinished(() => empty.close());
  const alone = await ask({ TEMPORAL_NAMESPACE: empty.namespace });
  for (const queue of ['workflows', 'meta-reads', 'meta-writes']) {
    expect(alone.check(`temporal.pollers.${queue}`)).toMatchObject({
      state: 'wrong',
      mend: expect.stringContaining('first-comment worker'),
    });
  }
});

test('migrations that are missing are named, in an empty database and in an older ledger', async () => {
  const [empty, older] = await Promise.all([createEmptyDatabase(), createTestDatabase()]);
  onTestFinished(async () => {
    await empty.drop();
    await older.drop();
  });
  const bare = (await ask({ DATABASE_URL: empty.url })).check('database.migrations');
  expect(bare).toMatchObject({
    state: 'wrong',
    says: expect.stringContaining('0001-ledger-and-control'),
    mend: 'Run first-comment setup.',
  });
  const [last] = await query<{ name: string }>(older.url, 'select name from kysely_migration order by name desc limit 1');
  await query(older.url, 'delete from kysely_migration where name = $1', [last?.name]);
  await query(older.url, 'update ledger set schema_version = schema_version - 1');
  expect((await ask({ DATABASE_URL: older.url })).check('database.migrations').says).toBe(`Missing migrations: ${last?.name}.`);
});

test('a pause in force is a warning with the command that lifts it, and a reader’s database is not writable', async () => {
  const { id } = await stage().ledger.pause({
    kind: 'pause',
    scope: 'marketId',
    value: 'de-DE',
    by: 'Mara',
    why: 'stock is out',
  });
  onTestFinished(() => stage().ledger.resume(id, 'Mara', 'stock is back'));
  const paused = await ask();
  expect(paused.code).toBe(0);
  expect(paused.check('database.pauses')).toMatchObject({
    state: 'warning',
    says: expect.stringContaining('market de-DE by Mara: stock is out'),
  });
  expect(paused.check('database.pauses').mend).toContain(`first-comment resume ${id}`);
  const reader = new URL(stage().databaseUrl);
  reader.searchParams.set('options', '-c default_transaction_read_only=on');
  expect((await ask({ DATABASE_URL: reader.href })).check('database.writable')).toMatchObject({
    state: 'wrong',
    says: expect.stringContaining('read-only'),
  });
  expect(await stage().rows("select 1 from incidents where kind = 'probe'")).toEqual([]);
});

test('a platform whose clock runs ahead is the one that is off, when database and machine agree', async () => {
  const { sandbox } = stage();
  const moved = await fetch(`${sandbox.url}/control/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advanceSeconds: 90 }),
  });
  expect(moved.ok).toBe(true);
  const { check } = await ask();
  expect(check('clock.platform')).toMatchObject({
    state: 'wrong',
    says: expect.stringMatching(/ahead of this machine's.*The platform's is the one/),
  });
  expect(check('clock.database').state).toBe('ok');
});

test.for([
  ['temporal', { TEMPORAL_ADDRESS: '127.0.0.1:1' }, 'temporal.reachable'],
  ['the database', { DATABASE_URL: 'postgres://me:hunter2-hunter2@127.0.0.1:1/ledger' }, 'database.reachable'],
  ['the sandbox', { FIRST_COMMENT_SANDBOX_URL: 'http://127.0.0.1:1' }, 'credentials.reachable'],
] as const)('%s down is one finding with how to start it; the rest is looked at all the same', async ([, changes, id]) => {
  const { code, check, complaints, checks } = await ask(changes);
  expect(code).toBe(1);
  expect(check(id)).toMatchObject({ state: 'wrong', mend: expect.stringContaining('npm start') });
  expect(complaints.filter((each) => each !== id && each !== 'config.approvals' && !each.startsWith('clock.'))).toEqual([]);
  expect(checks.filter(({ state }) => state === 'ok').length).toBeGreaterThan(10);
});

test('servers that accept and never answer give findings, not a hang', async () => {
  const sockets: Socket[] = [];
  const mute = createServer((socket) => void sockets.push(socket.on('error', () => socket.destroy())));
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    mute.close();
  });
  const address = mute.address();
  const at = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const { code, check } = await ask({
    TEMPORAL_ADDRESS: at,
    DATABASE_URL: `postgres://me:hunter2-hunter2@${at}/ledger`,
    FIRST_COMMENT_SANDBOX_URL: `http://${at}`,
  });
  expect(code).toBe(1);
  expect(check('temporal.reachable').state).toBe('wrong');
  expect(check('database.reachable').state).toBe('wrong');
  expect(check('credentials.reachable').state).toBe('wrong');
  expect(check('config.brand-folder').state).toBe('ok');
});

test('works when nothing is up and nothing is set: each group says what is missing', async () => {
  const bare = mkdtempSync(join(tmpdir(), 'first-comment-bare-'));
  onTestFinished(() => rmSync(bare, { recursive: true, force: true }));
  const { code, stdout } = await runCli(['doctor'], {
    FIRST_COMMENT_HOME: bare,
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    FIRST_COMMENT_HOMME: 'x',
  });
  outputs.push(stdout);
  expect(code).toBe(1);
  for (const group of ['config', 'credentials', 'identities', 'temporal', 'database', 'clock', 'worker']) {
    expect(stdout).toMatch(new RegExp(`^${group}$`, 'm'));
  }
  expect(stdout).toContain('FIRST_COMMENT_HOMME (perhaps "FIRST_COMMENT_HOME" is meant)');
  expect(stdout).toContain('FC_SANDBOX_APP_SECRET');
  expect(stdout.match(/npm start/g)).toHaveLength(3);
  expect(stdout).toContain('No database is known.\n    → Start everything here with npm start, or set DATABASE_URL.');
  expect(stdout.match(/FC_SANDBOX_APP_SECRET/g)).toHaveLength(1);
});

test('a brand folder with mistakes is a finding with their places', async () => {
  const { code, check, complaints } = await ask({ FIRST_COMMENT_BRAND: home });
  expect(code).toBe(1);
  expect(complaints).toEqual(['config.brand-folder']);
  expect(check('config.profile').state).toBe('not-checked');
  expect(check('database.approvals').state).toBe('not-checked');
  expect(check('config.brand-folder')).toMatchObject({ state: 'wrong', says: expect.stringMatching(/brand\.yaml:1:1/) });
  expect(check('database.reachable').state).toBe('ok');
});

test('a starter folder that nobody has filled in is told, and approvals that no setup has brought into the ledger', async () => {
  const folder = join(home, 'starter');
  await runCli(['init', folder, '--name', 'Acme', '--market', 'fr-FR', '--yes'], {});
  const starter = await ask({ FIRST_COMMENT_BRAND: folder });
  expect(starter.check('config.placeholders').says).toMatch(/^\d+ placeholders stand in the brand folder\.$/);
  expect(starter.check('config.approvals').says).toMatch(/^(\d+) of \1 texts have no approval/);
  const empty = await createTestDatabase();
  onTestFinished(() => empty.drop());
  expect((await ask({ DATABASE_URL: empty.url })).check('database.approvals')).toMatchObject({
    state: 'wrong',
    says: expect.stringContaining('next-step in en-GB (link)'),
    mend: 'Run first-comment setup.',
  });
});

test('a worker’s own health is asked where it is served', async () => {
  const port = await freePort();
  const health = await serveHealth(port, worker);
  onTestFinished(() => health.close());
  const asked = await ask({}, ['--no-probe', '--worker-health', `http://127.0.0.1:${port}`]);
  expect(asked.check('worker.ready')).toMatchObject({ state: 'ok', says: expect.stringContaining('RUNNING') });
  const nobody = await ask({}, ['--no-probe', '--worker-health', 'http://127.0.0.1:1']);
  expect(nobody.check('worker.ready').state).toBe('wrong');
  const misused = await runCli(['doctor', '--worker-health', 'here'], variables);
  expect(misused.code).toBe(2);
});

test('--live holds what the account answers against what the code assumes, and only reads', async () => {
  const writes = async () =>
    ((await (await fetch(`${stage().sandbox.url}/control/calls`)).json()) as { byEndpoint: Record<string, unknown> }).byEndpoint;
  const { code, stdout } = await runCli(['doctor', '--live', '--json'], variables);
  outputs.push(stdout);
  const report = JSON.parse(stdout) as {
    live: { id: string; verdict: string; seen: string }[];
    manual: { id: string; steps: string[] }[];
  };
  const of = (verdict: string) => report.live.filter((answer) => answer.verdict === verdict).map(({ id }) => id);
  expect(of('differs')).toEqual([]);
  expect(code).toBe(0);
  expect(of('agrees')).toEqual(
    expect.arrayContaining(['error-missing-object', 'facebook-can-comment', 'page-backed-instagram', 'dynamic-posts']),
  );
  expect(report.manual.map(({ id }) => id)).toContain('duplicate-same-post');
  expect(Object.keys(await writes()).filter((endpoint) => !endpoint.startsWith('GET '))).toEqual([]);
});

test('--live says where an account differs, and ends with 1', async () => {
  await stage().sandbox.fault({
    fault: 'error',
    match: { endpoint: 'GET /{post}/dynamic_posts' },
    code: 3,
    message: 'no such capability',
    times: 1,
  });
  const { code, stdout } = await runCli(['doctor', '--live'], variables);
  outputs.push(stdout);
  expect(stdout).toMatch(/DIFFERS +dynamic-posts[\s\S]*refused with code 3/);
  expect(code).toBe(1);
});

test('no secret stands in any of these outputs', () => {
  expect(outputs.length).toBeGreaterThan(15);
  const all = outputs.join('\n');
  const password = new URL(inject('postgresUrl')).password;
  for (const secret of [
    ...Object.values(SECRETS),
    'the-secret-of-another-app',
    'hunter2',
    'EAAPage',
    ...(password ? [password] : []),
  ]) {
    expect(all).not.toContain(secret);
  }
});
