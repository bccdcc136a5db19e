// `npm run enumeration -- [--json] [--scenario NAME …] [--cell PART] [--list]`: plays every await of the publish protocol
// with every fault (docs/testing.md), and prints the cells and their number. `--list` only names them. Exit 1 when one breaks the promise or an await is in no cell.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createCleanup } from '../cli/cleanup.ts';
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../store/embedded/start-embedded-postgres.ts';
import { openLedger } from '../store/open-ledger.ts';
import { holds, reportOf, summary, table } from '../test/enumeration/report.ts';
import { SCENARIOS } from '../test/enumeration/scenarios.ts';
import { playParts } from './enumeration/play-parts.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    scenario: { type: 'string', multiple: true, default: [] },
    cell: { type: 'string', default: '' },
    list: { type: 'boolean', default: false },
  },
});
const unknown = options.scenario.filter((name) => !SCENARIOS.some((scenario) => scenario.name === name));
if (unknown.length > 0) {
  process.stderr.write(`No scenario is called ${unknown.join(', ')}. Known: ${SCENARIOS.map(({ name }) => name).join(', ')}\n`);
  process.exit(2);
}

const cleanup = createCleanup();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void cleanup.run().finally(() => process.exit(130)));
}
try {
  const began = Date.now();
  const wish = options.scenario.flatMap((name) => ['--scenario', name]);
  const databaseUrl = await database();
  await migrated(databaseUrl);
  const args = ['--database', databaseUrl, ...wish, '--cell', options.cell, ...(options.list ? ['--list'] : [])];
  const found = await playParts(args, cleanup.add);
  const report = reportOf(found, Math.round((Date.now() - began) / 1000));
  const whole = options.scenario.length === 0 && options.cell === '';
  process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : table(found) + summary(report, whole));
  process.exitCode = holds(report, whole) ? 0 : 1;
} finally {
  await cleanup.run();
}

/** Before several processes open it: half-way there it would look like somebody else's. */
async function migrated(databaseUrl: string): Promise<void> {
  const ledger = await openLedger({ databaseUrl });
  await ledger.migrate();
  await ledger.close();
}

/** The database that `TEST_DATABASE_URL` names, or one that lives as long as this command. */
async function database(): Promise<string> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return given;
  const dataDir = await mkdtemp(join(tmpdir(), 'first-comment-enumeration-'));
  const server = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off', synchronous_commit: 'off' } });
  cleanup.add(async () => {
    await server.stop();
    await removeEmbeddedPostgres(dataDir);
  });
  return server.url;
}
