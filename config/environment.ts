import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { UserError } from '../domain/user-error.ts';

/** Defaults lie in the checkout, wherever the command is called from. */
const PACKAGE = dirname(import.meta.dirname);

type Variables = Readonly<Record<string, string | undefined>>;

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

/** What the environment says about how the product runs. Secrets are not in here: they are read by name when they are needed. */
export interface Settings {
  /** `DATABASE_URL`: a Postgres to use; `null` = the embedded one. May hold a password: never log it. */
  readonly databaseUrl: string | null;
  /** `FIRST_COMMENT_BRAND`: the brand folder, absolute. */
  readonly brandFolder: string;
  /** `FIRST_COMMENT_PROFILE`: which connection settings of the brand folder apply. */
  readonly profile: string;
  /** `FIRST_COMMENT_HOME`: the state directory, absolute. */
  readonly home: string;
  /** `FIRST_COMMENT_CLUSTER`: names the Temporal cluster in claims, so that two clusters on one ledger never mix up their runs. */
  readonly cluster: string;
  /** `FIRST_COMMENT_TEMPORAL_PORT` of the dev server that we start ourselves. */
  readonly temporalPort: number;
  /** `FIRST_COMMENT_TEMPORAL_UI_PORT`. */
  readonly temporalUiPort: number;
  /** `FIRST_COMMENT_SANDBOX_PORT`; 0 = any free one. */
  readonly sandboxPort: number;
  /** `FIRST_COMMENT_SANDBOX_URL`: a sandbox elsewhere, such as another container; `null` = on this machine. */
  readonly sandboxUrl: string | null;
  /** `LOG_LEVEL`. */
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** `TEMPORAL_CLI_PATH`: the Temporal command line to start the dev server with. */
  readonly temporalCliPath: string | null;
}

const port = z
  .string()
  .regex(/^\d{1,5}$/, { error: 'write a port number, 0 to 65535' })
  .transform(Number)
  .refine((value) => value <= 65_535, { error: 'write a port number, 0 to 65535' });
const name = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, { error: 'write lower-case letters, digits and dashes' });
const url = (schemes: readonly string[], what: string) =>
  z.string().refine((text) => schemes.includes(URL.canParse(text) ? new URL(text).protocol : ''), { error: `write ${what}` });

const VARIABLES = z.object({
  DATABASE_URL: url(['postgres:', 'postgresql:'], 'a Postgres address, postgres://user:password@host:5432/database').optional(),
  FIRST_COMMENT_BRAND: z.string().optional(),
  FIRST_COMMENT_PROFILE: name.default('sandbox'),
  FIRST_COMMENT_HOME: z.string().optional(),
  FIRST_COMMENT_CLUSTER: name.default('local'),
  FIRST_COMMENT_TEMPORAL_PORT: port.default(7233),
  FIRST_COMMENT_TEMPORAL_UI_PORT: port.default(8233),
  FIRST_COMMENT_SANDBOX_PORT: port.default(7070),
  FIRST_COMMENT_SANDBOX_URL: url(['http:', 'https:'], 'an address such as http://sandbox:7070').optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `write one of ${LOG_LEVELS.join(', ')}` }).default('info'),
  TEMPORAL_CLI_PATH: z.string().optional(),
});

/** Names of all variables that `readSettings` reads. */
export const SETTING_NAMES: readonly string[] = Object.keys(VARIABLES.shape);

/**
 * Reads the settings once. An empty variable counts as absent; folders are taken from the working directory.
 * Throws a `UserError` that names every variable that does not fit, never its value.
 */
export function readSettings(variables: Variables = process.env): Settings {
  const filled = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const result = VARIABLES.safeParse(filled);
  if (!result.success) {
    const lines = result.error.issues.map(({ path, message }) => `  ${String(path[0])}: ${message}`);
    throw new UserError(`The environment does not fit:\n${lines.join('\n')}`);
  }
  const read = result.data;
  return {
    databaseUrl: read.DATABASE_URL ?? null,
    brandFolder:
      read.FIRST_COMMENT_BRAND === undefined ? join(PACKAGE, 'examples', 'brightloom') : resolve(read.FIRST_COMMENT_BRAND),
    profile: read.FIRST_COMMENT_PROFILE,
    home: read.FIRST_COMMENT_HOME === undefined ? join(PACKAGE, '.first-comment') : resolve(read.FIRST_COMMENT_HOME),
    cluster: read.FIRST_COMMENT_CLUSTER,
    temporalPort: read.FIRST_COMMENT_TEMPORAL_PORT,
    temporalUiPort: read.FIRST_COMMENT_TEMPORAL_UI_PORT,
    sandboxPort: read.FIRST_COMMENT_SANDBOX_PORT,
    sandboxUrl: read.FIRST_COMMENT_SANDBOX_URL ?? null,
    logLevel: read.LOG_LEVEL,
    temporalCliPath: read.TEMPORAL_CLI_PATH ?? null,
  };
}

/** Reads a secret by the name of its variable, at the moment it is needed. Throws a `UserError` that names the variable. */
export function readSecret(secretName: string, variables: Variables = process.env): string {
  const value = variables[secretName];
  if (value === undefined || value.trim() === '') {
    throw new UserError(`The secret ${secretName} is not set. Set the environment variable ${secretName} and start again.`);
  }
  return value.trim();
}
