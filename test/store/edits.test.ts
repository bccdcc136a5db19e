import { describe, expect, test } from 'vitest';
import type { OrderCriteria } from '../../domain/order-criteria.ts';
import type { GateRequest } from '../../store/ledger.ts';
import { type EditScene, readyToEdit as readyIn } from './edit-scene.ts';
import { ledgerForThisFile } from './ledger-for-file.ts';
import { anotherOwner, passGate, type Scene, TEXT } from './scene.ts';

const { ledger, rows } = ledgerForThisFile();

const ANEW = `${TEXT} – neu`;
const SAID = { by: 'Legal', why: 'price' };

const readyToEdit = (criteria?: OrderCriteria): Promise<EditScene> => readyIn(ledger(), ANEW, criteria);
const standing = async ({ surface }: Scene) =>
  (await rows(
    'select comment_id, text, copy_hash, copy_version, attempt_id, edited_at is not null as edited from publications where surface_id = $1',
    [surface.surfaceId],
  )) as { attempt_id: string }[];
const stateOf = async ({ surface }: Scene) => (await ledger().claimOn(surface))?.state;

describe('the gate for an edit', () => {
  test('passes while our comment stands, and notes which one is edited by which order', async () => {
    const scene = await readyToEdit();
    const { attemptId, n } = await passGate(ledger(), scene.edit);
    expect(n).toBe(2);
    expect(await stateOf(scene)).toBe('sending');
    expect(await ledger().attemptsOn(scene.surface)).toMatchObject([{ edits: null }, { attemptId, edits: 'c1', text: ANEW }]);
  });

  test('still refuses a new comment beside the one that stands', async () => {
    const { edit, edits: _ } = await readyToEdit();
    const { edits: __, ...anew } = edit;
    expect(await ledger().gate(anew)).toMatchObject({ kind: 'not-sent', reason: 'not-as-judged' });
  });

  test.for<[string, (scene: EditScene) => Promise<GateRequest>, string]>([
    [
      'when the comment was removed',
      async ({ surface, edit }) => {
        await ledger().recordRemoval(surface, 'c1', { by: 'Mara', says: 'by hand' });
        return edit;
      },
      'not-as-judged',
    ],
    [
      'for a comment that was never there',
      async ({ edit, edits }) => ({ ...edit, edits: { ...edits, commentId: 'c9' } }),
      'not-as-judged',
    ],
    [
      'when the surface was withdrawn',
      async ({ surface, edit, edits }) => {
        await ledger().withdraw(edits.orderId, surface);
        return edit;
      },
      'withdrawal-order',
    ],
    [
      'when an order covers the new text',
      async ({ surface, edit }) => {
        const criteria = { surfaceId: surface.surfaceId, copyHash: 'copy-2' };
        await ledger().orderWithdrawal({ criteria, ...SAID });
        return edit;
      },
      'withdrawal-order',
    ],
    [
      'when the order was lifted',
      async ({ edit, edits }) => {
        await ledger().liftWithdrawal(edits.orderId, 'Mara', 'a mistake');
        return edit;
      },
      'cancelled',
    ],
    ['when the new copy has no approval', async ({ edit }) => ({ ...edit, copyHash: 'copy-9' }), 'copy-not-approved'],
    ['in an old epoch', async ({ edit }) => ({ ...edit, epoch: edit.epoch - 1 }), 'old-epoch'],
    [
      'while an edit of before has no known result',
      async ({ edit }) => {
        const { attemptId } = await passGate(ledger(), edit);
        await ledger().recordResult(attemptId, { kind: 'unknown', says: 'cut' }, 'activity');
        return edit;
      },
      'unsettled-attempt',
    ],
  ])('refuses %s', async ([, change, reason]) => {
    const scene = await readyToEdit();
    expect(await ledger().gate(await change(scene))).toMatchObject({ kind: 'not-sent', reason });
  });

  test('counts the edits of this comment alone', async () => {
    const { edit } = await readyToEdit();
    for (let tries = 0; tries < 3; tries += 1) {
      const { attemptId } = await passGate(ledger(), edit);
      await ledger().recordResult(attemptId, { kind: 'absent', says: 'three readings' }, 'settling');
    }
    expect(await ledger().gate(edit)).toMatchObject({
      reason: 'too-many-attempts',
      says: expect.stringContaining('edit this comment'),
    });
  });
});

