import { describe, expect, test } from 'vitest';
import { ledgerForThisFile } from './ledger-for-file.ts';
import { anotherOwner, newAd, passGate, readyToSend } from './scene.ts';

const { ledger, rows } = ledgerForThisFile();
const FROM = '2026-11-01T10:00:00.000Z';
const restore = () => ledger().noteRestored({ from: FROM, by: 'Ops', why: 'disk' });

describe('a restore that is noted', () => {
  test('shuts the gate for what was claimed before, until it is claimed again and a person opens everything', async () => {
    const { request, surface, owner } = await readyToSend(ledger());
    const { generation, pauseId } = await restore();
    expect(await ledger().gate(request)).toMatchObject({ kind: 'not-sent', reason: 'old-generation' });
    const claimed = await ledger().claim({ surface, owner, surfaceKey: 'k1' });
    expect(claimed).toMatchObject({ kind: 'claimed', generation, afterRestore: true });
    expect(await ledger().gate({ ...request, generation })).toMatchObject({ reason: 'breaker', key: pauseId });
    await ledger().resume(pauseId, 'Ops', 'entered anew');
    await passGate(ledger(), { ...request, generation });
  });

  test('keeps one breaker, however often it is noted, and each time who said so and why', async () => {
    const first = await restore();
    const second = await restore();
    expect(second).toEqual({ generation: first.generation + 1, pauseId: first.pauseId });
    const noted = await rows('select generation, restored_from, restored_by, why from restores order by generation desc limit 1');
    expect(noted).toEqual([{ generation: second.generation, restored_from: new Date(FROM), restored_by: 'Ops', why: 'disk' }]);
    await ledger().resume(first.pauseId, 'Ops', 'over');
  });

  test('takes the breaker that a missing row has tripped for its own', async () => {
    await ledger().behind('a row');
    const [tripped] = (await ledger().readOverview()).pauses;
    expect((await restore()).pauseId).toBe(tripped?.id);
    await ledger().resume(tripped?.id ?? '', 'Ops', 'over');
  });

  test('of a time to come is a mistake, and changes nothing', async () => {
    const before = await ledger().generation();
    const from = new Date(Date.now() + 86_400_000).toISOString();
    await expect(ledger().noteRestored({ from, by: 'Ops', why: 'disk' })).rejects.toMatchObject({ kind: 'invalid' });
    expect(await ledger().generation()).toBe(before);
    expect((await ledger().readOverview()).pauses).toEqual([]);
  });
});

test('a thread counts as read whole in its generation alone: every claim asks for it until it was', async () => {
  const { surface, owner } = newAd();
  const { pauseId, generation } = await restore();
  await ledger().resume(pauseId, 'Ops', 'over');
  const asks = async (by = owner) => {
    const answer = await ledger().claim({ surface, owner: by, surfaceKey: 'k1' });
    return answer.kind === 'claimed' && answer.afterRestore;
  };
  expect(await ledger().mayLackAttempts(surface)).toBe(true);
  expect(await asks()).toBe(true);
  expect(await asks()).toBe(true);
  await ledger().noteWholeLook(surface, generation - 1);
  expect(await asks()).toBe(true);
  await ledger().noteWholeLook(surface, generation);
  expect(await asks()).toBe(false);
  await ledger().releaseClaim(surface, owner);
  expect(await asks(anotherOwner())).toBe(false);
  expect(await ledger().mayLackAttempts(surface)).toBe(false);
});
