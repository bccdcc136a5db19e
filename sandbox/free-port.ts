import { createServer } from 'node:net';

/**
 * Makes sure that a port can be listened on, before anything on disk is touched: a second start must not disturb the
 * journal of a sandbox that already runs there.
 * @throws Error that names the port and the way out
 */
export function requireFreePort(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (cause) => reject(cannotListen(host, port, cause)));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve()));
  });
}

/** Why a port cannot be listened on, and what to do. */
export function cannotListen(host: string, port: number, cause: unknown): Error {
  const busy = (cause as NodeJS.ErrnoException).code === 'EADDRINUSE';
  const says = busy
    ? `port ${port} on ${host} is taken; stop what listens there or start the sandbox on another port (0 takes a free one)`
    : `the sandbox cannot listen on ${host}:${port}: ${(cause as Error).message}`;
  return new Error(says, { cause });
}
