import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer as createHttp2Server } from 'node:http2';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isListening } from '../../cli/local/ports.ts';
import { createTestDatabase, type TestDatabase } from '../helpers/postgres.ts';
import { temporalAddress } from '../helpers/temporal.ts';
import { createTestNamespace, type TestNamespace } from '../helpers/temporal-namespace.ts';
import { until } from '../helpers/until.ts';
import { quickBrand } from './quick-brand.ts';
import { type StartedCli, startCli, temporaryHome } from './run-cli.ts';

// Pollers give up when the server refuses them for a minute. The program must not stay up as if it carried runs.

const PERMISSION_DENIED = '7';

let place: Awaited<ReturnType<typeof temporaryHome>>;
let database: TestDatabase;
let temporal: TestNamespace;
let door: Door;
let started: StartedCli | null = null;
const brand = quickBrand(0.25);

beforeAll(async () => {
  [place, database, temporal, door] = await Promise.all([
    temporaryHome(),
    createTestDatabase(),
    createTestNamespace(),
    openDoor(temporalAddress().address),
  ]);
});

afterAll(async () => {
  if (started?.child.exitCode === null) started.child.kill('SIGKILL');
  await started?.ended;
  await door.close();
  await temporal.close();
  await database.drop();
  await place.remove();
  rmSync(brand, { recursive: true, force: true });
});

test('a worker that dies ends the program: with an error, and with everything stopped that it had started', async () => {
  const program = startCli(['start'], {
    ...place.variables,
    FIRST_COMMENT_BRAND: brand,
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: door.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
  });
  started = program;
  await until('the example has run', async () => {
    if (program.child.exitCode !== null) throw new Error(program.output());
    return program.output().includes('Everything stays up');
  });
  door.refuse();
  const { code, stderr } = await program.ended;
  expect(code, stderr).toBe(3);
  expect(stderr).toContain('This is a defect of first-comment');
  expect(await isListening(Number(place.variables.FIRST_COMMENT_SANDBOX_PORT))).toBe(false);
});

interface Door {
  readonly address: string;
  /** From now on every request is refused, as after a revoked key. */
  refuse(): void;
  close(): Promise<void>;
}

/** A door before the real server. */
async function openDoor(to: string): Promise<Door> {
  const refusing = createHttp2Server((_, response) => {
    const head = { 'content-type': 'application/grpc', 'grpc-status': PERMISSION_DENIED };
    response.writeHead(200, { ...head, 'grpc-message': 'permission was taken away' }).end();
  });
  const sockets = new Set<Socket>();
  let target = Number(to.split(':').at(-1));
  const server = createServer((socket) => {
    const onward = connect({ host: '127.0.0.1', port: target });
    for (const [side, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      sockets.add(side);
      side.on('error', () => other.destroy()).on('close', () => other.destroy());
      side.pipe(other);
    }
  });
  const refusingAt = await listen(refusing);
  return {
    address: `127.0.0.1:${await listen(server)}`,
    refuse() {
      target = refusingAt;
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      refusing.close();
    },
  };
}

async function listen(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}
