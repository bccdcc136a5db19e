import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { OrderCriteria } from '../../domain/order-criteria.ts';
import type { Belonging } from '../../store/ledger.ts';
import { ledgerForThisFile } from './ledger-for-file.ts';
import { anotherOwner, newAd, sightingOf, snapshotOf } from './scene.ts';

const { ledger, rows } = ledgerForThisFile();

/** A comment, or what would be sent, as the test keeps it. */
interface Thing {
  readonly surfaceId: string;
  readonly belongs: Belonging | null;
  /** All ads that are shown on its surface now, as orders name them. */
  readonly shownUnder: readonly string[];
  /** ISO 8601; `null` for what is not published yet. */
  readonly at: string | null;
}

const TIMES = ['2026-11-01T00:00:00.000Z', '2026-11-10T00:00:00.000Z', '2026-11-20T00:00:00.000Z', '2126-01-01T00:00:00.000Z'];
const pick = <T>(...values: T[]) => fc.constantFrom(...values);
const belonging = fc.record<Belonging>({
  brandId: pick('brightloom', 'other'),
  accountId: pick('act_1', 'act_2'),
  adId: pick('11', '12'),
  identityId: pick('4000001', '4000002'),
  marketId: pick('de-DE', 'fr-FR'),
  patternId: pick<string | null>('next-step', 'launch-offer'),
  copyHash: pick<string | null>('h1', 'h2'),
  copyVersion: pick<number | null>(1, 2),
});
/** As a comment that was found: no attempt explains it. */
const found = belonging.map((each) => ({ ...each, patternId: null, copyHash: null, copyVersion: null }));
const criteria: fc.Arbitrary<OrderCriteria> = fc.record(
  {
    brandId: pick('brightloom', 'other'),
    accountId: pick('act_1', 'act_2'),
    ad: pick('meta/act_1/11', 'meta/act_2/12'),
    identityId: pick('4000001', '4000002'),
    marketId: pick('de-DE', 'fr-FR'),
    patternId: pick('next-step', 'launch-offer'),
    copyVersion: pick(1, 2),
    copyHash: pick('h1', 'h2'),
    from: pick(...TIMES),
    until: pick(...TIMES),
  },
  { requiredKeys: [] },
);

/** What an order should answer, told in plain words of the program. */
function covers(order: OrderCriteria, thing: Thing): boolean | null {
  const { belongs, shownUnder } = thing;
  const at = thing.at ?? new Date().toISOString();
  const same = <T>(wanted: T | undefined, is: T | null | undefined): boolean | null =>
    wanted === undefined ? true : is === null || is === undefined ? null : wanted === is;
  const own = belongs === null ? null : `meta/${belongs.accountId}/${belongs.adId}`;
  const verdicts = [
    same(order.brandId, belongs?.brandId),
    same(order.accountId, belongs?.accountId),
    same(order.identityId, belongs?.identityId),
    same(order.marketId, belongs?.marketId),
    same(order.patternId, belongs?.patternId),
    same(order.copyVersion, belongs?.copyVersion),
    same(order.copyHash, belongs?.copyHash),
    same(order.surfaceId, thing.surfaceId),
    order.ad !== undefined && shownUnder.includes(order.ad) ? true : same(order.ad, own),
    order.from === undefined || at >= order.from,
    order.until === undefined || at < order.until,
  ];
  return verdicts.includes(false) ? false : verdicts.includes(null) ? null : true;
}

const comments: (Thing & { readonly commentId: string })[] = [];

