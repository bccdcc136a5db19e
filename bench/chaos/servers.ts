import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cleanup } from '../../cli/cleanup.ts';
import { freePort } from '../../cli/local/ports.ts';
import { readTemporalRecord } from '../../cli/local/temporal-record.ts';
import { ensureTemporalServer, type TemporalServer } from '../../cli/local/temporal-server.ts';
import type { Progress } from '../../cli/start/progress.ts';
import { readLocalEnvironment } from '../../config/local-environment.ts';
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes.ts';
import type { WorldSeed } from '../../sandbox/server.ts';
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../../store/embedded/start-embedded-postgres.ts';
import { type Child, startChild } from '../child-process.ts';
import type { SandboxInput } from '../sandbox-process.ts';

/** A server that can be killed and comes back under its address, with its data. */
export interface Killable {
  kill(): Promise<void>;
  restart(): Promise<void>;
}

export function makeHome(cleanup: Cleanup): string {
  const home = mkdtempSync(join(tmpdir(), 'first-comment-chaos-'));
  cleanup.add(async () => rmSync(home, { recursive: true, force: true }));
  return home;
}

export function makeSecrets(): SandboxInput['secrets'] {
  return { appSecret: randomBytes(16).toString('hex'), systemUserToken: `EAA${randomBytes(48).toString('base64url')}` };
}

export async function startPostgres(home: string, cleanup: Cleanup, progress: Progress): Promise<Killable & { url: string }> {
  const options = { dataDir: join(home, 'postgres'), port: await freePort() };
  let server = await progress.step(
    'postgres',
    () => startEmbeddedPostgres(options),
    ({ port }) => `listens on 127.0.0.1:${port}`,
  );
  cleanup.add(async () => {
    await server.stop();
    await removeEmbeddedPostgres(options.dataDir);
  });
  return {
    url: server.url,
    kill: async () => void process.kill(server.serverPid, 'SIGKILL'),
    async restart() {
      server = await insistently('Postgres starts again', () => startEmbeddedPostgres(options));
    },
  };
}

export async function startTemporal(home: string, cleanup: Cleanup, progress: Progress): Promise<Killable & TemporalServer> {
  const options = {
    stateDir: join(home, 'temporal'),
    port: await freePort(),
    uiPort: await freePort(),
    cliPath: readLocalEnvironment().temporalCliPath,
    searchAttributes: SEARCH_ATTRIBUTES,
  };
  const start = (say: (line: string) => void) => ensureTemporalServer({ ...options, onProgress: say });
  let server = await progress.step('temporal', start, ({ address }) => `answers on ${address}`);
  cleanup.add(() => server.stop());
  return {
    ...server,
    async kill() {
      const record = readTemporalRecord(options.stateDir);
      if (record) process.kill(record.server.pid, 'SIGKILL');
    },
    async restart() {
      server = await insistently('Temporal starts again', () => start(() => undefined));
    },
  };
}

/** The sandbox in a process of its own; what was written survives a kill, what was armed does not. */
export async function startSandboxServer(
  home: string,
  world: WorldSeed,
  secrets: SandboxInput['secrets'],
  cleanup: Cleanup,
  progress: Progress,
): Promise<Killable & { url: string }> {
  const input: SandboxInput = { world, secrets, port: await freePort(), stateDir: join(home, 'sandbox') };
  const start = () => startChild<SandboxInput, { url: string }>('./sandbox-process.ts', input);
  let child: Child<{ url: string }> = await progress.step('sandbox', start, ({ ready }) => `serves ${ready.url}`);
  cleanup.add(() => child.stop());
  return {
    url: child.ready.url,
    kill: () => child.kill(),
    async restart() {
      child = await insistently('the sandbox starts again', start);
    },
  };
}

const PATIENCE_MS = 90_000;
const PAUSE_MS = 250;

/** What else is down comes back: asked again until it answers. @throws the last error when it does not within a minute and a half */
export async function insistently<T>(what: string, ask: () => Promise<T>): Promise<T> {
  for (const deadline = Date.now() + PATIENCE_MS; ; ) {
    try {
      return await ask();
    } catch (cause) {
      if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`, { cause });
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
