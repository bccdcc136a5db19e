import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadBrand } from '../../config/brand.ts';
import type { AdEdge } from '../../domain/facts.ts';
import { decideMarket } from '../../domain/market.ts';
import { knownAdsAgree } from '../../domain/rules/known-ads-agree.ts';
import type { Surface } from '../../domain/surface.ts';
import type { AdPage } from '../../platforms/platform.ts';
import { factsWith } from '../domain/good.ts';
import { fieldName, type Json, pathsOf, valueAt } from '../helpers/field-paths.ts';
import { MUTATIONS, mutated } from '../helpers/mutations.ts';
import { UNTIED } from './fuzz-allowed.ts';
import { endingWith } from './fuzz-run.ts';
import { adOf, openFuzzScene, type Verb, WORLD } from './fuzz-scene.ts';

/** Two ads of two markets on one post of the Spanish Page. */
const FIRST = '23850000015';
const OTHER = '23850000016';
const LISTING: Verb = {
  name: 'listAds',
  kind: 'listAds',
  call: (adapter) => adapter.listAds({ changedSince: null, after: null, limit: 100 }, adOf(WORLD, OTHER)),
};

test('a spoilt row of another ad on a shared post never lets the first ad pass', async () => {
  const scene = await openFuzzScene();
  onTestFinished(() => scene.close());
  const loaded = loadBrand(join(import.meta.dirname, '../../examples/brightloom'));
  if (!loaded.ok) throw new Error("the example's brand folder has problems");
  const { brand } = loaded;
  const resolution = await scene.adapter.resolveAd(adOf(WORLD, FIRST), adOf(WORLD, FIRST));
  if (resolution.kind !== 'resolved') throw new Error(`ad ${FIRST} does not resolve`);
  const { snapshot, surfaces } = resolution;
  const [surface] = surfaces;
  if (surface === undefined) throw new Error(`ad ${FIRST} has no surface`);

  /** Whether the first ad's rule lets it pass beside the listed rows, as the ledger would connect them with its surface. */
  function passesBeside({ ads }: AdPage, shown: Surface): boolean {
    const otherAds = ads.flatMap((listed) => edgeTo(listed, shown));
    return knownAdsAgree.check(factsWith({ brand, snapshot, surface: shown, facts: { otherAds } }), brand).kept;
  }

  function edgeTo({ ad, snapshot: other, state, names }: AdPage['ads'][number], shown: Surface): readonly AdEdge[] {
    if (state === 'archived' || state === 'deleted' || !names.some(({ surfaceId }) => surfaceId === shown.surfaceId)) return [];
    const unseen = { ...shown, identityId: null, permalink: null, dark: null };
    const marketId = other === null ? null : decideMarket(other, unseen, brand).marketId;
    return [{ ad, campaignId: other?.campaign.id ?? '0', marketId, marketState: marketId === null ? 'unclear' : 'found' }];
  }

  scene.graph.forget();
  await LISTING.call(scene.adapter);
  const body = scene.graph.exchanges.find(({ path }) => path.endsWith('/ads'))?.body ?? '{}';
  const rows = (JSON.parse(body) as { readonly data: readonly { readonly id: string }[] }).data;
  const answer = { data: rows.filter(({ id }) => id === OTHER) } as unknown as Json;
  const flaws: string[] = [];
  let cases = 0;
  for (const path of pathsOf(answer).filter(([, row]) => row !== undefined)) {
    const value = valueAt(answer, path);
    if (value === undefined) continue;
    for (const mutation of MUTATIONS.filter(({ heavy }) => heavy !== true)) {
      const spoilt = mutated(answer, path, value, mutation);
      if (spoilt === null) continue;
      cases += 1;
      const ending = await endingWith(scene, LISTING, false, (each) => (each.path.endsWith('/ads') ? { body: spoilt } : null));
      const passes = ending.kind === 'value' && passesBeside(ending.value as AdPage, surface);
      const field = fieldName(path.slice(2));
      const untied = UNTIED.some((row) => row.fields.test(field) && (row.mutations?.test(mutation.name) ?? true));
      if (passes && !untied) flaws.push(`${mutation.name} in ${field === '' ? 'the whole row' : field}`);
    }
  }
  expect(passesBeside((await LISTING.call(scene.adapter)) as AdPage, surface)).toBe(false);
  expect(cases).toBeGreaterThan(300);
  expect(flaws).toEqual([]);
});
