import { beforeAll, describe, expect, test } from 'vitest';
import { formatAd, workflowIdOf } from '../../domain/ad.ts';
import type { Brand } from '../../domain/brand.ts';
import { sha256Hex } from '../../domain/hash.ts';
import type { OrderCriteria } from '../../domain/order-criteria.ts';
import type { SeededAd } from '../helpers/new-ad.ts';
import { carryOut as carryOutOn, order as orderOn } from '../helpers/retract.ts';
import { exampleBrand, stageForThisFile } from '../helpers/stage.ts';
import { until } from '../helpers/until.ts';

// Comments are written from the example's folder; then the worker is one whose folder has the next version of every text.

const NEW_WORDS = 'Made anew. ';
const NEXT = exampleBrand(nextVersion);
/** The first page of a thread has fewer. */
const MORE_THAN_A_PAGE = 110;
/** A market whose next version nobody approves. */
const UNAPPROVED = 'pt-PT';

const stage = stageForThisFile({ worker: false });

function nextVersion(brand: Brand): Brand {
  const copy = brand.copy.map((each) => {
    const source = `${NEW_WORDS}${each.source}`;
    return { ...each, version: each.version + 1, source, hash: sha256Hex(`${each.hash} ${source}`) };
  });
  return { ...brand, copy, digest: sha256Hex(`${brand.digest} next`) };
}

type Wish = Parameters<ReturnType<typeof stage>['newAd']>[0];

/** What the tests find there, each its own; all are written before the first test by a worker of the older folder. */
const WISHES = {
  edited: { market: 'en-GB' },
  crowded: { market: 'it-IT' },
  both: { market: 'fr-FR', on: ['facebook', 'instagram'] },
  lost: {},
  notLanded: {},
  refused: {},
  untrue: {},
  covered: { market: 'it-IT' },
  unapproved: { market: UNAPPROVED },
  terminated: {},
  runTerminated: {},
  busy: {},
  paused: { market: 'es-ES' },
} as const satisfies Record<string, Wish>;
const seeded = {} as Record<keyof typeof WISHES, SeededAd>;

beforeAll(async () => {
  const older = await stage().startWorker();
  await Promise.all(
    Object.entries(WISHES).map(async ([name, wish]) => {
      const each = await stage().newAd(wish);
      seeded[name as keyof typeof WISHES] = each;
      expect((await stage().run(each.ad)).outcome).toBe('visible');
    }),
  );
  await older.stop();
  const [approval] = stage().brand.approvals;
  if (!approval) throw new Error('the example approves nothing');
  const approvals = NEXT.copy
    .filter(({ locale }) => locale !== UNAPPROVED)
    .map(({ patternId, locale, version, capability, hash }) => ({ ...approval, patternId, locale, version, capability, hash }));
  await stage().ledger.importApprovals(approvals);
  await stage().startWorker({ brand: NEXT, timing: { verifyWindowMs: 10_000 } });
});

const order = (criteria: OrderCriteria) => orderOn(stage(), criteria, true);
const carryOut = (orderId: string) => carryOutOn(stage(), orderId);

/** The version that this ad's comment was written with. */
const older = ({ ad }: SeededAd): OrderCriteria => ({ ad: formatAd(ad), patternId: 'next-step', copyVersion: 1 });
const actions = async (objectId: string) => (await stage().sandbox.writes(objectId)).map(({ action }) => action);
const commentOf = async (objectId: string) => (await stage().sandbox.writes(objectId))[0]?.commentId ?? '';
const standing = (surfaceId: string) =>
  stage().rows<{ text: string; copy_version: number; attempt_id: string }>(
    'select text, copy_version, attempt_id from publications where surface_id = $1 and removed_at is null',
    [surfaceId],
  );
const attemptsOn = (surfaceId: string) =>
  stage().rows('select n, edits, edit_order, result_kind from attempts where surface_id = $1 order by n', [surfaceId]);

async function expectEdited({ postId }: SeededAd, orderId: string): Promise<void> {
  expect(await actions(postId)).toEqual(['created', 'edited']);
  expect(await standing(postId)).toMatchObject([{ text: expect.stringContaining(NEW_WORDS), copy_version: 2 }]);
  expect(await stage().sandbox.truth(postId)).toMatchObject({ ours: 1, everCreated: 1, mostAtOnce: 1 });
  expect(await stage().ledger.withdrawnUnder(orderId)).toMatchObject([{ removed: false, edited: true }]);
}

