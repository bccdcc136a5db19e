import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, test } from 'vitest';
import type { Dependencies } from '../../activities/dependencies.ts';
import { carryOrders } from '../../activities/retract/carry-orders.ts';
import type { OrdersCarried } from '../../activities/retract/contract.ts';
import { formatAd, workflowIdOf } from '../../domain/ad.ts';
import { createMetaAdapter } from '../../platforms/meta/index.ts';
import type { AccountRef, Ledger } from '../../store/ledger.ts';
import { fragileLedger, lostCallsOf } from '../helpers/fragile-ledger.ts';
import type { SeededAd } from '../helpers/new-ad.ts';
import { carryOut, ORDERED, order } from '../helpers/retract.ts';
import { exampleBrand, SECRETS, stageForThisFile, TEST_TIMING } from '../helpers/stage.ts';

const fragile = fragileLedger();
/** Given in the very moment in which the look adopts a comment. */
let orderAtAdoption: string | null = null;
let given = '';

/** Done once, between the two reads by which a retract learns what is left. */
let betweenReads: () => Promise<unknown> = async () => undefined;

const stage = stageForThisFile({
  ledger: (ledger) => {
    const around = fragile.around(ledger);
    return {
      ...around,
      adopt: adopting(ledger),
      removalsUnder: parting(around.removalsUnder),
      openUnder: parting(around.openUnder),
    };
  },
});

function parting<Given extends unknown[], Answer>(
  read: (...given: Given) => Promise<Answer>,
): (...given: Given) => Promise<Answer> {
  return async (...given) => {
    const answer = await read(...given);
    const act = betweenReads;
    betweenReads = async () => undefined;
    await act();
    return answer;
  };
}

function adopting(ledger: Ledger): Ledger['adopt'] {
  return async (surface, ...more) => {
    if (orderAtAdoption === surface.surfaceId) {
      given = (await ledger.orderWithdrawal({ criteria: { surfaceId: surface.surfaceId }, ...ORDERED })).id;
    }
    return ledger.adopt(surface, ...more);
  };
}

async function commented(): Promise<SeededAd> {
  const seeded = await stage().newAd();
  expect((await stage().run(seeded.ad)).outcome).toBe('visible');
  return seeded;
}

const LOST = lostCallsOf([
  'beginRetract',
  'removalsUnder',
  'withdraw',
  'commentOn',
  'recordRemoval',
  'recordWithdrawal',
  'retractEnded',
]);

test.for(LOST)('$method fails $when it took effect: nothing is left standing, nothing is left unrecorded', async (call) => {
  const { ad, postId } = await commented();
  const orderId = await order(stage(), { ad: formatAd(ad) });
  fragile.lose(call);
  expect(await carryOut(stage(), orderId)).toMatchObject({ outcome: 'withdrawn', progress: { removed: 1, left: 0 } });
  expect(fragile.lost()).toBe(true);
  expect(await stage().sandbox.truth(postId)).toMatchObject({ ours: 0, everCreated: 1 });
  expect(await stage().ledger.withdrawnUnder(orderId)).toMatchObject([{ removed: true }]);
  expect((await stage().story(ad)).claims).toMatchObject([{ state: 'withdrawn' }]);
});

test('an attempt whose comment is found while the retract reads what is left is not overlooked', async () => {
  const { ad, postId } = await stage().newAd();
  await stage().sandbox.fault({ fault: 'cut-after', match: { method: 'POST', objectId: postId } });
  await stage().client.start(ad);
  await stage().waiting(ad, 'settling');
  await stage().temporal.workflow.getHandle(workflowIdOf(ad)).terminate('by the test');
  const orderId = await order(stage(), { ad: formatAd(ad) });
  const [attempt] = (await stage().story(ad)).attempts;
  const [written] = await stage().sandbox.writes(postId);
  const found = { kind: 'found', commentId: written?.commentId ?? '' } as const;
  betweenReads = () => stage().ledger.recordResult(attempt?.attemptId ?? '', found, 'person');
  expect(await carryOut(stage(), orderId)).toMatchObject({ outcome: 'withdrawn', progress: { removed: 1, left: 0 } });
  expect((await stage().sandbox.truth(postId)).ours).toBe(0);
});

