import type { Check } from '../../cli/doctor/examine.ts';
import { SECRETS, type Stage } from '../helpers/stage.ts';
import { temporalAddress } from '../helpers/temporal.ts';
import { runCli } from './run-cli.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

/** What the command line must be told to find a stage: its database, Temporal namespace and sandbox. */
export function variablesOf(stage: Stage, home: string): Variables {
  return {
    FIRST_COMMENT_HOME: home,
    DATABASE_URL: stage.databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress().address,
    TEMPORAL_NAMESPACE: stage.namespace,
    FIRST_COMMENT_SANDBOX_URL: stage.sandbox.url,
    FC_SANDBOX_APP_SECRET: SECRETS.appSecret,
    FC_SANDBOX_SYSTEM_USER_TOKEN: SECRETS.systemUserToken,
  };
}

export interface Diagnosis {
  readonly code: number | null;
  readonly checks: readonly Check[];
  readonly output: string;
  /** The one check of that id. */
  check(id: string): Check;
  /** Ids of what is not as it should be, without what nobody could look at. */
  readonly complaints: readonly string[];
}

/** Runs the real `first-comment doctor --json`. */
export async function askDoctor(variables: Variables, args: readonly string[] = ['--no-probe']): Promise<Diagnosis> {
  const { code, stdout, stderr } = await runCli(['doctor', '--json', ...args], variables);
  const output = `${stdout}${stderr}`;
  let checks: readonly Check[];
  try {
    ({ checks } = JSON.parse(stdout) as { checks: Check[] });
  } catch (cause) {
    throw new Error(`doctor ended with ${code} and said: ${output}`, { cause });
  }
  return {
    code,
    checks,
    output,
    check(id) {
      const found = checks.filter((each) => each.id === id);
      if (found.length !== 1 || !found[0]) throw new Error(`${found.length} checks are called ${id}: ${output}`);
      return found[0];
    },
    complaints: checks.filter(({ state }) => state === 'warning' || state === 'wrong').map(({ id }) => id),
  };
}
