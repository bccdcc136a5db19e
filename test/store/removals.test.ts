import { describe, expect, test } from 'vitest';
import { ledgerForThisFile } from './ledger-for-file.ts';
import { anotherOwner, passGate, readyToSend } from './scene.ts';

const { ledger } = ledgerForThisFile();

/** Two comments of ours on one surface: what repair decides about. */
async function twoComments() {
  const { surface, owner, request } = await readyToSend(ledger());
  const { attemptId } = await passGate(ledger(), request);
  await ledger().recordResult(attemptId, { kind: 'accepted', commentId: 'c1' }, 'activity');
  const { brandId, accountId, identityId, marketId } = request.scope;
  const belongs = { brandId, accountId, identityId, marketId, adId: request.adId };
  await ledger().adopt(surface, owner, { commentId: 'c2', text: request.text, createdAt: new Date().toISOString() }, belongs);
  const decide = (stays: string | null, commentIds: string[], by = owner) =>
    ledger().decideRemovals({
      ...{ surface, owner: by, stays, commentIds },
      incident: {
        kind: 'second-comment',
        surfaceId: surface.surfaceId,
        evidence: {},
        did: 'x',
        once: `two ${surface.surfaceId}`,
      },
    });
  const standing = async () => (await ledger().publicationsOn(surface)).map(({ commentId }) => commentId);
  return { surface, owner, decide, standing };
}

describe('a decision to remove comments', () => {
  test("is the claim's owner's alone", async () => {
    const { surface, decide } = await twoComments();
    expect(await decide('c1', ['c2'], anotherOwner())).toBe(false);
    expect((await ledger().recordedOn(surface)).map(({ goes }) => goes)).toEqual([false, false]);
    expect(await decide('c1', ['c2'])).toBe(true);
    expect((await ledger().recordedOn(surface)).map(({ commentId, goes }) => [commentId, goes])).toEqual([
      ['c1', false],
      ['c2', true],
    ]);
  });

  test('is refused when the one that should stay was decided to go: two decisions never take both', async () => {
    const { decide } = await twoComments();
    expect(await decide('c1', ['c2'])).toBe(true);
    expect(await decide('c2', ['c1'])).toBe(false);
    expect(await decide('c1', ['c2'])).toBe(true);
  });

  test('of one who lost the claim meanwhile is refused', async () => {
    const { surface, decide, owner } = await twoComments();
    const sweep = anotherOwner();
    const claim = await ledger().claimOn(surface);
    expect(claim).toMatchObject({ owner, epoch: 1, state: 'ours' });
    expect(await ledger().takeForRepair({ surface, owner: sweep, expectedEpoch: 1 })).toBe(true);
    expect(await ledger().takeForRepair({ surface, owner: anotherOwner(), expectedEpoch: 1 })).toBe(false);
    expect(await decide('c1', ['c2'])).toBe(false);
    expect(await decide('c1', ['c2'], sweep)).toBe(true);
    expect(await ledger().claimOn(surface)).toMatchObject({ owner: sweep, epoch: 2, state: 'ours' });
  });
});

describe('a removed comment', () => {
  test('keeps its row with who removed it first, and stands no more', async () => {
    const { surface, owner, standing } = await twoComments();
    await ledger().recordRemoval(surface, 'c2', { by: 'repair', says: 'a second one' });
    await ledger().recordRemoval(surface, 'c2', { by: 'Mara', says: 'again' });
    expect(await standing()).toEqual(['c1']);
    expect(await ledger().commentOn(surface, 'c2')).toMatchObject({
      removedAt: expect.any(String),
      belongs: { identityId: '4000002' },
    });
    expect(await ledger().claim({ surface, owner, surfaceKey: 'k1' })).toMatchObject({ kind: 'ours', mine: true });
  });

  test("that was the last one leaves a claim under which nothing stands; it is the ad's own again when a sweep has held it", async () => {
    const { surface, owner } = await twoComments();
    await ledger().takeForRepair({ surface, owner: anotherOwner(), expectedEpoch: 1 });
    expect(await ledger().claim({ surface, owner, surfaceKey: 'k1' })).toMatchObject({ kind: 'ours', mine: true });
    expect(await ledger().claim({ surface, owner: anotherOwner(), surfaceKey: 'k1' })).toMatchObject({
      kind: 'ours',
      mine: false,
      owner,
    });
    for (const commentId of ['c1', 'c2']) await ledger().recordRemoval(surface, commentId, { by: 'Mara', says: 'withdrawn' });
    expect(await ledger().claimOn(surface)).toMatchObject({ state: 'claimed', epoch: 2 });
  });

  test('that the ledger never knew is no removal of ours', async () => {
    const { surface } = await twoComments();
    await expect(ledger().recordRemoval(surface, 'c9', { by: 'repair', says: 'x' })).rejects.toThrow(
      'does not have the comment c9',
    );
  });
});
