import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builtTemporalPath, findTemporal } from '../../cli/local/temporal-binary.ts';

const TEMPORAL = '#!/bin/sh\necho "temporal version 9.9.9 (Server 9.9.9, UI 9.9.9)"\n';

describe('where the Temporal program comes from', () => {
  let home: string;
  let progress: string[];

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'fc-find-temporal-'));
    progress = [];
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  function program(path: string, script: string): string {
    const full = join(home, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, script);
    chmodSync(full, 0o755);
    return full;
  }

  const cacheDir = () => join(home, 'cache');
  const find = (cliPath?: string) =>
    findTemporal({
      cliPath,
      cacheDir: cacheDir(),
      env: { PATH: `${join(home, 'bin')}:/usr/bin:/bin` },
      onProgress: (line) => progress.push(line),
      downloadSite: 'http://127.0.0.1:1/',
    });
  const inCache = (script: string) => program(builtTemporalPath('cache'), script);

  it('takes the one that TEMPORAL_CLI_PATH names before any other', async () => {
    const named = program('elsewhere/my-temporal', TEMPORAL);
    program('bin/temporal', TEMPORAL);
    inCache(TEMPORAL);
    expect(await find(named)).toBe(named);
  });

  it('does not look further when TEMPORAL_CLI_PATH names something else', async () => {
    program('bin/temporal', TEMPORAL);
    await expect(find(join(home, 'nothing-here'))).rejects.toThrow(/TEMPORAL_CLI_PATH names .*nothing-here/);
    await expect(find(program('liar', '#!/bin/sh\necho hello\n'))).rejects.toThrow('not a Temporal CLI');
  });

  it('takes the one on PATH before the cache', async () => {
    program('bin/temporal', TEMPORAL);
    inCache(TEMPORAL);
    expect(await find()).toBe('temporal');
  });

  it('takes the cached build when PATH has none, without looking at Go', async () => {
    program('bin/go', '#!/bin/sh\ntouch "$(dirname "$0")/go-was-asked"\nexit 1\n');
    const cached = inCache(TEMPORAL);
    expect(await find()).toBe(cached);
    expect(readdirSync(join(home, 'bin'))).toEqual(['go']);
  });

  it('passes over a program on PATH that is not Temporal', async () => {
    program('bin/temporal', '#!/bin/sh\necho "something else"\n');
    const cached = inCache(TEMPORAL);
    expect(await find()).toBe(cached);
  });

  it('builds with Go into the cache when there is none and downloading fails', async () => {
    program('built', TEMPORAL);
    program(
      'bin/go',
      `#!/bin/sh\n[ "$1" = version ] && echo go1.24 && exit 0\necho "$@" > ${home}/asked\necho compiling >&2\ncp ${home}/built "$GOBIN/temporal"\n`,
    );
    expect(await find()).toBe(builtTemporalPath(cacheDir()));
    expect(readFileSync(join(home, 'asked'), 'utf8')).toBe('install -v github.com/temporalio/cli/cmd/temporal@v1.5.1\n');
    expect(progress.at(0)).toMatch(/Building the Temporal dev server/);
    expect(readdirSync(join(cacheDir(), 'temporal'))).toEqual(['v1.5.1']);
  });

  it('builds anew when the cached program is broken', async () => {
    inCache('not a program');
    program('built', TEMPORAL);
    program('bin/go', `#!/bin/sh\n[ "$1" = version ] || cp ${home}/built "$GOBIN/temporal"\n`);
    expect(await find()).toBe(builtTemporalPath(cacheDir()));
  });

  it('says why the build failed and leaves nothing half-built', async () => {
    program('bin/go', '#!/bin/sh\n[ "$1" = version ] && exit 0\necho "go: no such host" >&2\nexit 1\n');
    await expect(find()).rejects.toThrow('`go install` failed: go: no such host');
    expect(readdirSync(join(cacheDir(), 'temporal'))).toEqual([]);
  });

  it('names three ways out when there is neither Temporal nor Go', async () => {
    const failure = await find().catch((error: unknown) => error);
    expect(failure).toMatchObject({
      name: 'UserError',
      mends: [
        expect.stringContaining('Install the Temporal CLI'),
        expect.stringContaining('Go 1.24'),
        expect.stringContaining('TEMPORAL_ADDRESS'),
      ],
    });
    expect(String(failure)).toContain('Go is not installed');
  });
});