test('a surface is withdrawn before its comment is deleted', async () => {
  const { ad, postId } = await commented();
  const [written] = await stage().sandbox.writes(postId);
  await stage().sandbox.fault({ fault: 'error', code: 32, match: { method: 'DELETE', objectId: written?.commentId ?? '' } });
  const orderId = await order(stage(), { ad: formatAd(ad) });
  const { workflowId } = await stage().client.retract(orderId, {});
  await expect.poll(async () => (await stage().story(ad)).claims[0]?.state, { timeout: 120_000 }).toBe('withdrawn');
  expect((await stage().sandbox.truth(postId)).ours).toBe(1);
  expect((await stage().run(ad)).outcome).toBe('withdrawn');
  await stage().client.wake(workflowId);
  expect((await carryOut(stage(), orderId)).outcome).toBe('withdrawn');
  expect(await stage().sandbox.truth(postId)).toMatchObject({ ours: 0, everCreated: 1 });
});

/** The ledger has lost the comment: the next look finds it again. */
async function forgetComment({ ad, postId }: SeededAd): Promise<void> {
  await stage().rows('delete from planned_looks where surface like $1', [`%${postId}`]);
  await stage().rows('delete from publications where ad_id = $1', [ad.adId]);
  await stage().rows("update claims set state = 'released' where surface like $1", [`%${postId}`]);
}

test('a comment that the look adopts while the order is given ends the run as withdrawn; who carries the orders of the account removes it', async () => {
  const seeded = await commented();
  await forgetComment(seeded);
  orderAtAdoption = seeded.postId;
  const end = await stage().run(seeded.ad);
  orderAtAdoption = null;
  expect(end).toMatchObject({ outcome: 'withdrawn', says: expect.stringMatching(/Legal .*recall.* is removed under it/) });
  expect((await stage().sandbox.truth(seeded.postId)).ours).toBe(1);

  const account = { platform: 'meta', accountId: seeded.ad.accountId } as const;
  expect(await carryOrdersOf(account)).toEqual({ removed: 1, notRemoved: 0, left: 0 });
  expect((await stage().sandbox.truth(seeded.postId)).ours).toBe(0);
  expect(await stage().ledger.withdrawnUnder(given)).toMatchObject([{ removed: true }]);
  expect(await carryOrdersOf(account)).toEqual({ removed: 0, notRemoved: 0, left: 0 });
});

test('who carries the orders of an account leaves to a person what was refused once', async () => {
  const { ad, postId } = await commented();
  const [written] = await stage().sandbox.writes(postId);
  await order(stage(), { ad: formatAd(ad) });
  await stage().sandbox.fault({ fault: 'error', code: 200, match: { method: 'DELETE', objectId: written?.commentId ?? '' } });
  const account = { platform: 'meta', accountId: ad.accountId } as const;
  expect(await carryOrdersOf(account)).toEqual({ removed: 0, notRemoved: 1, left: 0 });
  expect(await carryOrdersOf(account)).toEqual({ removed: 0, notRemoved: 0, left: 0 });
  expect((await stage().sandbox.truth(postId)).ours).toBe(1);
});

/** As the account's sweep calls it. */
async function carryOrdersOf(account: AccountRef): Promise<OrdersCarried> {
  const brand = exampleBrand();
  const profile = brand.profiles.sandbox;
  if (!profile) throw new Error('the brand has no profile "sandbox"');
  const meta = createMetaAdapter({ ...profile.meta, baseUrl: stage().sandbox.url, plainHttp: true, secrets: () => SECRETS });
  const dependencies: Dependencies = {
    brand,
    profile: 'sandbox',
    timing: TEST_TIMING,
    ledger: stage().ledger,
    platforms: { meta },
    runs: { wake: async () => true, wakeAll: async () => [], isOpen: async () => false },
    cluster: 'local',
    namespace: stage().namespace,
  };
  const environment = new MockActivityEnvironment();
  try {
    return await environment.run<Parameters<typeof carryOrders>, OrdersCarried, typeof carryOrders>(
      carryOrders,
      dependencies,
      account,
    );
  } finally {
    await meta.close();
  }
}
