import { randomUUID } from 'node:crypto';
import { Client, Connection, isGrpcServiceError } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { registerSearchAttributes } from '../../cli/local/search-attributes.ts';
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes.ts';
import { temporalAddress } from './temporal.ts';
import { until } from './until.ts';

export interface TestNamespace {
  readonly namespace: string;
  readonly client: Client;
  readonly native: NativeConnection;
  close(): Promise<void>;
}

/** As gRPC numbers it. */
const ALREADY_EXISTS = 6;
const ONE_DAY = { seconds: 86_400 };

function unlessThere(error: unknown): void {
  if (!isGrpcServiceError(error) || error.code !== ALREADY_EXISTS) throw error;
}

/** A namespace of the test's own, on the run's dev server unless another one is named: workflow ids are ads, so no two test files may share one. */
export async function createTestNamespace(address = temporalAddress().address): Promise<TestNamespace> {
  const namespace = `fc-test-${randomUUID().slice(0, 8)}`;
  const connection = await Connection.connect({ address });
  // A server that is busy with others may say that it came to no end in time, whether or not it registered the name.
  await until('the namespace is registered', async () => {
    await connection.workflowService
      .registerNamespace({ namespace, workflowExecutionRetentionPeriod: ONE_DAY as unknown as never })
      .catch(unlessThere);
    return true;
  });
  // The server learns of a new namespace, and then of its attributes, a moment after it was told.
  await until('the namespace takes search attributes', async () => {
    await registerSearchAttributes(connection, namespace, SEARCH_ATTRIBUTES);
    return true;
  });
  const client = new Client({ connection, namespace });
  await until('the namespace knows its search attributes', async () => {
    await client.workflow.count('FcNeedsHuman = true AND FcOutcome = "visible"');
    return true;
  });
  const native = await NativeConnection.connect({ address });
  return {
    namespace,
    client,
    native,
    async close() {
      await native.close();
      await connection.close();
    },
  };
}
