import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the range that systems give to outgoing connections: a port of those may be gone before Postgres listens on it. */
const QUIET_PORTS = { from: 12_000, to: 32_000 } as const;
const TRIES = 50;

/** A port that was free a moment ago. */
export async function pickPort(): Promise<number> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const port = randomInt(QUIET_PORTS.from, QUIET_PORTS.to);
    if (await isFree(port)) return port;
  }
  throw new Error('No free port on 127.0.0.1.');
}

/** Whether nobody listens on the port of 127.0.0.1 right now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
