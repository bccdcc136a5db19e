import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { ensureTemporalServer } from '../cli/local/temporal-server.ts';
import { readLocalEnvironment } from '../config/local-environment.ts';
import { SEARCH_ATTRIBUTES } from '../domain/search-attributes.ts';
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../store/embedded/start-embedded-postgres.ts';
import type { Fault } from '../test/planted/fault.ts';
import { FAULTS } from '../test/planted/faults.ts';
import { type Found, markdown, plainTable } from '../test/planted/report.ts';

// Plants one fault at a time into a copy of the tracked files, runs the tests named for it, and expects them to turn red.
//   npm run planted-faults -- [--only ID …] [--json | --markdown]
// Exit 1 when a fault stays green or no longer applies.

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '..');
const TEST_LIMIT_MS = 5 * 60_000;

const { values: options } = parseArgs({
  options: { only: { type: 'string', multiple: true }, json: { type: 'boolean' }, markdown: { type: 'boolean' } },
});
const faults = FAULTS.filter(({ id }) => options.only?.includes(id) ?? true);
if (faults.length === 0) {
  process.stderr.write(`No fault is called ${options.only?.join(', ')}. Known: ${FAULTS.map(({ id }) => id).join(', ')}\n`);
  process.exit(2);
}

const home = mkdtempSync(join(tmpdir(), 'first-comment-planted-'));
const stops: (() => Promise<void>)[] = [async () => rmSync(home, { recursive: true, force: true })];
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void cleanUp().finally(() => process.exit(130)));
}
try {
  const tree = await copyOfTheTree();
  const servers = await startServers();
  await expectGreen(tree, servers);
  const found: Found[] = [];
  for (const fault of faults) {
    const each = await plant(tree, fault, servers);
    found.push(each);
    process.stderr.write(`  ${each.kind.padEnd(8)} ${fault.id}\n`);
  }
  if (options.json) process.stdout.write(`${JSON.stringify(found)}\n`);
  else process.stdout.write(options.markdown ? markdown(found) : plainTable(found));
  process.exitCode = found.every(({ kind }) => kind === 'red') ? 0 : 1;
} finally {
  await cleanUp();
}

async function cleanUp(): Promise<void> {
  for (let stop = stops.pop(); stop; stop = stops.pop()) await stop();
}

/** The tracked files as they are now, with the installed packages linked beside them. */
async function copyOfTheTree(): Promise<string> {
  const tree = join(home, 'tree');
  const { stdout } = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT });
  for (const file of stdout.split('\0').filter(Boolean)) {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    cpSync(join(ROOT, file), join(tree, file));
  }
  // One link for each package, so that what tests write into node_modules stays in the copy.
  mkdirSync(join(tree, 'node_modules'));
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (name !== '.cache' && name !== '.vite') symlinkSync(join(ROOT, 'node_modules', name), join(tree, 'node_modules', name));
  }
  return tree;
}

/** One Postgres and one Temporal server for all faults; the tests make databases and namespaces of their own on them. */
async function startServers(): Promise<Record<string, string>> {
  process.stderr.write('  starting Postgres and Temporal\n');
  const dataDir = join(home, 'postgres');
  const postgres = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off', synchronous_commit: 'off' } });
  stops.push(async () => {
    await postgres.stop();
    await removeEmbeddedPostgres(dataDir);
  });
  const temporal = await ensureTemporalServer({
    stateDir: join(home, 'temporal'),
    port: 0,
    uiPort: 0,
    cliPath: readLocalEnvironment().temporalCliPath,
    searchAttributes: SEARCH_ATTRIBUTES,
    onProgress: (line) => process.stderr.write(`  ${line}\n`),
  });
  stops.push(() => temporal.stop());
  return { TEST_DATABASE_URL: postgres.url, TEST_TEMPORAL_ADDRESS: temporal.address };
}

/** A test that is red anyway would prove nothing. */
async function expectGreen(tree: string, servers: Record<string, string>): Promise<void> {
  process.stderr.write('  the tests without any fault\n');
  const selections = new Map(faults.map((fault) => [`${fault.tests.join()} ${fault.named ?? ''}`, fault]));
  for (const { tests, named } of selections.values()) {
    const failing = await failingTests(tree, tests, named, servers);
    if (failing.length > 0) throw new Error(`These tests are red without any fault:\n  ${failing.join('\n  ')}`);
  }
}

async function plant(tree: string, fault: Fault, servers: Record<string, string>): Promise<Found> {
  const { id, what } = fault;
  const originals = fault.edits.map(({ file }) => ({ file, text: readFileSync(join(tree, file), 'utf8') }));
  try {
    for (const { file, find, replace } of fault.edits) {
      const text = readFileSync(join(tree, file), 'utf8');
      if (text.split(find).length !== 2)
        return { id, what, kind: 'stale', tests: [`${file} does not hold, exactly once: ${find.trim()}`] };
      writeFileSync(
        join(tree, file),
        text.replace(find, () => replace),
      );
    }
    const tests = await failingTests(tree, fault.tests, fault.named, servers);
    return { id, what, kind: tests.length > 0 ? 'red' : 'green', tests };
  } finally {
    for (const { file, text } of originals) writeFileSync(join(tree, file), text);
  }
}

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** The names of the tests that fail. A file that does not even load is no proof, so it is an error. */
async function failingTests(
  tree: string,
  files: readonly string[],
  named: string | undefined,
  servers: Record<string, string>,
): Promise<string[]> {
  const report = join(home, 'report.json');
  rmSync(report, { force: true });
  const args = ['node_modules/vitest/vitest.mjs', 'run', ...files, '--reporter=json', `--outputFile=${report}`];
  const env = { ...readLocalEnvironment().variables, ...servers, CI: '1' };
  const ended = await run(process.execPath, [...args, ...(named ? ['-t', named] : [])], {
    cwd: tree,
    env,
    timeout: TEST_LIMIT_MS,
  }).then(
    () => null,
    (error: Error & { stderr?: string }) => error,
  );
  let text: string;
  try {
    text = readFileSync(report, 'utf8');
  } catch {
    throw new Error(`vitest wrote no report for ${files.join(', ')}: ${ended?.stderr || ended?.message}`);
  }
  const { testResults } = JSON.parse(text) as VitestReport;
  const unloaded = testResults.find(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0);
  if (unloaded || testResults.length === 0) throw new Error(`${files.join(', ')} does not load: ${unloaded?.message}`);
  return testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
  );
}
