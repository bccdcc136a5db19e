import { join } from 'node:path';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { connectClient, FirstCommentClient } from '../../client/index.ts';
import { readLocalEnvironment } from '../../config/local-environment.ts';
import type { Brand, Profile } from '../../domain/brand.ts';
import { counted } from '../../domain/counted.ts';
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes.ts';
import { type OpenLedger, openLedger } from '../../store/open-ledger.ts';
import { createLogger } from '../../worker/logger.ts';
import { installRuntime } from '../../worker/runtime.ts';
import type { Cleanup } from '../cleanup.ts';
import type { Context } from '../context.ts';
import { sharePostgres } from '../local/shared-postgres.ts';
import { ensureTemporalServer } from '../local/temporal-server.ts';
import { runWorker } from '../run-worker.ts';
import { keepStackFile, readStackFile } from '../stack-file.ts';
import { openSandbox } from './open-sandbox.ts';
import type { Progress } from './progress.ts';
import { sandboxSecretReader } from './secrets.ts';

/** Everything up, as the example needs it. */
export interface Services {
  readonly brand: Brand;
  readonly client: FirstCommentClient;
  readonly ledger: OpenLedger;
  readonly sandboxUrl: string;
  readonly temporalUi: string | null;
  /** What another process had up already, and which is up when we have stopped. */
  readonly adopted: { readonly temporal: boolean; readonly sandbox: boolean };
  readonly namespace: string;
  /** Settles when the worker has stopped; rejects when it died. */
  readonly workerEnded: Promise<void>;
}

/**
 * Brings up what is not there already: Postgres, Temporal with its search attributes, the sandbox, one worker. All that
 * was started here goes into `cleanup`, so that a failure half-way leaves nothing running.
 */
export async function bringUp(context: Context, progress: Progress, cleanup: Cleanup): Promise<Services> {
  const { settings } = context;
  const { home } = settings;
  const brand = context.brand();
  const given: Profile = context.profile();
  const secret = sandboxSecretReader(home, given);

  const databaseUrl = await bringUpPostgres(context, progress, cleanup);
  const temporal = await bringUpTemporal(context, progress, cleanup);

  const sandbox = await progress.step(
    'sandbox',
    (say) =>
      openSandbox({
        ...settings,
        profile: given,
        secret,
        servedAt: readStackFile(home)?.sandboxUrl ?? null,
        stateDir: join(home, 'sandbox'),
        onTakeOver: say,
      }),
    ({ url, adopted }) => `${adopted ? 'already serves' : 'serves'} ${url}`,
  );
  cleanup.add(() => sandbox.close());
  const profile: Profile = { ...given, meta: { ...given.meta, baseUrl: sandbox.url } };

  const secrets = [profile.meta.appSecretEnv, profile.meta.systemUserTokenEnv].map((name) => secret(name));
  const logger = createLogger({ level: settings.logLevel, secrets, file: join(home, 'worker.log') });
  installRuntime(logger, null);
  const connected = await connectClient(temporal);
  cleanup.add(() => connected.close());
  const client = new FirstCommentClient(connected.client, { brandId: brand.id, profile: profile.name });

  const ledger = await progress.step(
    'ledger',
    async () => {
      const opened = await openLedger({ databaseUrl });
      cleanup.add(() => opened.close());
      const { applied } = await opened.migrate();
      const { added } = await opened.importApprovals(brand.approvals);
      return { opened, applied, added };
    },
    ({ applied, added }) => `${counted(applied.length, 'migration')} applied, ${counted(added, 'copy approval')} imported`,
  );
  const worker = await progress.step(
    'worker',
    async () => {
      const { cluster } = settings;
      return runWorker({ temporal, brand, profile, ledger: ledger.opened, client, cluster, logger, secret, home });
    },
    () => `runs; its log is ${join(home, 'worker.log')}`,
  );

  cleanup.add(() => worker.stop());

  const removeStackFile = keepStackFile(home, {
    brandFolder: settings.brandFolder,
    brandId: brand.id,
    profile: profile.name,
    databaseUrl,
    temporalAddress: temporal.address,
    temporalNamespace: temporal.namespace,
    temporalUi: temporal.uiUrl,
    sandboxUrl: sandbox.url,
  });
  cleanup.add(async () => removeStackFile());
  return {
    brand,
    client,
    ledger: ledger.opened,
    sandboxUrl: sandbox.url,
    temporalUi: temporal.uiUrl,
    adopted: { temporal: temporal.adopted, sandbox: sandbox.adopted },
    namespace: temporal.namespace,
    workerEnded: worker.done,
  };
}

async function bringUpPostgres({ settings }: Context, progress: Progress, cleanup: Cleanup): Promise<string> {
  if (settings.databaseUrl !== null) return settings.databaseUrl;
  const postgres = await progress.step(
    'postgres',
    (say) => sharePostgres({ home: settings.home, onProgress: say }),
    ({ port, adopted }) => `${adopted ? 'already listens' : 'listens'} on 127.0.0.1:${port}`,
  );
  cleanup.add(() => postgres.stop());
  return postgres.url;
}

async function bringUpTemporal({ settings }: Context, progress: Progress, cleanup: Cleanup) {
  const local = readLocalEnvironment();
  const { connectionOptions, namespace } = loadClientConnectConfig();
  const temporal = await progress.step(
    'temporal',
    (say) =>
      ensureTemporalServer({
        stateDir: join(settings.home, 'temporal'),
        port: settings.temporalPort,
        uiPort: settings.temporalUiPort,
        explicitAddress: local.temporalAddress,
        explicitNamespace: namespace,
        explicitConnection: connectionOptions,
        cliPath: local.temporalCliPath,
        cacheDir: local.cacheDir,
        env: local.variables,
        searchAttributes: SEARCH_ATTRIBUTES,
        onProgress: say,
      }),
    ({ address, adopted, uiUrl }) => `${adopted ? 'already answers' : 'answers'} on ${address}${uiUrl ? `, UI ${uiUrl}` : ''}`,
  );
  cleanup.add(() => temporal.stop());
  return temporal;
}
