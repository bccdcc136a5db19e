import { describe, expect, test } from 'vitest';
import { ledgerForThisFile } from './ledger-for-file.ts';
import { anotherOwner, passGate, proposalOf, readyToSend, TEXT } from './scene.ts';

const { ledger, rows } = ledgerForThisFile();

describe('an order returns', () => {
  test('only when what passed the gate before can send no more, and lists what is still in flight', async () => {
    const { request, surface } = await readyToSend(ledger());
    const sendByMs = 700;
    const { attemptId } = await passGate(ledger(), { ...request, sendByMs });
    const order = await ledger().orderWithdrawal({ criteria: { surfaceId: surface.surfaceId }, by: 'Mara', why: 'price' });
    const late = await rows<{ late: boolean }>(
      "select clock_timestamp() >= gate_at + send_by_ms * interval '1 millisecond' as late from attempts where attempt_id = $1",
      [attemptId],
    );
    expect(late).toEqual([{ late: true }]);
    expect(order.inFlight).toMatchObject([{ attemptId, result: null }]);
  });

  test('at once when the answer comes, and then lists nothing', async () => {
    const { request, run } = await readyToSend(ledger());
    const { attemptId } = await passGate(ledger(), { ...request, sendByMs: 3_600_000 });
    const closing = ledger().closeGateFor(run, 'Mara');
    await ledger().recordResult(attemptId, { kind: 'accepted', commentId: 'c1' }, 'activity');
    expect(await closing).toEqual([]);
  });

  test('without waiting for attempts outside its scope', async () => {
    const far = await readyToSend(ledger());
    await passGate(ledger(), { ...far.request, sendByMs: 3_600_000, scope: { ...far.request.scope, brandId: 'far' } });
    const { run } = await readyToSend(ledger());
    expect(await ledger().closeGateFor(run, 'Mara')).toEqual([]);
    expect((await ledger().pause({ kind: 'pause', scope: 'brandId', value: 'near', by: 'M', why: 'w' })).inFlight).toEqual([]);
  });

  test('for a revoked copy, with the attempts that carry it', async () => {
    const { request } = await readyToSend(ledger(), { facts: { proposal: proposalOf(TEXT, 'copy-r') } });
    await ledger().importApprovals([
      {
        patternId: 'p',
        locale: 'de-DE',
        version: 1,
        capability: 'link',
        hash: 'copy-r',
        approvedBy: 'M',
        approvedAt: '2026-11-01T00:00:00Z',
        expiresAt: null,
      },
    ]);
    const { attemptId } = await passGate(ledger(), { ...request, copyHash: 'copy-r' });
    const { inFlight } = await ledger().revokeApproval('copy-r', 'Mara', 'typo');
    expect(inFlight.map((each) => each.attemptId)).toEqual([attemptId]);
    expect(await ledger().copyApproval('copy-r')).toMatchObject({ revokedAt: expect.any(String) });
  });

  test('an error for a copy that was never approved', async () => {
    await expect(ledger().revokeApproval('nobody-knows', 'Mara', 'typo')).rejects.toMatchObject({ kind: 'invalid' });
  });
});

describe('a race between the gate and', () => {
  /** Whoever passed is in the list or has a result; whoever came later was refused. */
  async function race(order: (scene: Awaited<ReturnType<typeof readyToSend>>) => Promise<readonly { attemptId: string }[]>) {
    for (let round = 0; round < 12; round += 1) {
      const scene = await readyToSend(ledger());
      const [inFlight, answer] = await Promise.all([order(scene), ledger().gate(scene.request)]);
      if (answer.kind === 'open') expect(inFlight.map((each) => each.attemptId)).toEqual([answer.attemptId]);
      expect(await ledger().gate(scene.request)).toMatchObject({ kind: 'not-sent' });
      expect((await ledger().attemptsOn(scene.surface)).length).toBe(answer.kind === 'open' ? 1 : 0);
    }
  }

  test('a cancel leaves no attempt that the cancel does not know of', async () => {
    await race(({ run }) => ledger().closeGateFor(run, 'Mara'));
  });

  test('a withdrawal leaves no attempt that the order does not know of', async () => {
    await race(async ({ surface }) => {
      const order = { criteria: { surfaceId: surface.surfaceId }, by: 'Mara', why: 'price' } as const;
      return (await ledger().orderWithdrawal(order)).inFlight;
    });
  });

  test('itself lets one attempt through', async () => {
    const { request, surface } = await readyToSend(ledger());
    const answers = await Promise.all(Array.from({ length: 8 }, () => ledger().gate(request)));
    expect(answers.filter((answer) => answer.kind === 'open')).toHaveLength(1);
    expect(answers.filter((answer) => answer.kind === 'not-sent' && answer.reason === 'unsettled-attempt')).toHaveLength(7);
    expect(await ledger().attemptsOn(surface)).toHaveLength(1);
  });

  test('a takeover leaves either the old owner refused or its attempt inherited', async () => {
    for (let round = 0; round < 12; round += 1) {
      const { request, surface } = await readyToSend(ledger());
      const [answer, taken] = await Promise.all([
        ledger().gate(request),
        ledger().takeOver({ surface, owner: anotherOwner(), expectedEpoch: 1 }),
      ]);
      if (taken.kind !== 'claimed') throw new Error('the takeover had the right epoch');
      expect(taken.attempts).toHaveLength(answer.kind === 'open' ? 1 : 0);
      expect(await ledger().gate(request)).toMatchObject({ kind: 'not-sent', reason: 'not-owner' });
    }
  });
});

test('a pause is lifted once; an unknown one is an error that says where to look', async () => {
  const { id } = await ledger().pause({ kind: 'pause', scope: 'marketId', value: 'xx', by: 'Mara', why: 'w' });
  expect(await ledger().pauseStands(id)).toBe(true);
  await ledger().resume(id, 'Mara', 'first');
  expect(await ledger().pauseStands(id)).toBe(false);
  expect(await ledger().pauseStands('4000002')).toBe(false);
  await ledger().resume(id, 'Ben', 'second');
  expect(await rows('select lifted_by, lifted_why from pauses where pause_id = $1', [id])).toEqual([
    { lifted_by: 'Mara', lifted_why: 'first' },
  ]);
  for (const unknown of [crypto.randomUUID(), 'the one of this morning']) {
    await expect(ledger().resume(unknown, 'Mara', 'w')).rejects.toThrow(`There is no pause ${unknown}. \`first-comment status\``);
  }
});
