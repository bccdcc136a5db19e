import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHandOver, sendGuard } from '../../platforms/meta/send-guard.ts';

/** A server that counts requests, and a pool to it that already has an open socket. */
async function openSocket() {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    request.resume().on('end', () => response.end('{}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const pool = new Pool(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { connections: 1 });
  onTestFinished(async () => {
    await pool.close();
    server.close();
  });
  const post = async (handOver: ReturnType<typeof createHandOver>) => {
    const answer = await pool.compose(sendGuard(handOver)).request({ method: 'POST', path: '/', body: 'message=x' });
    return answer.body.text();
  };
  await post(createHandOver(null));
  return { post, requests: () => requests };
}

describe('the guard at the open socket', () => {
  it('lets a request through in time and marks it as handed over', async () => {
    const { post, requests } = await openSocket();
    const handOver = createHandOver(performance.now() + 5_000);
    expect(await post(handOver)).toBe('{}');
    expect([handOver.handed, requests()]).toEqual([true, 2]);
  });

  it('sends no byte once sendBy has passed', async () => {
    const { post, requests } = await openSocket();
    const handOver = createHandOver(performance.now() - 1);
    await expect(post(handOver)).rejects.toThrow('has passed');
    expect([handOver.handed, requests()]).toEqual([false, 1]);
  });

  it('sends no byte once the permission was withdrawn', async () => {
    const { post, requests } = await openSocket();
    const handOver = createHandOver(null);
    handOver.close('the caller gave up');
    await expect(post(handOver)).rejects.toThrow('the caller gave up');
    expect([handOver.handed, requests()]).toEqual([false, 1]);
  });

  it('never hands the same request over twice', async () => {
    const { post, requests } = await openSocket();
    const handOver = createHandOver(null);
    await post(handOver);
    await expect(post(handOver)).rejects.toThrow('already handed over');
    expect(requests()).toBe(2);
  });
});
