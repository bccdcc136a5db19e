import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findTemporal } from '../../cli/local/temporal-binary.ts';
import { ensureTemporalServer, type TemporalServer } from '../../cli/local/temporal-server.ts';
import { readLocalEnvironment } from '../../config/local-environment.ts';
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes.ts';
import { openStage, type Stage } from '../helpers/stage.ts';
import { until } from '../helpers/until.ts';

// A server that calls a history long after this many events, so that weeks of waiting pass in seconds.
const LONG_FROM_EVENTS = 60;

let folder: string;
let server: TemporalServer;
let stage: Stage;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'first-comment-long-wait-'));
  const { variables, cacheDir, temporalCliPath } = readLocalEnvironment();
  const binary = await findTemporal({ cliPath: temporalCliPath, cacheDir, env: variables, onProgress: () => undefined });
  const wrapper = join(folder, 'temporal');
  const limit = `--dynamic-config-value limit.historyCount.suggestContinueAsNew=${LONG_FROM_EVENTS}`;
  writeFileSync(
    wrapper,
    `#!/bin/sh\nif [ "$1" = server ]; then exec "${binary}" "$@" ${limit}; else exec "${binary}" "$@"; fi\n`,
  );
  chmodSync(wrapper, 0o755);
  server = await ensureTemporalServer({
    stateDir: join(folder, 'state'),
    port: 0,
    uiPort: 0,
    cliPath: wrapper,
    env: variables,
    searchAttributes: SEARCH_ATTRIBUTES,
    onProgress: () => undefined,
  });
  stage = await openStage({ temporalAddress: server.address, timing: { selfWakeMs: 300 } });
});

afterAll(async () => {
  await stage?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('a run that waits for long goes on in a new execution, asks the platform nothing meanwhile, and publishes when it may', async () => {
  const { ad, postId } = await stage.newAd();
  const order = { kind: 'pause', scope: 'accountId', value: ad.accountId, by: 'Mara', why: 'stock is out' } as const;
  const { id } = await stage.ledger.pause(order);
  const first = await stage.client.start(ad);
  await stage.waiting(ad, 'paused');
  await until('the run goes on in a new execution', async () => (await stage.client.status(ad)).runId !== first.runId);
  const { wait } = await stage.waiting(ad, 'paused');
  expect(wait).toMatchObject({ key: id, says: expect.stringContaining('stock is out') });

  await stage.ledger.resume(id, 'Mara', 'stock is back');
  for (const workflowId of await stage.ledger.waitersFor('paused', id)) await stage.client.wake(workflowId);
  expect((await stage.client.result(ad)).outcome).toBe('visible');
  expect(await stage.sandbox.writes(postId)).toHaveLength(1);
  const { runs } = await stage.story(ad);
  expect(runs.length).toBeGreaterThan(1);
  expect(runs.filter(({ endedAt }) => endedAt === null)).toEqual([]);
  expect(runs.at(-1)?.outcome).toBe('visible');
});
