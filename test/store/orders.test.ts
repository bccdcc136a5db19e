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

describe('a withdrawal order that is lifted', () => {
  const accepted = { kind: 'accepted', commentId: 'c1' } as const;

  /** A surface on which our comment stands, withdrawn by an order. */
  async function withdrawnSurface(record: boolean) {
    const scene = await readyToSend(ledger());
    const { attemptId } = await passGate(ledger(), scene.request);
    if (record) await ledger().recordResult(attemptId, accepted, 'activity');
    const { id } = await ledger().orderWithdrawal({ criteria: { surfaceId: scene.surface.surfaceId }, by: 'Mara', why: 'price' });
    return { ...scene, attemptId, id, state: async () => (await ledger().claimOn(scene.surface))?.state };
  }

  test('gives back what stands to whoever put it there', async () => {
    const { id, surface, state } = await withdrawnSurface(true);
    expect(await ledger().withdraw(id, surface)).toBe(true);
    expect(await state()).toBe('withdrawn');
    expect(await ledger().liftWithdrawal(id, 'Ben', 'a mistake')).toEqual({ released: 1 });
    expect(await state()).toBe('ours');
    expect(await ledger().withdraw(id, surface)).toBe(false);
  });

  test('leaves free a surface whose comment was removed, and keeps what is open open', async () => {
    const removed = await withdrawnSurface(true);
    await ledger().withdraw(removed.id, removed.surface);
    await ledger().recordRemoval(removed.surface, 'c1', { by: 'Mara', says: 'price' });
    expect(await removed.state()).toBe('withdrawn');
    await ledger().liftWithdrawal(removed.id, 'Ben', 'over');
    expect(await removed.state()).toBe('released');

    const open = await withdrawnSurface(false);
    await ledger().withdraw(open.id, open.surface);
    await ledger().liftWithdrawal(open.id, 'Ben', 'over');
    expect(await open.state()).toBe('sending');
  });

  test('is lifted once, and what is no order is told apart from one that withdrew nothing', async () => {
    const { id } = await withdrawnSurface(true);
    expect(await ledger().liftWithdrawal(id, 'Mara', 'first')).toEqual({ released: 0 });
    expect(await ledger().liftWithdrawal(id, 'Ben', 'second')).toEqual({ released: 0 });
    expect(await ledger().withdrawalOrder(id)).toMatchObject({ lifted: { by: 'Mara', why: 'first' } });
    expect(await ledger().liftWithdrawal('the one of this morning', 'Mara', 'w')).toBeNull();
  });

  test('while a comment lands under it leaves no surface withdrawn for ever', async () => {
    for (let round = 0; round < 12; round += 1) {
      const { id, attemptId, state } = await withdrawnSurface(false);
      const [{ withdrawn }] = await Promise.all([
        ledger().recordResult(attemptId, accepted, 'activity'),
        ledger().liftWithdrawal(id, 'Ben', 'over'),
      ]);
      // Whoever came second saw the other: the surface was withdrawn and given back, or never withdrawn.
      expect(await state()).toBe('ours');
      if (withdrawn !== null) expect(withdrawn).toContain('price');
    }
  });

  test('lets another one that still stands keep what it covers', async () => {
    const { id, surface, owner, request } = await withdrawnSurface(true);
    const second = await ledger().orderWithdrawal({
      criteria: { marketId: request.scope.marketId, surfaceId: surface.surfaceId },
      by: 'Legal',
      why: 'recall',
    });
    await ledger().withdraw(id, surface);
    await ledger().recordRemoval(surface, 'c1', { by: 'Mara', says: 'price' });
    await ledger().liftWithdrawal(id, 'Ben', 'over');
    const belongs = { ...request.scope, adId: request.adId, copyHash: request.copyHash, copyVersion: request.copyVersion };
    expect(await ledger().claim({ surface, owner, surfaceKey: 'k1', belongs })).toMatchObject({
      kind: 'withdrawn',
      says: expect.stringContaining(second.id),
    });
    await ledger().liftWithdrawal(second.id, 'Ben', 'over');
  });
});

test('a comment that lands after the order withdraws its surface at once, and its recorder hears by which order', async () => {
  const { request, surface } = await readyToSend(ledger());
  const { attemptId } = await passGate(ledger(), request);
  const { id } = await ledger().orderWithdrawal({
    criteria: { surfaceId: surface.surfaceId, copyHash: 'copy-1' },
    by: 'Mara',
    why: 'price',
  });
  for (const by of ['activity', 'workflow'] as const) {
    const { withdrawn } = await ledger().recordResult(attemptId, { kind: 'accepted', commentId: 'c1' }, by);
    expect(withdrawn).toContain(id);
  }
  expect((await ledger().claimOn(surface))?.state).toBe('withdrawn');
});
