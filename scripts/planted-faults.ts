// `npm run planted-faults -- [--only ID …] [--list | --json | --markdown]`: plants one fault at a time into a copy of the repository,
// runs the tests named for it, and expects them to turn red. Exit 1 when a fault stays green or no longer applies. `--list` plants none.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createCleanup } from '../cli/cleanup.ts';
import type { Fault } from '../test/planted/fault.ts';
import { FAULTS } from '../test/planted/faults.ts';
import { copyTree } from './planted/copy-tree.ts';
import { failingTests } from './planted/failing-tests.ts';
import { plantEdits } from './planted/plant.ts';
import { type Found, listed, markdown, plainTable } from './planted/report.ts';
import { startServers } from './planted/servers.ts';

type Servers = Readonly<Record<string, string>>;

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    list: { type: 'boolean' },
    json: { type: 'boolean' },
    markdown: { type: 'boolean' },
  },
});
const faults = FAULTS.filter(({ id }) => options.only?.includes(id) ?? true);
if (faults.length === 0) {
  process.stderr.write(`No fault is called ${options.only?.join(', ')}. Known: ${FAULTS.map(({ id }) => id).join(', ')}\n`);
  process.exit(2);
}
if (options.list) {
  process.stdout.write(listed(faults));
  process.exit();
}

const cleanup = createCleanup();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void cleanup.run().finally(() => process.exit(130)));
}
try {
  const home = mkdtempSync(join(tmpdir(), 'first-comment-planted-'));
  cleanup.add(async () => rmSync(home, { recursive: true, force: true }));
  const tree = join(home, 'tree');
  await copyTree(join(import.meta.dirname, '..'), tree);
  const servers = await startServers(home, cleanup.add);
  await expectGreen(tree, servers);
  const found: Found[] = [];
  for (const fault of faults) found.push(await plant(tree, fault, servers));
  if (options.json) process.stdout.write(`${JSON.stringify(found)}\n`);
  else process.stdout.write(options.markdown ? markdown(found) : plainTable(found));
  process.exitCode = found.every(({ kind }) => kind === 'red') ? 0 : 1;
} finally {
  await cleanup.run();
}

/** Tests that are red anyway would prove nothing. */
async function expectGreen(tree: string, servers: Servers): Promise<void> {
  process.stderr.write('  the tests without any fault\n');
  const selections = new Map(faults.map((fault) => [`${fault.tests.join()} ${fault.named ?? ''}`, fault]));
  for (const selection of selections.values()) {
    const failing = await failingTests(tree, selection, servers);
    if (failing.length > 0) throw new Error(`These tests are red without any fault:\n  ${failing.join('\n  ')}`);
  }
}

async function plant(tree: string, fault: Fault, servers: Servers): Promise<Found> {
  const { id, what, edits } = fault;
  const planted = plantEdits(tree, edits);
  if (planted.kind === 'stale') return told({ id, what, kind: 'stale', tests: [planted.says] });
  try {
    const tests = await failingTests(tree, fault, servers);
    return told({ id, what, kind: tests.length > 0 ? 'red' : 'green', tests });
  } finally {
    planted.restore();
  }
}

function told(found: Found): Found {
  process.stderr.write(`  ${found.kind.padEnd(6)} ${found.id}\n`);
  return found;
}
