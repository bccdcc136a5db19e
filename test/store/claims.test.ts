import { describe, expect, test } from 'vitest';
import { ledgerForThisFile } from './ledger-for-file.ts';
import { anotherOwner, newAd, passGate, readyToSend } from './scene.ts';

const { ledger, rows } = ledgerForThisFile();

describe('claiming a surface', () => {
  test('gives it to the first, and tells all others who has it', async () => {
    const { surface, owner } = newAd();
    const first = await ledger().claim({ surface, owner, surfaceKey: 'k1' });
    const generation = await ledger().generation();
    expect(first).toEqual({ kind: 'claimed', epoch: 1, generation, attempts: [], cameBy: 'claim', afterRestore: false });
    expect(await ledger().claim({ surface, owner: anotherOwner(), surfaceKey: 'k1' })).toEqual({
      kind: 'held',
      owner,
      epoch: 1,
      state: 'claimed',
    });
  });

  test('gives the same owner its own claim again, in the same epoch, with the attempts that must settle', async () => {
    const { request, surface, owner } = await readyToSend(ledger());
    const { attemptId } = await passGate(ledger(), request);
    expect(await ledger().claim({ surface, owner, surfaceKey: 'k1' })).toMatchObject({
      kind: 'claimed',
      epoch: 1,
      attempts: [{ attemptId, result: null }],
    });
    await ledger().recordResult(attemptId, { kind: 'absent', says: 'three readings' }, 'settling');
    expect(await ledger().claim({ surface, owner, surfaceKey: 'k1' })).toMatchObject({ kind: 'claimed', attempts: [] });
  });

  test('is won by exactly one of many who try at once', async () => {
    const { surface } = newAd();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => ledger().claim({ surface, owner: anotherOwner(), surfaceKey: 'k1' })),
    );
    expect(answers.filter((answer) => answer.kind === 'claimed')).toHaveLength(1);
    expect(answers.filter((answer) => answer.kind === 'held')).toHaveLength(7);
  });

  test('keeps the same workflow of another cluster or namespace out', async () => {
    const { surface, owner } = newAd();
    await ledger().claim({ surface, owner, surfaceKey: 'k1' });
    expect(await ledger().claim({ surface, owner: { ...owner, cluster: 'other' }, surfaceKey: 'k1' })).toMatchObject({
      kind: 'held',
    });
    expect(await ledger().claim({ surface, owner: { ...owner, namespace: 'other' }, surfaceKey: 'k1' })).toMatchObject({
      kind: 'held',
    });
  });

  test('after it was given back begins a new epoch, whoever comes', async () => {
    const { surface, owner } = newAd();
    await ledger().claim({ surface, owner, surfaceKey: 'k1' });
    await ledger().releaseClaim(surface, owner);
    expect(await ledger().claim({ surface, owner: anotherOwner(), surfaceKey: 'k1' })).toMatchObject({
      kind: 'claimed',
      epoch: 2,
    });
  });

  test('answers "ours" where our comment stands, and whether the asker put it there', async () => {
    const { request, surface, owner } = await readyToSend(ledger());
    const { attemptId, gateAt } = await passGate(ledger(), request);
    await ledger().recordResult(attemptId, { kind: 'accepted', commentId: 'c1' }, 'activity');
    const publication = {
      surfaceId: surface.surfaceId,
      commentId: 'c1',
      attemptId,
      text: request.text,
      publishedAt: gateAt,
      origin: 'accepted',
    };
    expect(await ledger().claim({ surface, owner, surfaceKey: 'k1' })).toEqual({ kind: 'ours', mine: true, owner, publication });
    expect(await ledger().claim({ surface, owner: anotherOwner(), surfaceKey: 'k1' })).toMatchObject({
      kind: 'ours',
      mine: false,
      owner,
    });
    expect(await ledger().takeOver({ surface, owner: anotherOwner(), expectedEpoch: 1 })).toMatchObject({
      kind: 'ours',
      mine: false,
    });
  });

  test('is refused where an operator ordered a withdrawal', async () => {
    const { surface, owner } = newAd();
    await ledger().orderWithdrawal({ criteria: { surfaceId: surface.surfaceId }, by: 'Mara', why: 'wrong price' });
    expect(await ledger().claim({ surface, owner, surfaceKey: 'k1' })).toEqual({
      kind: 'withdrawn',
      says: expect.stringContaining(`Mara ordered a withdrawal (surface ${surface.surfaceId}): wrong price. Order `),
    });
  });
});

