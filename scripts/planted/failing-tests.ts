import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readLocalEnvironment } from '../../config/local-environment.ts';
import type { Fault } from '../../test/planted/fault.ts';

const LIMIT_MS = 5 * 60_000;

interface Report {
  readonly testResults: readonly {
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/**
 * Runs a fault's tests in the copy and answers the names of those that fail.
 * @throws Error when a file does not even load, or no test has the name: that would prove nothing.
 */
export async function failingTests(
  tree: string,
  { tests, named }: Pick<Fault, 'tests' | 'named'>,
  servers: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const says = await runVitest(tree, [...tests, ...(named ? ['-t', named] : [])], servers);
  const { testResults } = readReport(tree, says);
  const unloaded = testResults.find(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0);
  if (unloaded) throw new Error(`${tests.join(', ')} does not load: ${unloaded.message}`);
  const carried = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'passed' || status === 'failed');
  if (carried.length === 0) throw new Error(`${tests.join(', ')} has no test named "${named}"`);
  return carried.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
}

/** Answers what vitest said on standard error. Red tests are no error here. */
async function runVitest(tree: string, selected: readonly string[], servers: Readonly<Record<string, string>>): Promise<string> {
  rmSync(reportOf(tree), { force: true });
  const args = ['node_modules/vitest/vitest.mjs', 'run', ...selected, '--reporter=json', `--outputFile=${reportOf(tree)}`];
  const env = { ...readLocalEnvironment().variables, ...servers };
  try {
    const { stderr } = await promisify(execFile)(process.execPath, args, { cwd: tree, env, timeout: LIMIT_MS });
    return stderr;
  } catch (error) {
    return (error as { stderr?: string }).stderr || String(error);
  }
}

function readReport(tree: string, says: string): Report {
  try {
    return JSON.parse(readFileSync(reportOf(tree), 'utf8')) as Report;
  } catch (cause) {
    throw new Error(`vitest wrote no report: ${says}`, { cause });
  }
}

function reportOf(tree: string): string {
  return join(tree, 'node_modules', 'planted-report.json');
}
