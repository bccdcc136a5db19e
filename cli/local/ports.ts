import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';
import { LocalSetupError } from './setup-error.ts';

const HOST = '127.0.0.1';

/**
 * Below the range from which systems take the ports of outgoing connections (32768 and up on Linux): one of those may be
 * taken again before its new owner listens on it.
 */
const QUIET_PORTS = { from: 12_000, to: 32_000 } as const;
const TRIES = 50;

/** A port that nobody listens on at this moment, and that no outgoing connection is given. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const port = randomInt(QUIET_PORTS.from, QUIET_PORTS.to);
    if (await isPortFree(port)) return port;
  }
  throw new LocalSetupError('No free port on 127.0.0.1.', ['Stop programs that listen on many ports, then try again.']);
}

export function isPortFree(port: number): Promise<boolean> {
  return listenBriefly(port);
}

/** True when somebody accepts connections there. Unlike `isPortFree` it does not touch the port itself. */
export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: HOST, port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Whether the port could be listened on: nobody else has it, and the system allows it. */
function listenBriefly(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: HOST, port, exclusive: true }, () => {
      server.close(() => resolve(true));
    });
  });
}
