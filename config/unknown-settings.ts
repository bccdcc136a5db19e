import { suggest } from './did-you-mean.ts';
import { SETTING_NAMES } from './environment.ts';

/** A variable that looks like one of ours and is read by nobody. */
export interface UnknownSetting {
  readonly name: string;
  /** A sentence part, such as `perhaps "FIRST_COMMENT_HOME" is meant`. */
  readonly hint: string;
}

const OURS = 'FIRST_COMMENT_';
/** Read by docker-compose.yml, not by the program. */
const READ_ELSEWHERE: readonly string[] = ['FIRST_COMMENT_DATABASE_PASSWORD'];

/** Variables with our prefix that no part of the program reads, most likely misspelt. Values are not looked at. */
export function unknownSettings(
  variables: Readonly<Record<string, string | undefined>> = process.env,
): readonly UnknownSetting[] {
  return Object.keys(variables)
    .filter((name) => name.startsWith(OURS) && ![...SETTING_NAMES, ...READ_ELSEWHERE].includes(name))
    .sort()
    .map((name) => ({ name, hint: suggest(name, SETTING_NAMES) }));
}

/** Whether a secret of that name is set; its value is not answered. */
export function isSecretSet(secretName: string, variables: Readonly<Record<string, string | undefined>> = process.env): boolean {
  return (variables[secretName] ?? '').trim() !== '';
}
