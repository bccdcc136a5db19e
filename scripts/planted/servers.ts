import { join } from 'node:path';
import { ensureTemporalServer } from '../../cli/local/temporal-server.ts';
import { readLocalEnvironment } from '../../config/local-environment.ts';
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes.ts';
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../../store/embedded/start-embedded-postgres.ts';

/** One Postgres and one Temporal server for all faults; the tests make databases and namespaces of their own on them. */
export async function startServers(
  home: string,
  onStop: (stop: () => Promise<void>) => void,
): Promise<Readonly<Record<string, string>>> {
  const dataDir = join(home, 'postgres');
  const postgres = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off', synchronous_commit: 'off' } });
  onStop(async () => {
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
  onStop(() => temporal.stop());
  return { TEST_DATABASE_URL: postgres.url, TEST_TEMPORAL_ADDRESS: temporal.address };
}
