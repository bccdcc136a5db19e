import { describe, expect, test } from 'vitest';
import type { AdState } from '../../domain/facts.ts';
import type { SurfaceRef } from '../../domain/surface.ts';
import type { AdSighting } from '../../store/known-ads.ts';
import { ledgerForThisFile } from './ledger-for-file.ts';
import { MARKETS, newAd, passGate, readyToSend, sightingOf, snapshotOf } from './scene.ts';

const { ledger, rows } = ledgerForThisFile();

type At = ReturnType<typeof newAd>;

/** The ad's own run resolves it: it is shown on these surfaces and on no others. */
async function seen(at: At, surfaces: readonly At['surface'][] = [at.surface], changes: Partial<AdSighting> = {}): Promise<void> {
  await ledger().runStarted({ run: at.run, ad: at.ad, mode: 'pipeline', brandDigest: 'brand-1' });
  await ledger().recordResolution(at.run, snapshotOf(at.ad), surfaces, sightingOf(at.ad, surfaces, changes));
}

const onIt = (surface: SurfaceRef) => ledger().otherAdsOn(surface, newAd().ad, MARKETS);

test('the ledger knows all other ads on a surface, over all accounts, with campaign and market', async () => {
  const first = newAd();
  const second = newAd();
  const foreign = { ...newAd(), ad: { ...newAd().ad, accountId: 'act_999' } };
  await seen(first);
  await seen(second, [first.surface, second.surface]);
  await seen(foreign, [first.surface], { marketId: null });
  const others = await ledger().otherAdsOn(first.surface, first.ad, MARKETS);
  expect(others).toHaveLength(2);
  expect(others).toEqual(
    expect.arrayContaining([
      { ad: second.ad, campaignId: '2380000001', marketId: 'de-DE', marketState: 'found' },
      { ad: foreign.ad, campaignId: '2380000001', marketId: null, marketState: 'unclear' },
    ]),
  );
  expect(await ledger().otherAdsOn(second.surface, second.ad, MARKETS)).toEqual([]);
});

test('an ad speaks on each surface for the market that it has there, and what was seen last counts', async () => {
  const at = newAd();
  const other = newAd();
  const edges = [
    { named: at.surface, surfaceId: at.surface.surfaceId, marketId: 'fr-FR' },
    { named: other.surface, surfaceId: other.surface.surfaceId, marketId: null },
  ];
  await seen(at, [at.surface, other.surface], { edges });
  expect(await onIt(at.surface)).toMatchObject([{ marketId: 'fr-FR', marketState: 'found' }]);
  expect(await onIt(other.surface)).toMatchObject([{ marketId: null, marketState: 'unclear' }]);
  await seen(at, [at.surface, other.surface]);
  expect(await onIt(other.surface)).toMatchObject([{ marketId: 'de-DE', marketState: 'found' }]);
});

test('a surface that resolve names twice is no trouble', async () => {
  const at = newAd();
  await seen(at, [at.surface, at.surface]);
  expect(await onIt(at.surface)).toHaveLength(1);
  expect(await ledger().readResolution(at.run)).toMatchObject({ snapshot: { name: 'Leinen' } });
  expect(await ledger().readResolution(newAd().run)).toBeNull();
});

test('ads that are resolved at the same moment on one surface all get their edges', async () => {
  const ads = Array.from({ length: 6 }, newAd);
  const surfaces = ads.map((each) => each.surface);
  await Promise.all(ads.map((each, index) => seen(each, index % 2 === 0 ? surfaces : [...surfaces].reverse())));
  const [at] = ads;
  if (!at) throw new Error('there are six');
  expect(await ledger().otherAdsOn(at.surface, at.ad, MARKETS)).toHaveLength(5);
});

describe('an ad counts no more', () => {
  test.each<AdState>(['archived', 'deleted'])('when it is %s, and again when it comes back', async (state) => {
    const at = newAd();
    await seen(at, [at.surface], { state, marketId: null });
    expect(await onIt(at.surface)).toEqual([]);
    await seen(at, [at.surface], { state: 'paused', marketId: null });
    expect(await onIt(at.surface)).toMatchObject([{ marketState: 'unclear' }]);
  });

  test('on a surface that its creative does not name any more; the edge stays as history', async () => {
    const at = newAd();
    const later = newAd().surface;
    await seen(at);
    await seen(at, [later]);
    expect(await onIt(at.surface)).toEqual([]);
    expect(await onIt(later)).toHaveLength(1);
    expect(await rows('select ended_at is null as shown from ad_surfaces where ad_id = $1 order by shown', [at.ad.adId])).toEqual(
      [{ shown: false }, { shown: true }],
    );
    await seen(at);
    expect(await onIt(at.surface)).toHaveLength(1);
  });
});

