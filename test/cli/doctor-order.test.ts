import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cameForward } from '../../cli/doctor/queue-order.ts';
import { freePort } from '../../cli/local/ports.ts';
import { findTemporal } from '../../cli/local/temporal-binary.ts';
import { connectWhenHealthy } from '../../cli/local/temporal-health.ts';
import { readLocalEnvironment } from '../../config/local-environment.ts';
import { temporalAddress } from '../helpers/temporal.ts';
import { askDoctor } from './ask-doctor.ts';

// Two real servers of the same version: one as it comes, one with the dynamic configuration that our own start gives it.

let home: string;
let bare: ChildProcess;
let port: number;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'first-comment-order-'));
  port = await freePort();
  const { cacheDir, temporalCliPath, variables } = readLocalEnvironment();
  const binary = await findTemporal({ cliPath: temporalCliPath, cacheDir, env: variables, onProgress: () => undefined });
  const args = ['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'never'];
  bare = spawn(binary, args, { stdio: 'ignore' });
  const connection = await connectWhenHealthy({ address: `127.0.0.1:${port}` }, 'default', { timeoutMs: 60_000 });
  await connection.close();
});

afterAll(async () => {
  if (bare.exitCode === null) {
    bare.kill('SIGTERM');
    await once(bare, 'exit');
  }
  rmSync(home, { recursive: true, force: true });
});

async function orderAt(address: string) {
  const { check } = await askDoctor({ FIRST_COMMENT_HOME: home, TEMPORAL_ADDRESS: address }, []);
  return { priorities: check('temporal.priorities'), fairness: check('temporal.fairness') };
}

test('on a server as it comes priorities and fairness are inert, which is said with the settings that mend it', async () => {
  const { priorities, fairness } = await orderAt(`127.0.0.1:${port}`);
  expect(priorities).toMatchObject({ state: 'warning', mend: expect.stringContaining('matching.useNewMatcher') });
  expect(priorities.says).toMatch(/5 urgent tasks queued behind 40 others came at places [\d, ]+: priorities are inert/);
  expect(fairness).toMatchObject({ state: 'warning', mend: expect.stringContaining('matching.enableFairness') });
});

test('on the server that we start ourselves both act', async () => {
  const { priorities, fairness } = await orderAt(temporalAddress().address);
  expect(priorities).toMatchObject({
    state: 'ok',
    says: expect.stringContaining('came at places 1, 2, 3, 4, 5: priorities act'),
  });
  expect(fairness.state).toBe('ok');
});

test('most of the few before half of the crowd means that they came forward, wherever the others are', () => {
  const few = fc.uniqueArray(fc.integer({ min: 0, max: 44 }), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(few, (positions) => {
      const median = positions.toSorted((a, b) => a - b)[2] ?? 0;
      expect(cameForward({ positions, crowd: 40 })).toBe(median < 20);
    }),
  );
});
