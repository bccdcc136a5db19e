import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectClient, FirstCommentClient } from '../../client/index.ts';
import { runCli, temporaryHome } from '../cli/run-cli.ts';
import { temporalAddress, uniqueName } from '../helpers/temporal.ts';
import { until } from '../helpers/until.ts';

// A server that answers but is not ready for us: the operator reads what to do, never a stack.

const AD = 'meta/act_100200/23850000001';

let place: Awaited<ReturnType<typeof temporaryHome>>;

beforeAll(async () => {
  place = await temporaryHome();
});

afterAll(() => place.remove());

describe.concurrent('a namespace that the server does not have', () => {
  test.for(['run', 'status', 'retry', 'cancel'])('is named by %s, with its mend and without a stack', async (command) => {
    const { address } = temporalAddress();
    const { code, stdout, stderr } = await runCli([command, AD], {
      ...place.variables,
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: 'no-such-namespace',
    });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(`Namespace no-such-namespace does not exist on ${address}`);
    expect(stderr).toContain('TEMPORAL_NAMESPACE');
    expect(stderr).not.toMatch(/^ +at /m);
  });
});

test('a namespace without our search attributes asks for setup', async () => {
  const { address } = temporalAddress();
  const namespace = uniqueName('fc-bare');
  const connection = await Connection.connect({ address });
  const workflowExecutionRetentionPeriod = { seconds: 86_400 } as unknown as never;
  await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod });
  await connection.close();
  const connected = await connectClient({ address, namespace });
  const client = new FirstCommentClient(connected.client);
  const refused = await until('the server knows the namespace and refuses the start', async () => {
    const error: unknown = await client.start({ platform: 'meta', accountId: 'act_100200', adId: '1' }).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    return error instanceof Error && !error.message.includes('does not exist') && error;
  });
  await connected.close();
  expect(refused).toMatchObject({ name: 'ClientError', kind: 'not-set-up' });
  expect(refused.message).toContain(`Namespace ${namespace} on ${address} lacks the search attributes`);
  expect(refused.message).toContain('"first-comment setup"');
});
