import { connect, createServer } from 'node:net';
import { LocalSetupError } from './setup-error.ts';

const HOST = '127.0.0.1';

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const port = await listenBriefly(0);
  if (port === null)
    throw new LocalSetupError('No free port on 127.0.0.1.', ['Stop programs that hold many connections, then try again.']);
  return port;
}

export async function isPortFree(port: number): Promise<boolean> {
  return (await listenBriefly(port)) !== null;
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

/** The port that could be listened on, or null when somebody else has it or the system forbids it. */
function listenBriefly(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ host: HOST, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : null));
    });
  });
}
