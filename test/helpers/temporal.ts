import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { afterAll, inject } from 'vitest';

/** Where the run's dev server is. */
export function temporalAddress(): { readonly address: string; readonly namespace: string } {
  return inject('temporal');
}

/** A client of the run's dev server, closed when the test file is done. */
export async function temporalClient(): Promise<Client> {
  const { address, namespace } = temporalAddress();
  const connection = await Connection.connect({ address });
  afterAll(() => connection.close());
  return new Client({ connection, namespace });
}

/** A connection for a worker, closed when the test file is done. Stop the worker first. */
export async function temporalNativeConnection(): Promise<NativeConnection> {
  const connection = await NativeConnection.connect({ address: temporalAddress().address });
  afterAll(() => connection.close());
  return connection;
}

/** Test files share the server: a name that no other test uses, for task queues and workflow ids. */
export function uniqueName(prefix: string): string {
  return `${prefix}-${randomUUID().slice(0, 8)}`;
}
