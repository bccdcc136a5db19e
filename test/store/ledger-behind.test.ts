import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { ledgerForThisFile } from './ledger-for-file.ts';
import { judgementOf, newAd, passGate, readyToSend } from './scene.ts';

const { ledger } = ledgerForThisFile();

test('a request that names a row which is not there pauses publishing everywhere, once, until it is resumed', async () => {
  const behind = await readyToSend(ledger());
  const other = await readyToSend(ledger());
  const first = await ledger().gate({ ...behind.request, factsId: randomUUID() });
  expect(first).toMatchObject({ kind: 'not-sent', reason: 'breaker', says: expect.stringMatching(/restored/) });
  expect(await ledger().gate({ ...behind.request, surface: newAd().surface })).toMatchObject({
    kind: 'not-sent',
    reason: 'breaker',
  });
  await expect(ledger().recordResult(randomUUID(), { kind: 'unknown', says: '' }, 'workflow')).rejects.toMatchObject({
    kind: 'ledger-behind',
  });
  const pauseId = first.kind === 'not-sent' ? first.key : null;
  await expect(ledger().readFacts(randomUUID())).rejects.toMatchObject({ kind: 'ledger-behind', pauseId });
  await expect(ledger().recordJudgement(randomUUID(), judgementOf(), 'brand-1')).rejects.toMatchObject({ kind: 'ledger-behind' });

  expect(await ledger().gate(other.request)).toMatchObject({ kind: 'not-sent', reason: 'breaker' });
  const { pauses } = await ledger().readOverview();
  expect(pauses).toHaveLength(1);
  const from = new Date(Date.now() - 60_000).toISOString();
  const { generation } = await ledger().noteRestored({ from, by: 'Mara', why: 'the disk is gone', settlesAfterMs: 0 });
  for (const pause of pauses) await ledger().resume(pause.id, 'Mara', 'compared with the platform');
  await ledger().noteWholeLook(other.surface, generation, 0);
  await passGate(ledger(), { ...other.request, generation });
});

test('an id that is none is the caller’s mistake and pauses nothing', async () => {
  await expect(ledger().readFacts('not-an-id')).rejects.toMatchObject({ kind: 'invalid' });
  expect((await ledger().readOverview()).pauses).toEqual([]);
});