describe('under a withdrawal order, open attempts are still for their owner to settle', () => {
  test.each(['the order', 'the withdrawal'])('after %s', async (after) => {
    const { request, surface, owner } = await readyToSend(ledger());
    const { attemptId } = await passGate(ledger(), request);
    await ledger().recordResult(attemptId, { kind: 'unknown', says: 'timed out' }, 'activity');
    await ledger().orderWithdrawal({ criteria: { surfaceId: surface.surfaceId }, by: 'Mara', why: 'wrong price' });
    if (after === 'the withdrawal') {
      await rows("update claims set state = 'withdrawn' where surface like $1", [`%${surface.surfaceId}`]);
    }
    const ask = (by = owner) => ledger().claim({ surface, owner: by, surfaceKey: 'k1' });
    expect(await ask()).toMatchObject({ kind: 'claimed', epoch: 1, attempts: [{ attemptId }] });
    expect(await ask(anotherOwner())).toMatchObject({ kind: 'withdrawn' });
    expect(await ledger().gate(request)).toMatchObject({ kind: 'not-sent', reason: 'withdrawal-order' });
    await ledger().recordResult(attemptId, { kind: 'absent', says: 'three readings' }, 'settling');
    expect(await ask()).toMatchObject({ kind: 'withdrawn' });
  });
});

describe('a claim knows how it was come by:', () => {
  test('one that was taken anew, one that was kept, one that was given back before', async () => {
    const { surface, owner } = newAd();
    const ask = () => ledger().claim({ surface, owner, surfaceKey: 'k1' });
    expect(await ask()).toMatchObject({ epoch: 1, cameBy: 'claim' });
    expect(await ask()).toMatchObject({ epoch: 1, cameBy: 'kept' });
    await ledger().releaseClaim(surface, owner);
    expect(await ask()).toMatchObject({ epoch: 2, cameBy: 'claim' });
  });

  test('one that was taken over, for as long as its epoch lasts', async () => {
    const { surface, owner } = newAd();
    await ledger().claim({ surface, owner, surfaceKey: 'k1' });
    const heir = anotherOwner();
    expect(await ledger().takeOver({ surface, owner: heir, expectedEpoch: 1 })).toMatchObject({ epoch: 2, cameBy: 'takeover' });
    expect(await ledger().claim({ surface, owner: heir, surfaceKey: 'k1' })).toMatchObject({ epoch: 2, cameBy: 'takeover' });
    await ledger().releaseClaim(surface, heir);
    expect(await ledger().claim({ surface, owner, surfaceKey: 'k1' })).toMatchObject({ epoch: 3, cameBy: 'claim' });
  });
});

describe('giving a claim back', () => {
  test('leaves a claim alone under which something is open', async () => {
    const { request, surface, owner } = await readyToSend(ledger());
    await passGate(ledger(), request);
    await ledger().releaseClaim(surface, owner);
    expect(await ledger().claim({ surface, owner: anotherOwner(), surfaceKey: 'k1' })).toMatchObject({
      kind: 'held',
      state: 'sending',
    });
  });

  test('leaves a claim alone that is somebody else’s', async () => {
    const { surface, owner } = newAd();
    await ledger().claim({ surface, owner, surfaceKey: 'k1' });
    await ledger().releaseClaim(surface, anotherOwner());
    expect(await ledger().claim({ surface, owner, surfaceKey: 'k1' })).toMatchObject({ kind: 'claimed', epoch: 1 });
  });
});

describe('taking a claim over', () => {
  test('needs the epoch that was seen, inherits what is open, and shuts the old owner out', async () => {
    const { request, surface, owner } = await readyToSend(ledger());
    const { attemptId } = await passGate(ledger(), request);
    const heir = anotherOwner();
    expect(await ledger().takeOver({ surface, owner: heir, expectedEpoch: 7 })).toEqual({
      kind: 'held',
      owner,
      epoch: 1,
      state: 'sending',
    });
    expect(await ledger().takeOver({ surface, owner: heir, expectedEpoch: 1 })).toMatchObject({
      kind: 'claimed',
      epoch: 2,
      attempts: [{ attemptId, epoch: 1 }],
    });
    await ledger().recordResult(attemptId, { kind: 'absent', says: 'three readings' }, 'settling');
    expect(await ledger().gate(request)).toMatchObject({ kind: 'not-sent', reason: 'not-owner' });
    expect(await passGate(ledger(), { ...request, owner: heir, epoch: 2 })).toMatchObject({ n: 2 });
  });

  test('is won by exactly one of many who try at once', async () => {
    const { surface, owner } = newAd();
    await ledger().claim({ surface, owner, surfaceKey: 'k1' });
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => ledger().takeOver({ surface, owner: anotherOwner(), expectedEpoch: 1 })),
    );
    expect(answers.filter((answer) => answer.kind === 'claimed')).toHaveLength(1);
    expect(answers.filter((answer) => answer.kind === 'held')).toHaveLength(5);
  });

  test('keeps who held the claim in which epoch', async () => {
    const { surface, owner } = newAd();
    await ledger().claim({ surface, owner, surfaceKey: 'k1' });
    await ledger().takeOver({ surface, owner: anotherOwner(), expectedEpoch: 1 });
    const kept = await rows('select epoch, came_by from claim_owners where surface like $1 order by epoch', [
      `%${surface.surfaceId}`,
    ]);
    expect(kept).toEqual([
      { epoch: 1, came_by: 'claim' },
      { epoch: 2, came_by: 'takeover' },
    ]);
  });
});
