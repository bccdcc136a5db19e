import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './run-program.ts';
import { LocalSetupError } from './setup-error.ts';
import { DOWNLOAD_SITE, downloadTemporal } from './temporal-download.ts';
import { goInstallTemporal } from './temporal-go-install.ts';

/** The last version that `go install` can build (later ones use replace directives). */
export const TEMPORAL_CLI_VERSION = 'v1.5.1';

export type TemporalSearch = {
  /** `TEMPORAL_CLI_PATH`, when set. */
  readonly cliPath?: string | undefined;
  readonly cacheDir: string;
  /** Variables for the programs that are tried; PATH among them. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onProgress: (line: string) => void;
  /** Asked for a sign of life before anything is downloaded. */
  readonly downloadSite?: string;
};

/**
 * A `temporal` program that runs on this machine. Looks where one may be before making one: the named path, PATH, our cache,
 * the SDK's download, and last a build from source through the Go module proxy.
 * @throws LocalSetupError when there is none and none can be made
 */
export async function findTemporal(search: TemporalSearch): Promise<string> {
  const { cliPath, cacheDir, env, onProgress, downloadSite = DOWNLOAD_SITE } = search;
  if (cliPath !== undefined) return namedTemporal(cliPath, env);
  if (await isTemporal('temporal', env)) return 'temporal';
  for (const candidate of cachedTemporals(cacheDir)) {
    if (await isTemporal(candidate, env)) return candidate;
  }
  const download = await downloadTemporal(join(cacheDir, 'temporal', 'sdk'), onProgress, downloadSite);
  if (download.kind === 'ready' && (await isTemporal(download.path, env))) return download.path;
  const build = await goInstallTemporal({ version: TEMPORAL_CLI_VERSION, cacheDir, env, onProgress });
  if (build.kind === 'ready' && (await isTemporal(build.path, env))) return build.path;
  throw nothingFound(
    download.kind === 'ready' ? 'the downloaded program does not run here' : download.reason,
    build.kind === 'ready' ? 'the built program does not run here' : build.reason,
  );
}

/** Where a build of ours is kept; the same for all checkouts of a user. */
export function builtTemporalPath(cacheDir: string): string {
  return join(cacheDir, 'temporal', TEMPORAL_CLI_VERSION, 'temporal');
}

function cachedTemporals(cacheDir: string): readonly string[] {
  const downloads = join(cacheDir, 'temporal', 'sdk');
  const downloaded = existsSync(downloads) ? readdirSync(downloads).filter((name) => name.startsWith('temporal')) : [];
  return [builtTemporalPath(cacheDir), ...downloaded.map((name) => join(downloads, name))].filter((path) => existsSync(path));
}

async function namedTemporal(path: string, env: TemporalSearch['env']): Promise<string> {
  if (await isTemporal(path, env)) return path;
  throw new LocalSetupError(`TEMPORAL_CLI_PATH names ${path}, but that is not a Temporal CLI that runs here.`, [
    'Name the `temporal` program itself, not its folder, and make it executable.',
    'Or unset TEMPORAL_CLI_PATH to have one found or built.',
  ]);
}

async function isTemporal(command: string, env: TemporalSearch['env']): Promise<boolean> {
  const end = await runProgram(command, ['--version'], { env, timeoutMs: 20_000 });
  return end.kind === 'ended' && end.code === 0 && end.output.startsWith('temporal version');
}

function nothingFound(downloadReason: string, buildReason: string): LocalSetupError {
  return new LocalSetupError(
    `There is no Temporal server to run on: no \`temporal\` program on PATH, downloading it failed (${downloadReason}), and building it failed (${buildReason}).`,
    [
      'Install the Temporal CLI (https://docs.temporal.io/cli, `brew install temporal`) and start again.',
      'Or install Go 1.24 or newer (https://go.dev/dl): it is then built from source, once, in 3 to 7 minutes.',
      'Or point TEMPORAL_ADDRESS at a Temporal server that runs already, such as 127.0.0.1:7233.',
    ],
  );
}
