import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { isListening } from '../../cli/local/ports.ts';
import { createTestDatabase } from '../helpers/postgres.ts';
import { runCli, temporaryHome } from './run-cli.ts';

// What a user gets wrong before anything runs: each mistake has its place, its mend and exit code 2.

let place: Awaited<ReturnType<typeof temporaryHome>>;
const open: Server[] = [];
const sockets: Socket[] = [];
const folders: string[] = [];

beforeAll(async () => {
  place = await temporaryHome();
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of open.splice(0)) await new Promise((resolve) => server.close(resolve));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

afterAll(() => place.remove());

const portOf = (name: string) => Number(place.variables[name]);

async function occupy(port: number): Promise<void> {
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => socket.destroy());
    socket.end('not what you think\n');
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  open.push(server);
}

function brandFolderWith(file: string, change: (text: string) => string): string {
  const folder = mkdtempSync(join(tmpdir(), 'first-comment-brand-'));
  folders.push(folder);
  cpSync('examples/brightloom', folder, { recursive: true });
  const path = join(folder, file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
  return folder;
}

test('a busy sandbox port is named with its mend, and what was started before it is stopped again', async () => {
  await occupy(portOf('FIRST_COMMENT_SANDBOX_PORT'));
  const { code, stderr } = await runCli(['start', '--once'], place.variables);
  expect(code).toBe(2);
  expect(stderr).toContain(`Port ${portOf('FIRST_COMMENT_SANDBOX_PORT')} for the sandbox is taken`);
  expect(stderr).toContain('FIRST_COMMENT_SANDBOX_PORT');
  expect(await isListening(portOf('FIRST_COMMENT_TEMPORAL_PORT'))).toBe(false);
  const postgresPort = Number(/postgres +listens on 127\.0\.0\.1:(\d+)/.exec(stderr)?.[1]);
  expect(postgresPort).toBeGreaterThan(0);
  expect(await isListening(postgresPort)).toBe(false);
  expect(existsSync(join(place.home, 'stack.json'))).toBe(false);
});

test('a busy Temporal port is named with its mend', async () => {
  await occupy(portOf('FIRST_COMMENT_TEMPORAL_PORT'));
  const { code, stderr } = await runCli(['start', '--once'], place.variables);
  expect(code).toBe(2);
  expect(stderr).toContain(place.variables.FIRST_COMMENT_TEMPORAL_PORT ?? 'no port');
  expect(stderr).toContain('FIRST_COMMENT_TEMPORAL_PORT');
});

test('mistakes of the brand folder are listed with file, line and column before anything is started', async () => {
  const folder = brandFolderWith('brand.yaml', (text) => text.replace('default: next-step', 'defalt: next-step'));
  const { code, stderr } = await runCli(['start', '--once'], { ...place.variables, FIRST_COMMENT_BRAND: folder });
  expect(code).toBe(2);
  expect(stderr).toMatch(/brand\.yaml:\d+:\d+ patternChoice\.defalt: .*Perhaps "default" is meant/);
  expect(stderr).not.toContain('postgres');
});

test('YAML that does not parse is one mistake at its place, not a page of what follows from it', async () => {
  const folder = brandFolderWith('markets.yaml', (text) => text.replace('markets:', 'markets: ['));
  const run = await runCli(['run', 'meta/act_100200/1'], { ...place.variables, FIRST_COMMENT_BRAND: folder });
  expect(run.code).toBe(2);
  expect(run.stderr.match(/markets\.yaml:\d+:\d+/g)).toHaveLength(1);
});

test('a secret that is not set is named, without starting a worker', async () => {
  const { code, stderr } = await runCli(['worker'], { ...place.variables, FIRST_COMMENT_PROFILE: 'production' });
  expect(code).toBe(2);
  expect(stderr).toContain('META_APP_SECRET');
});

test('a database that cannot be reached is named without its password', async () => {
  const { code, stderr } = await runCli(['status'], {
    ...place.variables,
    DATABASE_URL: 'postgres://me:hunter2-hunter2@127.0.0.1:1/ledger',
  });
  expect(code).toBe(2);
  expect(stderr).toContain('127.0.0.1:1/ledger');
  expect(stderr).not.toContain('hunter2');
});

test('with --json a mistake is one JSON value on standard output', async () => {
  const { code, stdout } = await runCli(['run', 'foo', '--json'], place.variables);
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ kind: 'users-mistake', error: expect.stringContaining('meta/act_100200/23851234') });
});

test('words that the command line does not know end with exit code 2 and the way to help', async () => {
  const { code, stderr } = await runCli(['frobnicate'], place.variables);
  expect(code).toBe(2);
  expect(stderr).toContain('first-comment --help');
});

test('--version prints the version of the package', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(await runCli(['--version'], {})).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test('a worker that cannot reach its database or Temporal ends by itself and says so', async () => {
  const unset = await runCli(['worker'], place.variables);
  expect(unset).toMatchObject({ code: 2, stderr: expect.stringContaining('No database is known') });
  const database = await runCli(['worker'], {
    ...place.variables,
    DATABASE_URL: 'postgres://me:hunter2-hunter2@127.0.0.1:1/ledger',
  });
  expect(database).toMatchObject({ code: 2, stderr: expect.stringContaining('127.0.0.1:1/ledger') });
  const migrated = await createTestDatabase();
  const temporal = await runCli(['worker'], {
    ...place.variables,
    DATABASE_URL: migrated.url,
    TEMPORAL_ADDRESS: '127.0.0.1:1',
  });
  await migrated.drop();
  expect(temporal).toMatchObject({ code: 2, stderr: expect.stringContaining('127.0.0.1:1') });
});

test('a command works from any folder: its defaults lie in the checkout', async () => {
  const { code, stdout } = await runCli(['copy', 'list'], {}, tmpdir());
  expect(code).toBe(0);
  expect(stdout).toContain('next-step');
});
