import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort, isListening } from '../../cli/local/ports.ts';
import { LocalSetupError } from '../../cli/local/setup-error.ts';
import { ensureTemporalServer, type TemporalServer, type TemporalServerOptions } from '../../cli/local/temporal-server.ts';
import { temporalAddress } from '../helpers/temporal.ts';

describe('the Temporal dev server of a state folder', () => {
  let stateDir: string;
  let port: number;
  let uiPort: number;
  const undo: (() => Promise<unknown> | unknown)[] = [];

  beforeEach(async () => {
    stateDir = mkdtempSync(join(tmpdir(), 'fc-temporal-test-'));
    port = await freePort();
    uiPort = await freePort();
  });

  afterEach(async () => {
    for (const step of undo.splice(0).reverse()) await step();
    rmSync(stateDir, { recursive: true, force: true });
  });

  async function ensure(changes: Partial<TemporalServerOptions> = {}): Promise<TemporalServer> {
    const server = await ensureTemporalServer({
      stateDir,
      port,
      uiPort,
      searchAttributes: { FcAd: 'Keyword', FcSurfaces: 'KeywordList', FcNeedsHuman: 'Bool' },
      onProgress: () => {},
      ...changes,
    });
    undo.push(() => server.stop());
    return server;
  }

  async function startOwner(): Promise<ChildProcess> {
    const owner = spawn(process.execPath, [join(import.meta.dirname, 'owner.ts'), stateDir, String(port), String(uiPort)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    undo.push(() => endOf(owner, 'SIGTERM'));
    await once(owner.stdout, 'data');
    return owner;
  }

  it('starts with a page people can open, the search attributes, and a record only this user can read', async () => {
    const server = await ensure();

    expect(server).toMatchObject({ address: `127.0.0.1:${port}`, namespace: 'default', adopted: false });
    const page = await fetch(`${server.uiUrl}`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<html');
    expect(await searchAttributesAt(server.address)).toMatchObject({ FcAd: 2, FcSurfaces: 7, FcNeedsHuman: 5 });
    expect(statSync(join(stateDir, 'temporal.json')).mode & 0o777).toBe(0o600);
  });

  it('ends with its last user and leaves neither process nor record', async () => {
    const server = await ensure();
    await server.stop();

    expect(await isListening(port)).toBe(false);
    expect(() => statSync(join(stateDir, 'temporal.json'))).toThrow('ENOENT');
  });

  it('still knows a workflow that was started before it was restarted', async () => {
    const first = await ensure();
    await withClient(first.address, (client) => client.workflow.start('anything', { workflowId: 'kept', taskQueue: 'nobody' }));
    await first.stop();

    const second = await ensure();
    const description = await withClient(second.address, (client) => client.workflow.getHandle('kept').describe());
    expect(description.status.name).toBe('RUNNING');
  });

  it('is taken over when its owner was killed, and then ends with the new owner', async () => {
    const owner = await startOwner();
    await endOf(owner, 'SIGKILL');
    expect(await isListening(port)).toBe(true);

    const server = await ensure();
    expect(server).toMatchObject({ address: `127.0.0.1:${port}`, adopted: true });
    expect(await searchAttributesAt(server.address)).toMatchObject({ FcSurfaces: 7 });
    await server.stop();
    expect(await isListening(port)).toBe(false);
  });

  it('is shared with an owner that lives, and goes on when the borrower stops', async () => {
    await startOwner();
    const borrowed = await ensure({ port: 0, uiPort: 0 });
    expect(borrowed).toMatchObject({ address: `127.0.0.1:${port}`, adopted: true });

    await borrowed.stop();
    expect(await isListening(port)).toBe(true);
  });

  it('outlives an owner that stops while a borrower still uses it', async () => {
    const owner = await startOwner();
    const borrowed = await ensure();
    await endOf(owner, 'SIGTERM');
    expect(await isListening(port)).toBe(true);

    await borrowed.stop();
    expect(await isListening(port)).toBe(false);
  });

  it('is started once when two starts want it at the same moment', async () => {
    const both = await Promise.all([ensure(), ensure()]);
    expect(both.map((server) => server.adopted).sort()).toEqual([false, true]);
    expect(new Set(both.map((server) => server.address)).size).toBe(1);
  });

  it('starts anew when the recorded process is another one by now', async () => {
    const server = await ensure();
    const path = join(stateDir, 'temporal.json');
    const record = JSON.parse(readFileSync(path, 'utf8'));
    await server.stop();
    writeFileSync(path, JSON.stringify({ ...record, server: { ...record.server, pid: process.pid } }));

    expect((await ensure()).adopted).toBe(false);
  });

  it('sets its database up again when the first start was cut off before it was complete', async () => {
    writeFileSync(join(stateDir, 'temporal.db'), '');
    expect((await ensure()).adopted).toBe(false);
  });

  it('names a busy port and how to take another', async () => {
    await listenOn(port);
    const failure = ensure();
    await expect(failure).rejects.toThrow(LocalSetupError);
    await expect(failure).rejects.toThrow(
      new RegExp(`Port ${port} .* is used by another program\\.\\n.*FIRST_COMMENT_TEMPORAL_PORT=${port + 10}`),
    );
  });

  it('names a busy port of the UI', async () => {
    await listenOn(uiPort);
    await expect(ensure()).rejects.toThrow(new RegExp(`Port ${uiPort} .*Temporal UI.*\\n.*FIRST_COMMENT_TEMPORAL_UI_PORT=`));
    expect(await isListening(port)).toBe(false);
  });

  it('offers to use the Temporal server that is found on the busy port', async () => {
    const stranger = temporalAddress().address;
    await expect(ensure({ port: Number(stranger.split(':')[1]) })).rejects.toThrow(`TEMPORAL_ADDRESS=${stranger}`);
  });

  it('uses an explicit server as it is and never stops it', async () => {
    const { address } = temporalAddress();
    const server = await ensure({ explicitAddress: address });
    expect(server).toMatchObject({ address, adopted: true, uiUrl: null });

    await server.stop();
    expect(await searchAttributesAt(address)).toMatchObject({ FcAd: 2 });
  });

  it('says which namespace an explicit server lacks', async () => {
    const { address } = temporalAddress();
    await expect(ensure({ explicitAddress: address, explicitNamespace: 'no-such-place' })).rejects.toThrow(
      'no namespace "no-such-place"',
    );
  });

  it('says that an explicit server does not answer', async () => {
    await expect(ensure({ explicitAddress: `127.0.0.1:${port}` })).rejects.toThrow(/does not answer.*\n.*Check TEMPORAL_ADDRESS/);
  });

  it('says that a search attribute of another type is in the way', async () => {
    const { address } = temporalAddress();
    await expect(ensure({ explicitAddress: address, searchAttributes: { FcAd: 'Bool' } })).rejects.toThrow(
      'FcAd that is not of type Bool',
    );
  });

  async function listenOn(busy: number): Promise<void> {
    const stranger: Server = createServer((socket) => socket.destroy());
    stranger.listen(busy, '127.0.0.1');
    await once(stranger, 'listening');
    undo.push(() => new Promise((resolve) => stranger.close(resolve)));
  }
});

async function endOf(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

async function withClient<T>(address: string, work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await work(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

async function searchAttributesAt(address: string): Promise<unknown> {
  return withClient(address, async (client) => {
    const { customAttributes } = await client.connection.operatorService.listSearchAttributes({ namespace: 'default' });
    return customAttributes;
  });
}
