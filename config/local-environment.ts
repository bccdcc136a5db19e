import { homedir } from 'node:os';
import { join } from 'node:path';

/** What the environment says about this machine: where things may be found, not how the product behaves. */
export type LocalEnvironment = {
  /** `TEMPORAL_ADDRESS`: an existing Temporal server to use as it is. */
  readonly temporalAddress: string | undefined;
  /** `TEMPORAL_CLI_PATH`: the `temporal` program to start the dev server with. */
  readonly temporalCliPath: string | undefined;
  /** `$XDG_CACHE_HOME/first-comment`, else `~/.cache/first-comment`: shared by all checkouts of a user. */
  readonly cacheDir: string;
  /** All variables, for programs that we start. Never logged. */
  readonly variables: Readonly<Record<string, string | undefined>>;
};

export function readLocalEnvironment(variables: Readonly<Record<string, string | undefined>> = process.env): LocalEnvironment {
  const cacheHome = nonEmpty(variables.XDG_CACHE_HOME) ?? join(homedir(), '.cache');
  return {
    temporalAddress: nonEmpty(variables.TEMPORAL_ADDRESS),
    temporalCliPath: nonEmpty(variables.TEMPORAL_CLI_PATH),
    cacheDir: join(cacheHome, 'first-comment'),
    variables,
  };
}

function nonEmpty(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value.trim();
}
