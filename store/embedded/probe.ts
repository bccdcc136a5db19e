import pg from 'pg';
import type { Cluster } from './cluster-file.ts';
import { CLUSTER_USER, dataFolder } from './data-folder.ts';

const PROBE_TIMEOUT_MS = 3_000;
const DATABASE = 'first_comment';

/** The address of our database in the cluster. Holds the password: hand it on, never print it. */
export function addressOf(cluster: Cluster, port: number, database = DATABASE): string {
  return `postgres://${CLUSTER_USER}:${cluster.password}@127.0.0.1:${port}/${database}`;
}

/** Whether a server answers on the port with our password and on our data folder. */
export async function answersAsOurs(cluster: Cluster, port: number): Promise<boolean> {
  try {
    return await withClient(addressOf(cluster, port, 'postgres'), async (client) => {
      const shown = await client.query<{ data_directory: string }>('show data_directory');
      return shown.rows[0]?.data_directory === dataFolder(cluster);
    });
  } catch {
    return false;
  }
}

/** Creates our database unless it is there; two processes may do so at once. */
export async function ensureDatabase(cluster: Cluster, port: number): Promise<void> {
  await withClient(addressOf(cluster, port, 'postgres'), async (client) => {
    const found = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (found.rows.length > 0) return;
    try {
      await client.query(`create database ${DATABASE}`);
    } catch (error) {
      // 42P04 and 23505: another process made it between our look and our word.
      const code = error instanceof Error && 'code' in error ? error.code : null;
      if (code !== '42P04' && code !== '23505') throw error;
    }
  });
}

async function withClient<T>(address: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: address,
    connectionTimeoutMillis: PROBE_TIMEOUT_MS,
    query_timeout: PROBE_TIMEOUT_MS,
  });
  // A server that stops in the middle says so outside of any query too; the query's own error is the one that counts.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end();
  }
}
