import { createServer } from 'node:http';
import { UserError } from '../domain/user-error.ts';
import type { RunningWorker } from './worker.ts';

/** Serves `/live` (the process answers) and `/ready` (every poller runs) for container health checks. */
export async function serveHealth(port: number, worker: RunningWorker): Promise<{ close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const states = worker.states();
    const ready = states.every((state) => state === 'RUNNING');
    const status = request.url === '/live' || (request.url === '/ready' && ready) ? 200 : request.url === '/ready' ? 503 : 404;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ states }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(port, error)));
    server.listen(port, resolve);
  });
  return { close: () => new Promise((resolve) => server.close(() => resolve())) };
}

function cannotListen(port: number, error: NodeJS.ErrnoException): Error {
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return error;
  const why = error.code === 'EACCES' ? 'this user may not listen there' : 'another program has it';
  return new UserError(`Port ${port} for the health check cannot be had: ${why}. Choose another one with --health-port.`);
}
