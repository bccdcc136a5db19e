import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isRunning, markProcess } from '../../cli/local/process-record.ts';
import { ROOT } from '../house/source-files.ts';

/** Stands in for npm: notes that it was called, waits while a file says so, and installs one package, or fails as npm does. */
const NPM = `
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
appendFileSync('npm-calls', process.argv[2] + '\\n');
mkdirSync('node_modules/a', { recursive: true });
while (existsSync('npm-hangs')) await new Promise((resolve) => setTimeout(resolve, 20));
if (existsSync('npm-fails')) { console.error('npm error code ENOTFOUND'); process.exit(1); }
writeFileSync('node_modules/a/package.json', '{"name":"a","version":"1.0.0"}');
`;

describe('installing the dependencies before a command', () => {
  let root: string;
  const started: ChildProcess[] = [];

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'fc-bootstrap-'));
    cpSync(join(ROOT, 'scripts'), join(root, 'scripts'), { recursive: true });
    mkdirSync(join(root, 'npm'));
    writeFileSync(join(root, 'npm', 'package.json'), '{"type":"module"}');
    writeFileSync(join(root, 'npm', 'npm-cli.js'), NPM);
    writeFileSync(join(root, 'package.json'), '{"name":"x","dependencies":{"a":"1.0.0"}}');
    writeFileSync(
      join(root, 'package-lock.json'),
      '{"packages":{"":{"dependencies":{"a":"1.0.0"}},"node_modules/a":{"version":"1.0.0"}}}',
    );
  });

  afterEach(async () => {
    rmSync(join(root, 'npm-hangs'), { force: true });
    for (const child of started.splice(0)) {
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
    rmSync(root, { recursive: true, force: true });
  });

  function start(): ChildProcess {
    const env = { ...process.env, npm_execpath: join(root, 'npm', 'npm-cli.js') };
    const child = spawn(process.execPath, ['scripts/bootstrap.mjs'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    started.push(child);
    return child;
  }

  async function end(child: ChildProcess): Promise<{ code: number | null; stdout: string; stderr: string }> {
    const said = { stdout: '', stderr: '' };
    child.stdout?.on('data', (chunk) => {
      said.stdout += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      said.stderr += chunk;
    });
    const [code] = await once(child, 'close');
    return { code, ...said };
  }

  const bootstrap = () => end(start());
  const calls = () =>
    existsSync(join(root, 'npm-calls')) ? readFileSync(join(root, 'npm-calls'), 'utf8').trim().split('\n') : [];
  const until = async (condition: () => boolean) => {
    while (!condition()) await sleep(20);
  };

  it('installs once, and then says and does nothing', async () => {
    expect(await bootstrap()).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('Dependencies installed') });
    expect(await bootstrap()).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(calls()).toEqual(['ci']);
  });

  it('installs anew when the lockfile or a dependency has changed', async () => {
    await bootstrap();
    appendFileSync(join(root, 'package-lock.json'), '\n');
    await bootstrap();
    rmSync(join(root, 'node_modules', 'a'), { recursive: true });
    await bootstrap();
    expect(calls()).toEqual(['ci', 'ci', 'ci']);
  });

  it('accepts what somebody installed by hand', async () => {
    mkdirSync(join(root, 'node_modules', 'a'), { recursive: true });
    writeFileSync(join(root, 'node_modules', 'a', 'package.json'), '{"name":"a","version":"1.0.0"}');
    writeFileSync(join(root, 'node_modules', '.package-lock.json'), '{"packages":{"node_modules/a":{"version":"1.0.0"}}}');
    expect((await bootstrap()).code).toBe(0);
    expect(calls()).toEqual([]);
  });

  it('does not accept an older version that was installed by hand', async () => {
    mkdirSync(join(root, 'node_modules', 'a'), { recursive: true });
    writeFileSync(join(root, 'node_modules', 'a', 'package.json'), '{"name":"a","version":"0.9.0"}');
    writeFileSync(join(root, 'node_modules', '.package-lock.json'), '{"packages":{"node_modules/a":{"version":"0.9.0"}}}');
    await bootstrap();
    expect(calls()).toEqual(['ci']);
  });

  it('lets one of two starts install and the other wait for it', async () => {
    writeFileSync(join(root, 'npm-hangs'), '');
    const first = start();
    const firstEnd = end(first);
    await until(() => calls().length === 1);
    const second = start();
    const secondEnd = end(second);
    if (second.stderr !== null) await once(second.stderr, 'data');
    rmSync(join(root, 'npm-hangs'));
    expect((await firstEnd).code).toBe(0);
    expect(await secondEnd).toMatchObject({ code: 0, stderr: expect.stringContaining(`process ${first.pid}`) });
    expect(calls()).toEqual(['ci']);
  });

  it('begins anew after a kill -9 in the middle, and ends the npm that was left behind', async () => {
    writeFileSync(join(root, 'npm-hangs'), '');
    const killed = start();
    await until(() => calls().length === 1);
    const lock = join(root, '.first-comment', 'install.lock');
    await until(() => readFileSync(lock, 'utf8').includes('worker'));
    const left = markProcess(JSON.parse(readFileSync(lock, 'utf8')).worker.pid);
    expect(isRunning(left)).toBe(true);
    killed.kill('SIGKILL');
    await once(killed, 'exit');

    const next = end(start());
    await until(() => calls().length === 2);
    expect(isRunning(left)).toBe(false);
    rmSync(join(root, 'npm-hangs'));
    expect((await next).code).toBe(0);
    expect(existsSync(lock)).toBe(false);
  });

  it('says what failed, why, and what to do, and tries again the next time', async () => {
    writeFileSync(join(root, 'npm-fails'), '');
    const failed = await bootstrap();
    expect(failed).toMatchObject({ code: 2, stdout: '' });
    expect(failed.stderr).toMatch(
      /npm ci ended with exit code 1\.\n {2}npm error code ENOTFOUND\nThe package registry cannot be reached/,
    );
    rmSync(join(root, 'npm-fails'));
    expect((await bootstrap()).code).toBe(0);
  });
});
