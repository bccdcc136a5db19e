import Fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { addControlRoutes } from './control/routes.ts';
import { Faults } from './faults/faults.ts';
import { Timers } from './faults/later.ts';
import { addFeed } from './feed/routes.ts';
import { cannotListen, requireFreePort } from './free-port.ts';
import { CallCounter } from './graph/calls.ts';
import { envelope } from './graph/errors.ts';
import { serveGraph } from './graph/http.ts';
import type { Platform } from './graph/platform.ts';
import { Tokens } from './graph/tokens.ts';
import { UsageMeter } from './graph/usage.ts';
import { memoryJournal, openJournal } from './world/journal.ts';
import type { Mutation } from './world/mutations.ts';
import { type World, type WorldSeed, worldSchema } from './world/schema.ts';
import { WorldState } from './world/state.ts';
import { WorldMistake } from './world/world-mistake.ts';

export { readWorld } from './world/read-world.ts';
export type { SectionsSeed, World, WorldSeed } from './world/schema.ts';
export { WorldMistake } from './world/world-mistake.ts';

export interface SandboxOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** 127.0.0.1 unless given. Inside a container it may be 0.0.0.0; `/control` still answers this machine only. */
  readonly host?: string;
  readonly world: WorldSeed;
  /** Where mutations are kept, so that a kill loses none; without it the sandbox forgets. */
  readonly stateDir?: string;
  readonly secrets: { readonly appSecret: string; readonly systemUserToken: string };
}

export interface Sandbox {
  readonly url: string;
  readonly port: number;
  /** What the operator should know of the start: a journal cut short, a world that changed. */
  readonly notices: readonly string[];
  close(): Promise<void>;
}

/**
 * Starts the platform as we fear it: Graph endpoints, `/control` and `/feed` on one loopback port.
 * @throws WorldMistake when the world or its journal does not read; Error when the port is busy
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const world = parseWorld(options.world);
  const host = options.host ?? '127.0.0.1';
  await requireFreePort(host, options.port);
  const journal = options.stateDir === undefined ? memoryJournal(Date.now()) : openJournal(options.stateDir, world, Date.now());
  const state = new WorldState(world, journal.replay.anchor);
  const notices = [...journal.replay.notices, ...replay(state, journal.replay.mutations)];
  const platform: Platform = {
    state,
    tokens: new Tokens(state, options.secrets),
    usage: new UsageMeter(world.usage),
    now: () => Date.now() + state.clockOffsetMs,
    commit(mutation) {
      state.apply(mutation);
      journal.append(mutation);
    },
    nextDigits: digitCounter(),
  };
  const [faults, calls, later] = [new Faults(), new CallCounter(), new Timers()];

  const app = newHttpServer();
  addFeed(app, platform);
  await app.register(async (local) => {
    local.addHook('onRequest', async (request, reply) => {
      if (!isLoopback(request.ip)) await reply.code(403).send({ problem: 'the control API answers only the machine it runs on' });
    });
    addControlRoutes(local, { platform, faults, calls, notices });
  });
  app.all('/*', async (request, reply) => {
    if (/^\/(control|feed)(\/|$|\?)/.test(request.url)) return reply.code(404).send({ problem: `nothing at ${request.url}` });
    await serveGraph(request, reply, { platform, faults, calls, later });
    return reply;
  });
  const port = await listen(app, host, options.port).catch(async (error) => {
    await app.close();
    journal.close();
    throw error;
  });
  return {
    url: `http://${reachable(host)}:${port}`,
    port,
    notices,
    async close() {
      later.close();
      await app.close();
      journal.close();
    },
  };
}

/** How a browser on this machine writes the host that the sandbox listens on. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host.includes(':') ? `[${host === '::' ? '::1' : host}]` : host;
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}

function parseWorld(seed: WorldSeed): World {
  const read = worldSchema.safeParse(seed);
  if (!read.success) throw new WorldMistake(`the sandbox's world does not read:\n${z.prettifyError(read.error)}`);
  return read.data;
}

/** Applies what happened before; what no longer fits a changed world is left out and said. */
function replay(state: WorldState, mutations: readonly Mutation[]): string[] {
  const notices: string[] = [];
  for (const mutation of mutations) {
    try {
      state.apply(mutation);
    } catch (error) {
      if (!(error instanceof WorldMistake)) throw error;
      notices.push(`left out an old ${mutation.kind}: ${error.message}`);
    }
  }
  return notices;
}

function newHttpServer(): FastifyInstance {
  const app = Fastify({ forceCloseConnections: true, bodyLimit: 8 * 1024 * 1024 });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))));
  });
  app.setErrorHandler((error: { statusCode?: number; message: string }, _request, reply) => {
    const status = error.statusCode ?? 500;
    const fields = status < 500 ? { message: error.message, code: 100 } : { message: 'An unknown error has occurred.', code: 1 };
    return reply.code(status).send(envelope(fields));
  });
  return app;
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<number> {
  try {
    const address = await app.listen({ host, port });
    return Number(new URL(address).port);
  } catch (cause) {
    throw cannotListen(host, port, cause);
  }
}

/** Sixteen digits that rise with time and are never given twice, also after a restart. */
function digitCounter(): () => string {
  let last = 0n;
  return () => {
    const now = BigInt(Date.now()) * 1_000n;
    last = now > last ? now : last + 1n;
    return last.toString();
  };
}
