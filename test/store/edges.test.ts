import { expect, test } from 'vitest';
import { ledgerForThisFile } from './ledger-for-file.ts';
import { newAd, snapshotOf } from './scene.ts';

const { ledger } = ledgerForThisFile();

async function seen(at: ReturnType<typeof newAd>, surfaces = [at.surface]): Promise<void> {
  await ledger().runStarted({ run: at.run, ad: at.ad, mode: 'pipeline', brandDigest: 'brand-1' });
  await ledger().recordResolution(at.run, snapshotOf(at.ad), surfaces);
}

test('the ledger knows all other ads on a surface, over all accounts, with campaign and market', async () => {
  const first = newAd();
  const second = newAd();
  const foreign = { ...newAd(), ad: { ...newAd().ad, accountId: 'act_999' } };
  await seen(first);
  await seen(second, [first.surface, second.surface]);
  await seen(foreign, [first.surface]);
  await ledger().recordMarket(second.ad, 'de-DE');
  const others = await ledger().otherAdsOn(first.surface, first.ad);
  expect(others).toHaveLength(2);
  expect(others).toEqual(
    expect.arrayContaining([
      { ad: second.ad, campaignId: '2380000001', marketId: 'de-DE', marketState: 'found' },
      { ad: foreign.ad, campaignId: '2380000001', marketId: null, marketState: 'unknown' },
    ]),
  );
  expect(await ledger().otherAdsOn(second.surface, second.ad)).toEqual([]);
});

test('a market that was found stays when the ad is resolved again, on new surfaces too, and can become unclear', async () => {
  const first = newAd();
  const later = newAd();
  await seen(first);
  await ledger().recordMarket(first.ad, 'de-DE');
  await seen(first, [first.surface, later.surface]);
  expect(await ledger().otherAdsOn(later.surface, later.ad)).toMatchObject([
    { ad: first.ad, marketId: 'de-DE', marketState: 'found' },
  ]);
  await ledger().recordMarket(first.ad, null);
  expect(await ledger().otherAdsOn(later.surface, later.ad)).toMatchObject([{ marketId: null, marketState: 'unclear' }]);
});

test('a surface that resolve names twice, or not at all, is no trouble', async () => {
  const at = newAd();
  await seen(at, [at.surface, at.surface]);
  await seen(at, []);
  expect(await ledger().otherAdsOn(at.surface, newAd().ad)).toHaveLength(1);
  expect(await ledger().readResolution(at.run)).toMatchObject({ snapshot: { name: 'Leinen' } });
  expect(await ledger().readResolution(newAd().run)).toBeNull();
});

test('ads that are resolved at the same moment on one surface all get their edges', async () => {
  const ads = Array.from({ length: 6 }, newAd);
  const surfaces = ads.map((each) => each.surface);
  await Promise.all(ads.map((each, index) => seen(each, index % 2 === 0 ? surfaces : [...surfaces].reverse())));
  const [at] = ads;
  if (!at) throw new Error('there are six');
  expect(await ledger().otherAdsOn(at.surface, at.ad)).toHaveLength(5);
});
