import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './run-program.ts';
import type { Acquired } from './temporal-download.ts';

const MODULE = 'github.com/temporalio/cli/cmd/temporal';
const SAY_EVERY_MS = 5_000;

type GoInstall = {
  readonly version: string;
  readonly cacheDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onProgress: (line: string) => void;
};

/** Builds the Temporal CLI from source. Works where only the Go module proxy can be reached. Needs 3 to 7 minutes and 3 GB. */
export async function goInstallTemporal({ version, cacheDir, env, onProgress }: GoInstall): Promise<Acquired> {
  const go = await runProgram('go', ['version'], { env, timeoutMs: 20_000 });
  if (go.kind === 'not-started') return { kind: 'failed', reason: 'Go is not installed' };
  if (go.code !== 0) return { kind: 'failed', reason: `\`go version\` failed: ${lastLine(go.output)}` };

  const parent = join(cacheDir, 'temporal');
  mkdirSync(parent, { recursive: true });
  const workshop = mkdtempSync(join(parent, 'building-'));
  const started = performance.now();
  let latest = 'starting';
  const say = () =>
    onProgress(`Building the Temporal dev server from source (once, 3 to 7 minutes): ${secondsSince(started)} s, ${latest}`);
  say();
  const timer = setInterval(say, SAY_EVERY_MS);
  try {
    // -v names each package as it is compiled, which is the only sign of progress that Go gives.
    const build = await runProgram('go', ['install', '-v', `${MODULE}@${version}`], {
      env: { ...env, GOBIN: workshop },
      onLine: (line) => {
        latest = line.slice(0, 100);
      },
    });
    const built = join(workshop, process.platform === 'win32' ? 'temporal.exe' : 'temporal');
    if (build.kind === 'not-started') return { kind: 'failed', reason: build.reason };
    if (build.code !== 0 || !existsSync(built))
      return { kind: 'failed', reason: `\`go install\` failed: ${lastLine(build.output)}` };
    mkdirSync(join(parent, version), { recursive: true });
    const path = join(parent, version, 'temporal');
    // Renamed as a whole: a build that was cut off never looks like a program.
    renameSync(built, path);
    onProgress(`Built the Temporal dev server in ${secondsSince(started)} s.`);
    return { kind: 'ready', path };
  } finally {
    clearInterval(timer);
    rmSync(workshop, { recursive: true, force: true });
  }
}

function secondsSince(start: number): number {
  return Math.round((performance.now() - start) / 1000);
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) ?? '';
}