async function insertComment(belongs: Belonging | null, at: string, shown: boolean): Promise<void> {
  const { surface, ad, run, owner } = newAd();
  const commentId = `c${comments.length}`;
  const shownAd = { ...ad, accountId: 'act_1', adId: '11' };
  if (shown) {
    await ledger().runStarted({ run, ad, mode: 'pipeline', brandDigest: 'b' });
    const sighting = { ...sightingOf(shownAd, [surface]), complete: false };
    await ledger().recordResolution(run, snapshotOf(ad), [surface], sighting);
  }
  await ledger().claim({ surface, owner, surfaceKey: 'k' });
  await rows(
    `insert into publications (surface, surface_id, comment_id, text, published_at, origin, brand_id, account_id, ad_id,
      identity_id, market_id, pattern_id, copy_hash, copy_version)
    values ($1, $2, $3, 'text', $4, 'adopted', $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      `meta/facebook-post/${surface.surfaceId}`,
      surface.surfaceId,
      commentId,
      at,
      ...(['brandId', 'accountId', 'adId', 'identityId', 'marketId', 'patternId', 'copyHash', 'copyVersion'] as const).map(
        (name) => belongs?.[name] ?? null,
      ),
    ],
  );
  comments.push({ commentId, surfaceId: surface.surfaceId, belongs, at, shownUnder: shown ? ['meta/act_1/11'] : [] });
}

beforeAll(async () => {
  const sample = fc.sample(fc.tuple(fc.oneof(belonging, belonging, found, fc.constant(null)), pick(...TIMES), fc.boolean()), {
    numRuns: 60,
    seed: 5,
  });
  for (const [belongs, at, shown] of sample) await insertComment(belongs, at, shown);
});

test('an order covers exactly the comments that meet all its criteria; of those that nobody can tell it says so', async () => {
  await fc.assert(
    fc.asyncProperty(criteria, fc.nat(), async (drawn, surface) => {
      const order = surface % 4 === 0 ? { ...drawn, surfaceId: comments[surface % comments.length]?.surfaceId ?? '' } : drawn;
      const preview = await ledger().previewWithdrawal(order);
      const expected = (verdict: boolean | null) =>
        comments.filter((each) => covers(order, each) === verdict).map(({ commentId }) => commentId);
      expect(preview.comments.map(({ commentId }) => commentId).sort()).toEqual(expected(true).sort());
      expect(preview.unexplained.map(({ commentId }) => commentId).sort()).toEqual(expected(null).sort());
    }),
    { numRuns: 150 },
  );
});

test('a standing order lists the same comments, and nothing once it is lifted', async () => {
  await fc.assert(
    fc.asyncProperty(criteria, async (order) => {
      const { id } = await ledger().orderWithdrawal({ criteria: order, by: 'Mara', why: 'w' });
      const since = await ledger().beginRetract(id);
      const listed = (await ledger().removalsUnder(id, since, 1_000)).map(({ commentId }) => commentId);
      const expected = comments.filter((each) => covers(order, each) === true).map(({ commentId }) => commentId);
      expect(listed.sort()).toEqual(expected.sort());
      expect(await ledger().withdrawalOrder(id)).toMatchObject({ criteria: order, left: expected.length, lifted: null });
      await ledger().liftWithdrawal(id, 'Mara', 'over');
      expect(await ledger().removalsUnder(id, since, 1_000)).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test('what would be published now is refused by the same orders, with who gave them and why', async () => {
  await fc.assert(
    fc.asyncProperty(criteria, belonging, async (order, belongs) => {
      const { surface } = newAd();
      const { id } = await ledger().orderWithdrawal({ criteria: order, by: 'Mara', why: 'recall' });
      const answer = await ledger().claim({ surface, owner: anotherOwner(), surfaceKey: 'k1', belongs });
      const covered = covers(order, { surfaceId: surface.surfaceId, belongs, shownUnder: [], at: null });
      expect(answer.kind).toBe(covered === true ? 'withdrawn' : 'claimed');
      if (answer.kind === 'withdrawn') expect(answer.says).toMatch(new RegExp(`^Mara ordered .*recall.*${id}$`));
      await ledger().liftWithdrawal(id, 'Mara', 'over');
    }),
    { numRuns: 100 },
  );
});
