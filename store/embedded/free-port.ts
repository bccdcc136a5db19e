import { createServer } from 'node:net';

/** Whether nobody listens on the port of 127.0.0.1 right now. */
export async function isFree(port: number): Promise<boolean> {
  return (await tryListen(port)) !== null;
}

/** A port that was free a moment ago. */
export async function pickPort(): Promise<number> {
  const port = await tryListen(0);
  if (port === null) throw new Error('No free port on 127.0.0.1.');
  return port;
}

function tryListen(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : null;
      server.close(() => resolve(bound));
    });
  });
}
