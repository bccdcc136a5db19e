import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { ClientError } from './errors.ts';

export interface TemporalSettings {
  readonly address: string;
  readonly namespace: string;
}

export interface ConnectedClient {
  readonly client: Client;
  readonly connection: Connection;
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Connects as every Temporal tool does: `TEMPORAL_*` variables over the profile in `temporal.toml`. `settings` wins over
 * both, for a server that the caller has just started.
 * @throws ClientError `unreachable`, naming the address.
 */
export async function connectClient(settings: Partial<TemporalSettings> = {}): Promise<ConnectedClient> {
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
  const address = settings.address ?? connectionOptions.address ?? 'localhost:7233';
  try {
    const connection = await Connection.connect({ ...connectionOptions, address, connectTimeout: CONNECT_TIMEOUT_MS });
    const client = new Client({ connection, namespace: settings.namespace ?? namespace });
    return { client, connection, close: () => connection.close() };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ClientError(
      'unreachable',
      `No Temporal server answers at ${address} (${why}). Start one with "npm start", or set TEMPORAL_ADDRESS.`,
    );
  }
}
