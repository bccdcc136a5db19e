import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cleanup } from '../../cli/cleanup.ts';
import { readBrandOrExplain } from '../../cli/context.ts';
import { readTemporalRecord } from '../../cli/local/temporal-record.ts';
import { ensureTemporalServer } from '../../cli/local/temporal-server.ts';
import type { Progress } from '../../cli/start/progress.ts';
import { type ConnectedClient, connectClient } from '../../client/connect.ts';
import { connectionOf } from '../../config/connection.ts';
import { readLocalEnvironment } from '../../config/local-environment.ts';
import type { Profile } from '../../domain/brand.ts';
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes.ts';
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../../store/embedded/start-embedded-postgres.ts';
import { openLedger } from '../../store/open-ledger.ts';
import { startChild } from '../child-process.ts';
import type { SandboxInput } from '../sandbox-process.ts';
import type { WorkerInput } from '../worker-parts.ts';
import { emptyWorld } from '../world.ts';

const BRAND_FOLDER = 'examples/brightloom';

/** Processes whose CPU time is counted. */
export const COUNTED = ['worker', 'server', 'postgres', 'sandbox'] as const;
export type Counted = (typeof COUNTED)[number];

export interface Stack {
  readonly temporal: ConnectedClient;
  readonly sandboxUrl: string;
  readonly pids: Readonly<Record<Counted, number>>;
}

/** Brings up servers, sandbox and worker, each a process of its own, with fresh data on free ports. All of it ends with `cleanup`. */
export async function bringUpStack(cleanup: Cleanup, progress: Progress): Promise<Stack> {
  const home = mkdtempSync(join(tmpdir(), 'first-comment-bench-'));
  cleanup.add(async () => rmSync(home, { recursive: true, force: true }));
  const brand = readBrandOrExplain(BRAND_FOLDER);

  const postgres = await bringUpPostgres(join(home, 'postgres'), cleanup, progress);
  const ledger = await openLedger({ databaseUrl: postgres.url });
  await ledger.migrate();
  await ledger.importApprovals(brand.approvals);
  await ledger.close();

  const temporal = await bringUpTemporal(join(home, 'temporal'), cleanup, progress);
  const connected = await connectClient(temporal);
  cleanup.add(() => connected.close());

  const secrets = { appSecret: randomBytes(16).toString('hex'), systemUserToken: `EAA${randomBytes(48).toString('base64url')}` };
  const sandbox = await progress.step(
    'sandbox',
    () => startChild<SandboxInput, { url: string }>('./sandbox-process.ts', { world: emptyWorld(), secrets }),
    ({ pid, ready }) => `serves ${ready.url} from process ${pid}`,
  );
  cleanup.add(() => sandbox.stop());

  const { ready, pid: sandboxPid } = sandbox;
  const given = connectionOf(brand, { profile: 'sandbox', sandboxPort: 0, sandboxUrl: ready.url });
  const worker = await progress.step(
    'worker',
    () =>
      startChild<WorkerInput, object>('./worker-process.ts', {
        brandFolder: BRAND_FOLDER,
        profile: given,
        databaseUrl: postgres.url,
        temporal: { address: temporal.address, namespace: temporal.namespace },
        secrets: secretsByName(given, secrets),
      }),
    ({ pid }) => `runs in process ${pid}`,
  );
  cleanup.add(() => worker.stop());
  const pids = { worker: worker.pid, server: temporal.pid, postgres: postgres.serverPid, sandbox: sandboxPid };
  return { temporal: connected, sandboxUrl: ready.url, pids };
}

async function bringUpPostgres(dataDir: string, cleanup: Cleanup, progress: Progress) {
  const postgres = await progress.step(
    'postgres',
    (say) => startEmbeddedPostgres({ dataDir, onProgress: say }),
    ({ port }) => `listens on 127.0.0.1:${port}`,
  );
  cleanup.add(async () => {
    await postgres.stop();
    await removeEmbeddedPostgres(dataDir);
  });
  return postgres;
}

async function bringUpTemporal(stateDir: string, cleanup: Cleanup, progress: Progress) {
  const local = readLocalEnvironment();
  const server = await progress.step(
    'temporal',
    (say) =>
      ensureTemporalServer({
        stateDir,
        port: 0,
        uiPort: 0,
        cliPath: local.temporalCliPath,
        searchAttributes: SEARCH_ATTRIBUTES,
        onProgress: say,
      }),
    ({ address, uiUrl }) => `answers on ${address}, UI ${uiUrl}`,
  );
  cleanup.add(() => server.stop());
  const record = readTemporalRecord(stateDir);
  if (record === null) throw new Error(`the Temporal server left no record in ${stateDir}, so its CPU time cannot be counted`);
  return { ...server, pid: record.server.pid };
}

function secretsByName({ meta }: Profile, { appSecret, systemUserToken }: SandboxInput['secrets']): Record<string, string> {
  return { [meta.appSecretEnv]: appSecret, [meta.systemUserTokenEnv]: systemUserToken };
}
