import { describe, expect, test } from 'vitest';
import { ledgerForThisFile } from './ledger-for-file.ts';
import { anotherOwner, newAd, passGate, readyToSend } from './scene.ts';

const { ledger, rows } = ledgerForThisFile();
const FROM = '2026-11-01T10:00:00.000Z';
const restore = (settlesAfterMs = 0) => ledger().noteRestored({ from: FROM, by: 'Ops', why: 'disk', settlesAfterMs });

/** As if the wait after every restore were over for an hour. */
const settle = () => rows("update restores set settles_at = clock_timestamp() - interval '1 hour'");

describe('a restore that is noted', () => {
  test('shuts the gate for what was claimed before, until it is claimed again and a person opens everything', async () => {
    const { request, surface, owner } = await readyToSend(ledger());
    const { generation, pauseId } = await restore();
    expect(await ledger().gate(request)).toMatchObject({ kind: 'not-sent', reason: 'old-generation' });
    const claimed = await ledger().claim({ surface, owner, surfaceKey: 'k1' });
    expect(claimed).toMatchObject({ kind: 'claimed', generation, afterRestore: true });
    expect(await ledger().gate({ ...request, generation })).toMatchObject({ reason: 'breaker', key: pauseId });
    await ledger().resume(pauseId, 'Ops', 'entered anew');
    expect(await ledger().gate({ ...request, generation })).toMatchObject({
      reason: 'old-generation',
      says: expect.stringMatching(/not read whole/),
    });
    await ledger().noteWholeLook(surface, generation, 0);
    await passGate(ledger(), { ...request, generation });
  });

  test('keeps one breaker, however often it is noted, and each time who said so and why', async () => {
    const first = await restore();
    const second = await restore();
    expect(second).toMatchObject({ generation: first.generation + 1, pauseId: first.pauseId });
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

  test('stays closed until what was sent in the lost time has settled, and says from when on it can be opened', async () => {
    const { pauseId, opensAt } = await restore(3_600_000);
    expect(Date.parse(opensAt) - Date.now()).toBeGreaterThan(3_500_000);
    await expect(ledger().resume(pauseId, 'Ops', 'looks fine')).rejects.toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining(`until ${opensAt}`),
    });
    expect(await ledger().pauseStands(pauseId)).toBe(true);
    await restore();
    await expect(ledger().resume(pauseId, 'Ops', 'it is noted anew')).rejects.toThrow(opensAt);
    await settle();
    await ledger().resume(pauseId, 'Ops', 'over');
    expect(await ledger().pauseStands(pauseId)).toBe(false);
  });

  test('has to be said before the breaker that a missing row has tripped can be lifted; one of before does not count', async () => {
    await ledger().resume((await restore()).pauseId, 'Ops', 'over');
    await ledger().behind('a row');
    const pauseId = (await ledger().readOverview()).pauses[0]?.id ?? '';
    const refused = expect.stringMatching(/nobody has said.*first-comment ledger restored --from/);
    await expect(ledger().resume(pauseId, 'Ops', 'looks fine')).rejects.toMatchObject({
      kind: 'invalid',
      message: refused,
    });
    expect(await ledger().pauseStands(pauseId)).toBe(true);
    await restore();
    await ledger().resume(pauseId, 'Ops', 'over');
    expect(await ledger().pauseStands(pauseId)).toBe(false);
  });

  test('of a time to come is a mistake, and changes nothing', async () => {
    const before = await ledger().generation();
    const from = new Date(Date.now() + 86_400_000).toISOString();
    await expect(ledger().noteRestored({ from, by: 'Ops', why: 'disk', settlesAfterMs: 0 })).rejects.toMatchObject({
      kind: 'invalid',
    });
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
  await ledger().noteWholeLook(surface, generation - 1, 0);
  expect(await asks()).toBe(true);
  await ledger().noteWholeLook(surface, generation, 0);
  expect(await asks()).toBe(false);
  await ledger().releaseClaim(surface, owner);
  expect(await asks(anotherOwner())).toBe(false);
  expect(await ledger().mayLackAttempts(surface)).toBe(false);
});

test('a reading that began while requests of the lost time could still land does not count as whole', async () => {
  const { surface, owner } = newAd();
  const { pauseId, generation } = await restore(3_600_000);
  await ledger().claim({ surface, owner, surfaceKey: 'k1' });
  await ledger().noteWholeLook(surface, generation, 0);
  expect(await ledger().mayLackAttempts(surface)).toBe(true);
  await settle();
  await ledger().noteWholeLook(surface, generation, 7_200_000);
  expect(await ledger().mayLackAttempts(surface)).toBe(true);
  await ledger().noteWholeLook(surface, generation, 1_000);
  expect(await ledger().mayLackAttempts(surface)).toBe(false);
  await ledger().resume(pauseId, 'Ops', 'over');
});
