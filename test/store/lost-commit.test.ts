import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { openLedger } from '../../store/open-ledger.ts';
import { ledgerForThisFile } from './ledger-for-file.ts';
import { readyToSend } from './scene.ts';

const { ledger, url } = ledgerForThisFile();

const proxies: Server[] = [];
afterAll(() => {
  for (const proxy of proxies) proxy.close();
});

/** A way to the database on which, once told to, the connection breaks around the commit. */
async function proxyTo(target: URL): Promise<{ url: string; breakAtCommit: (when: 'before' | 'after') => void }> {
  let breakWhen: 'before' | 'after' | null = null;
  const proxy = createServer((client) => {
    const server = connect(Number(target.port), target.hostname);
    const cut = () => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) socket.on('error', cut).on('close', cut);
    let cutAtAnswer = false;
    client.on('data', (chunk) => {
      const commits = chunk.toString('latin1').toLowerCase().includes('commit');
      if (commits && breakWhen === 'before') return cut();
      if (commits && breakWhen === 'after') cutAtAnswer = true;
      return server.write(chunk);
    });
    // The database has committed by the time it answers; the answer never arrives.
    server.on('data', (chunk) => (cutAtAnswer ? cut() : client.write(chunk)));
  });
  proxies.push(proxy);
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const through = new URL(target);
  through.port = String((proxy.address() as AddressInfo).port);
  return {
    url: through.href,
    breakAtCommit: (when) => {
      breakWhen = when;
    },
  };
}

test.each([
  ['before', 0],
  ['after', 1],
] as const)(
  'a gate whose connection breaks just %s the commit throws, so nothing is sent; the ledger has %i attempt',
  async (when, attempts) => {
    const scene = await readyToSend(ledger());
    const proxy = await proxyTo(new URL(url()));
    const shaky = await openLedger({ databaseUrl: proxy.url });
    await shaky.generation();
    proxy.breakAtCommit(when);
    await expect(shaky.gate(scene.request)).rejects.toMatchObject({ kind: 'unreachable' });
    await shaky.close();

    expect(await ledger().attemptsOn(scene.surface)).toHaveLength(attempts);
    const again = await ledger().gate(scene.request);
    expect(again).toMatchObject(attempts === 0 ? { kind: 'open', n: 1 } : { kind: 'not-sent', reason: 'unsettled-attempt' });
  },
);