test('an ad whose surfaces could not be read whole keeps its old ones, with a market that is not clear', async () => {
  const at = newAd();
  await seen(at);
  await seen(at, [], { complete: false, marketId: null, state: null });
  expect(await onIt(at.surface)).toMatchObject([{ ad: at.ad, marketState: 'unclear' }]);
});

test('a surface is found under every name that creatives have for it', async () => {
  const at = newAd();
  const listed = newAd();
  const named = { ...at.surface, surfaceId: `${at.surface.surfaceId}9` };
  await seen(listed, [], { edges: [{ named, surfaceId: null, marketId: 'fr-FR' }] });
  expect(await onIt(at.surface)).toEqual([]);
  await seen(at, [at.surface], { edges: [{ named, surfaceId: at.surface.surfaceId, marketId: 'de-DE' }] });
  expect(await ledger().otherAdsOn(at.surface, at.ad, MARKETS)).toMatchObject([{ ad: listed.ad, marketId: 'fr-FR' }]);
  await seen(listed, [], { edges: [{ named, surfaceId: null, marketId: 'de-DE' }] });
  expect(await ledger().otherAdsOn(at.surface, at.ad, MARKETS)).toMatchObject([{ ad: listed.ad, marketId: 'de-DE' }]);
  await seen(listed, []);
  expect(await ledger().otherAdsOn(at.surface, at.ad, MARKETS)).toEqual([]);
});

describe('an ad that joins a commented surface', () => {
  async function commented(): Promise<At['surface']> {
    const { request, surface } = await readyToSend(ledger());
    const { attemptId } = await passGate(ledger(), request);
    await ledger().recordResult(attemptId, { kind: 'accepted', commentId: 'c1' }, 'activity');
    return surface;
  }

  const incidents = (surface: SurfaceRef) =>
    rows<{ kind: string; evidence: unknown }>('select kind, evidence from incidents where surface_id = $1', [surface.surfaceId]);

  test('for another market is an incident, said once for the same ads', async () => {
    const surface = await commented();
    const joining = newAd();
    await seen(joining, [surface], { marketId: 'fr-FR' });
    expect(await ledger().noteMismatches({ surfaces: [surface] }, MARKETS)).toEqual([surface.surfaceId]);
    expect(await ledger().noteMismatches({ surfaces: [surface] }, MARKETS)).toEqual([]);
    expect(await ledger().noteMismatches({ ads: [joining.ad] }, MARKETS)).toEqual([]);
    const [incident, ...more] = await incidents(surface);
    expect(more).toEqual([]);
    expect(incident).toMatchObject({
      kind: 'mismatch',
      evidence: {
        commentIds: ['c1'],
        ads: expect.arrayContaining([{ ad: `meta/act_100200/${joining.ad.adId}`, marketId: 'fr-FR' }]),
      },
    });
  });

  test('is found from the ad alone, also when its market is not clear', async () => {
    const surface = await commented();
    const joining = { ...newAd(), ad: { ...newAd().ad, accountId: 'act_777' } };
    await seen(joining, [surface], { marketId: null });
    expect(await ledger().noteMismatches({ ads: [{ ...joining.ad, accountId: 'act_778' }] }, MARKETS)).toEqual([]);
    expect(await ledger().noteMismatches({ ads: [joining.ad] }, MARKETS)).toEqual([surface.surfaceId]);
  });

  test('under another name than the surface has is found as well', async () => {
    const surface = await commented();
    const named = { ...surface, surfaceId: `${surface.surfaceId}9` };
    await seen(newAd(), [surface], { edges: [{ named, surfaceId: surface.surfaceId, marketId: 'fr-FR' }] });
    expect(await ledger().noteMismatches({ surfaces: [named] }, MARKETS)).toEqual([surface.surfaceId]);
  });

  test('for the same market is none, and neither is one on a surface without a comment of ours', async () => {
    const surface = await commented();
    await seen(newAd(), [surface]);
    const bare = newAd();
    await seen(bare);
    await seen(newAd(), [bare.surface], { marketId: 'fr-FR' });
    expect(await ledger().noteMismatches({ surfaces: [surface, bare.surface] }, MARKETS)).toEqual([]);
    expect(await incidents(surface)).toEqual([]);
  });
});