describe('an edit that took effect', () => {
  test('gives the comment its text and copy, so that the order covers it no longer; the former text stays in its attempt', async () => {
    const scene = await readyToEdit();
    const { attemptId } = await passGate(ledger(), scene.edit);
    for (const by of ['activity', 'workflow'] as const) {
      expect(await ledger().recordResult(attemptId, { kind: 'accepted', commentId: 'c1' }, by)).toMatchObject({
        withdrawn: null,
      });
    }
    expect(await standing(scene)).toEqual([
      { comment_id: 'c1', text: ANEW, copy_hash: 'copy-2', copy_version: 2, attempt_id: attemptId, edited: true },
    ]);
    expect(await stateOf(scene)).toBe('ours');
    expect((await ledger().attemptsOn(scene.surface)).map(({ text }) => text)).toEqual([TEXT, ANEW]);
    expect(await ledger().withdrawalOrder(scene.edits.orderId)).toMatchObject({ edited: 1, removed: 0, left: 0, edit: true });
    expect(await ledger().removalsUnder(scene.edits.orderId, new Date(0).toISOString(), 10)).toEqual([]);
    const again = { surface: scene.surface, owner: scene.owner, edit: scene.edits, text: ANEW };
    expect(await ledger().claimToEdit(again)).toMatchObject({ kind: 'edited' });
  });

  test('is no longer covered by an order over a time that is past', async () => {
    const until = new Date(Date.now() + 1_000).toISOString();
    const scene = await readyToEdit({ until });
    await expect.poll(() => ledger().gate(scene.edit), { timeout: 120_000, interval: 200 }).toMatchObject({ kind: 'open' });
    const attempt = (await ledger().attemptsOn(scene.surface))[1];
    await ledger().recordResult(attempt?.attemptId ?? '', { kind: 'accepted', commentId: 'c1' }, 'activity');
    expect(await ledger().withdrawalOrder(scene.edits.orderId)).toMatchObject({ edited: 1, left: 0 });
    expect(await stateOf(scene)).toBe('ours');
  });

  test('withdraws the surface where another order, given meanwhile, covers the new text', async () => {
    const scene = await readyToEdit();
    const { attemptId } = await passGate(ledger(), { ...scene.edit, sendByMs: 1 });
    const criteria = { surfaceId: scene.surface.surfaceId, copyHash: 'copy-2' };
    await ledger().orderWithdrawal({ criteria, by: 'Mara', why: 'that one, too' });
    const recorded = await ledger().recordResult(attemptId, { kind: 'accepted', commentId: 'c1' }, 'activity');
    expect(recorded.withdrawn).toContain('that one, too');
    expect(await stateOf(scene)).toBe('withdrawn');
  });
});

test('an edit that did not take effect leaves the comment as it was, and under its order', async () => {
  const scene = await readyToEdit();
  const before = await standing(scene);
  const { attemptId } = await passGate(ledger(), scene.edit);
  await ledger().recordResult(attemptId, { kind: 'unknown', says: 'cut' }, 'activity');
  expect(await stateOf(scene)).toBe('unsettled');
  await ledger().recordResult(attemptId, { kind: 'absent', says: 'three readings' }, 'settling');
  expect(await standing(scene)).toEqual(before);
  expect(await stateOf(scene)).toBe('ours');
  expect(await ledger().removalsUnder(scene.edits.orderId, new Date(0).toISOString(), 10)).toMatchObject([
    { commentId: 'c1', marketId: 'de-DE', adId: scene.ad.adId, campaignName: 'DE_PROSPECTING_2026-11' },
  ]);
});

describe('the claim for an edit', () => {
  test('is taken from whoever holds a surface on which nothing is under way; their gate then refuses', async () => {
    const { surface, edits, edit } = await readyToEdit();
    const owner = anotherOwner();
    const taken = await ledger().claimToEdit({ surface, owner, edit: edits, text: ANEW });
    expect(taken).toMatchObject({ kind: 'claimed', epoch: edit.epoch + 1, attempts: [] });
    expect(await ledger().gate(edit)).toMatchObject({ reason: 'not-owner' });
  });

  test('is not taken from one under whom an attempt is open; its own finds the attempt', async () => {
    const { surface, owner, edits, edit } = await readyToEdit();
    const { attemptId } = await passGate(ledger(), edit);
    const asked = { surface, edit: edits, text: ANEW };
    expect(await ledger().claimToEdit({ ...asked, owner: anotherOwner() })).toMatchObject({ kind: 'held', state: 'sending' });
    expect(await ledger().claimToEdit({ ...asked, owner })).toMatchObject({ kind: 'claimed', attempts: [{ attemptId }] });
  });

  test('is refused for a comment that is gone, and under an order that was lifted', async () => {
    const { surface, owner, edits } = await readyToEdit();
    const asked = { surface, owner, text: ANEW };
    const gone = { ...asked, edit: { ...edits, commentId: 'c9' } };
    expect(await ledger().claimToEdit(gone)).toMatchObject({ kind: 'withdrawn', says: expect.stringContaining('c9') });
    await ledger().liftWithdrawal(edits.orderId, 'Mara', 'a mistake');
    const lifted = await ledger().claimToEdit({ ...asked, edit: edits });
    expect(lifted).toEqual({ kind: 'withdrawn', says: 'Mara lifted the order: a mistake' });
  });
});

test('what is to be edited is no sweep’s to remove before its retract has come to an end', async () => {
  const { edits, ad } = await readyToEdit();
  const under = async () =>
    (await ledger().removalsOfAccount(ad.accountId, 100)).filter(({ orderId }) => orderId === edits.orderId);
  expect(await under()).toEqual([]);
  await ledger().retractEnded(edits.orderId);
  expect(await under()).toMatchObject([{ commentId: 'c1' }]);
});