describe.concurrent('a retract with edits', () => {
  test('gives a comment on Facebook the text of today by an attempt of its own, and verifies it', async () => {
    const { ad, postId } = seeded.edited;
    const orderId = await order(older(seeded.edited));
    const end = await carryOut(orderId);
    expect(end).toMatchObject({ outcome: 'withdrawn', progress: { edited: 1, removed: 0, left: 0, notRemoved: 0 } });
    await expectEdited(seeded.edited, orderId);
    const commentId = await commentOf(postId);
    expect(await attemptsOn(postId)).toMatchObject([
      { n: 1, edits: null, result_kind: 'accepted' },
      { n: 2, edits: commentId, edit_order: orderId, result_kind: 'accepted' },
    ]);
    expect((await stage().story(ad)).claims).toMatchObject([{ state: 'ours' }]);
    expect(await stage().run(ad)).toMatchObject({ outcome: 'visible', surfaces: [{ publishedNow: false, commentId }] });
  });

  test('edits on Facebook, deletes on Instagram, and says why', async () => {
    const { postId, mediaId } = seeded.both;
    const orderId = await order(older(seeded.both));
    expect(await carryOut(orderId)).toMatchObject({
      outcome: 'withdrawn',
      says: '1 comment(s) edited, 1 removed, none left',
      progress: { edited: 1, removed: 1, left: 0 },
    });
    expect(await actions(postId)).toEqual(['created', 'edited']);
    expect(await actions(mediaId)).toEqual(['created', 'deleted']);
    const told = await stage().ledger.withdrawnUnder(orderId);
    const onInstagram = { removed: true, edited: false, says: expect.stringContaining('instagram-media cannot be edited') };
    expect(told).toContainEqual(expect.objectContaining(onInstagram));
    // Carried out once more it finds nothing to do.
    expect(await carryOut(orderId)).toMatchObject({ outcome: 'withdrawn', progress: { edited: 1, removed: 1 } });
    expect(await actions(postId)).toEqual(['created', 'edited']);
  });

  test('edits one that many others have pushed off the first page since, though the brand wants to be asked where others were first', async () => {
    const { postId } = seeded.crowded;
    const from = { id: '7000001', name: 'Somebody' };
    for (let each = 0; each < MORE_THAN_A_PAGE; each += 1)
      await stage().sandbox.comment({ object_id: postId, from, message: `how wide? ${each}` });
    const orderId = await order(older(seeded.crowded));
    expect(await carryOut(orderId)).toMatchObject({ outcome: 'withdrawn', progress: { edited: 1, removed: 0 } });
    await expectEdited(seeded.crowded, orderId);
  });

  test('settles an edit whose answer was lost by reading the comment: the text is there', async () => {
    const { postId } = seeded.lost;
    await stage().sandbox.fault({ fault: 'cut-after', match: { method: 'POST', objectId: await commentOf(postId) } });
    const orderId = await order(older(seeded.lost));
    expect(await carryOut(orderId)).toMatchObject({ outcome: 'withdrawn', progress: { edited: 1, removed: 0 } });
    await expectEdited(seeded.lost, orderId);
    expect(await attemptsOn(postId)).toMatchObject([{ result_kind: 'accepted' }, { n: 2, result_kind: 'found' }]);
  });

  test('tries an edit again whose answer was lost and which did not take effect', async () => {
    const { postId } = seeded.notLanded;
    await stage().sandbox.fault({ fault: 'cut-before', match: { method: 'POST', objectId: await commentOf(postId) } });
    const orderId = await order(older(seeded.notLanded));
    expect(await carryOut(orderId)).toMatchObject({ outcome: 'withdrawn', progress: { edited: 1, removed: 0 } });
    await expectEdited(seeded.notLanded, orderId);
    expect(await attemptsOn(postId)).toMatchObject([
      { result_kind: 'accepted' },
      { n: 2, result_kind: 'absent' },
      { n: 3, result_kind: 'accepted' },
    ]);
  });

  test('deletes a comment whose text of today the order covers, too', async () => {
    const { ad, postId } = seeded.covered;
    const orderId = await order({ marketId: 'it-IT', ad: formatAd(ad) });
    expect(await carryOut(orderId)).toMatchObject({ outcome: 'withdrawn', progress: { edited: 0, removed: 1 } });
    expect(await actions(postId)).toEqual(['created', 'deleted']);
    expect(await stage().ledger.withdrawnUnder(orderId)).toMatchObject([
      { removed: true, says: expect.stringContaining('covers the text of today, too (pattern next-step version 2)') },
    ]);
    expect((await stage().story(ad)).runs).toHaveLength(1);
  });
});

