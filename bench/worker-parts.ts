import type { Client } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import type { Dependencies } from '../activities/dependencies.ts';
import { readBrandOrExplain } from '../cli/context.ts';
import { connectClient, FirstCommentClient } from '../client/index.ts';
import type { Brand, Profile } from '../domain/brand.ts';
import { openLedger } from '../store/open-ledger.ts';
import { connectWorker } from '../worker/connection.ts';
import { type Assembly, assembleDependencies } from '../worker/dependencies.ts';

/** What a worker's process is told: secrets stand in no command line and no environment. */
export interface WorkerInput {
  readonly brandFolder: string;
  readonly profile: Profile;
  readonly databaseUrl: string;
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly secrets: Readonly<Record<string, string>>;
}

export interface WorkerParts {
  readonly brand: Brand;
  readonly client: Client;
  readonly connection: NativeConnection;
  readonly dependencies: Dependencies;
  close(): Promise<void>;
}

/** Connects what a worker needs, as the program does. `close` is for after the worker has stopped. */
export async function openWorkerParts(
  { brandFolder, profile, databaseUrl, temporal, secrets }: WorkerInput,
  own: Pick<Assembly, 'cluster' | 'logger' | 'timing'>,
): Promise<WorkerParts> {
  const brand = readBrandOrExplain(brandFolder);
  const ledger = await openLedger({ databaseUrl });
  const connected = await connectClient(temporal);
  const connection = await connectWorker({ address: temporal.address });
  const { dependencies, close } = assembleDependencies({
    ...own,
    brand,
    profile,
    ledger,
    client: new FirstCommentClient(connected.client),
    namespace: temporal.namespace,
    secret: (name) => secrets[name] ?? '',
  });
  return {
    brand,
    client: connected.client,
    connection,
    dependencies,
    close: async () => {
      await close();
      await connection.close();
      await connected.close();
      await ledger.close();
    },
  };
}