describe.concurrent('a comment that cannot be edited is deleted, with the reason', () => {
  const expectDeleted = async ({ postId }: SeededAd, orderId: string, why: RegExp) => {
    expect(await carryOut(orderId)).toMatchObject({ outcome: 'withdrawn', progress: { edited: 0, removed: 1, left: 0 } });
    expect(await actions(postId)).toEqual(['created', 'deleted']);
    const says = expect.stringMatching(why);
    expect(await stage().ledger.withdrawnUnder(orderId)).toMatchObject([{ removed: true, edited: false, says }]);
  };

  test('when nobody approved the new text', async () => {
    await expectDeleted(seeded.unapproved, await order(older(seeded.unapproved)), /not edited: blocked: .*approv/);
    expect(await attemptsOn(seeded.unapproved.postId)).toHaveLength(1);
  });

  test('when the platform refuses the edit', async () => {
    const match = { method: 'POST', objectId: await commentOf(seeded.refused.postId) };
    await stage().sandbox.fault({ fault: 'error', code: 200, message: 'Permissions error', match });
    await expectDeleted(seeded.refused, await order(older(seeded.refused)), /not edited: refused: .*Permissions error/);
  });

  test('when the platform says that it edited it, and goes on showing the former text', async () => {
    const match = { method: 'POST', objectId: await commentOf(seeded.untrue.postId) };
    await stage().sandbox.fault({ fault: 'bad-shape', acts: false, body: { success: true }, match });
    await expectDeleted(
      seeded.untrue,
      await order(older(seeded.untrue)),
      /not edited: unconfirmed: .*does not read as it was published/,
    );
  });

  test('when publishing is paused, which only a person ends', async () => {
    const pause = { kind: 'pause', scope: 'marketId', value: 'es-ES', by: 'Mara', why: 'a look at the texts' } as const;
    const { id } = await stage().ledger.pause(pause);
    await expectDeleted(seeded.paused, await order(older(seeded.paused)), /not edited: blocked: Mara paused publishing/);
    await stage().ledger.resume(id, 'Mara', 'done');
  });

  test('when its run is terminated while nobody knows whether the edit took effect', async () => {
    const { ad, postId } = seeded.runTerminated;
    await stage().sandbox.fault({ fault: 'cut-after', match: { method: 'POST', objectId: await commentOf(postId) } });
    const orderId = await order(older(seeded.runTerminated));
    await stage().client.retract(orderId, {});
    await editing(seeded.runTerminated);
    await stage().temporal.workflow.getHandle(workflowIdOf(ad)).terminate('by a test');
    expect(await carryOut(orderId)).toMatchObject({ outcome: 'withdrawn', progress: { removed: 1 } });
    expect(await actions(postId)).toEqual(['created', 'edited', 'deleted']);
  });
});

/** The ad's run has sent its edit and waits to settle it. */
async function editing({ ad }: SeededAd): Promise<void> {
  await until('the edit waits to be settled', async () => {
    const { surfaces } = await stage().client.state(ad);
    return surfaces.some(({ wait }) => wait?.reason === 'settling');
  });
}

test('a retract that is terminated in the middle of an edit goes on with it when it is started again', async () => {
  const { ad, postId } = seeded.terminated;
  await stage().sandbox.fault({ fault: 'cut-after', match: { method: 'POST', objectId: await commentOf(postId) } });
  const orderId = await order(older(seeded.terminated));
  const { workflowId } = await stage().client.retract(orderId, {});
  await editing(seeded.terminated);
  await stage().temporal.workflow.getHandle(workflowId).terminate('by a test');
  expect(await carryOut(orderId)).toMatchObject({ outcome: 'withdrawn', progress: { edited: 1, removed: 0, left: 0 } });
  await expectEdited(seeded.terminated, orderId);
  expect(await stage().client.result(ad)).toMatchObject({ outcome: 'visible', surfaces: [{ edited: expect.any(String) }] });
});

test('a sweep leaves to the retract what is to be edited, until that has come to its end', async () => {
  const { postId } = seeded.busy;
  const orderId = await order(older(seeded.busy));
  await stage().runSweep();
  expect(await actions(postId)).toEqual(['created']);
  expect(await carryOut(orderId)).toMatchObject({ progress: { edited: 1 } });
  await stage().runSweep();
  await expectEdited(seeded.busy, orderId);
});
