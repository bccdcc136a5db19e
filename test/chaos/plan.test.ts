import { describe, expect, it } from 'vitest';
import { CRASH_POINTS } from '../../bench/chaos/crash-points.ts';
import { PUBLISH_FAULTS } from '../../bench/chaos/fault-kinds.ts';
import { ACTS, BLOWS, chaosPlan, without } from '../../bench/chaos/plan.ts';
import { randomOf } from '../../bench/chaos/random.ts';
import { CHAOS_TIMING, windows } from '../../bench/chaos/windows.ts';
import { chaosWorld } from '../../bench/chaos/world.ts';
import { DEFAULT_TIMING } from '../../domain/timing.ts';

const worldOf = (seed: number, ads: number) => chaosWorld({ seed, ads, linkKey: (id) => `fcid=${id}` });
const planOf = (seed: number, ads: number) => chaosPlan(worldOf(seed, ads), { seed, lateLandings: 3 });

describe('the schedule of a chaos run', () => {
  it('is the same for the same seed, to the last choice, and another one for another seed', () => {
    expect(worldOf(7, 60)).toEqual(worldOf(7, 60));
    expect(planOf(7, 60)).toEqual(planOf(7, 60));
    expect(worldOf(8, 60)).not.toEqual(worldOf(7, 60));
    expect(planOf(8, 60)).not.toEqual(planOf(7, 60));
  });

  it.each([1, 2, 3, 4, 5])(
    'gives every publish fault more than ten surfaces that meet it first, with 500 ads and seed %i',
    (seed) => {
      const met = new Map<string, number>();
      const objects = new Set<string>();
      for (const { kind, path, objectId } of planOf(seed, 500).faults) {
        if (path !== 'publish' || objects.has(objectId)) continue;
        objects.add(objectId);
        met.set(kind.name, (met.get(kind.name) ?? 0) + 1);
      }
      for (const { name } of PUBLISH_FAULTS) expect(met.get(name) ?? 0, name).toBeGreaterThan(10);
    },
  );

  it('has every act and every blow also in a short run, and every crash point in a long one', () => {
    const { acts, blows, crashes } = planOf(1, 60);
    expect(new Set(acts.map(({ act }) => act))).toEqual(new Set(ACTS));
    expect(new Set(blows.map(({ blow }) => blow))).toEqual(new Set(BLOWS));
    expect(crashes.length).toBeGreaterThan(10);
    expect(new Set(planOf(1, 500).crashes)).toEqual(new Set(CRASH_POINTS));
    expect(blows.every(({ afterAds }) => afterAds >= 1 && afterAds <= 60)).toBe(true);
  });

  it('lets calls and whole workers stand still before their request, also in a short run', () => {
    const { stalls } = planOf(1, 30);
    expect(stalls.map(({ call, holds }) => `${call} ${holds}`)).toEqual([
      'ledger.gate call',
      'meta.publish call',
      'meta.publish worker',
    ]);
  });

  it('withdraws only what one ad alone put there', () => {
    const world = worldOf(1, 500);
    const { acts } = chaosPlan(world, { seed: 1, lateLandings: 0 });
    const adIds = acts.filter(({ act }) => act === 'retract').map(({ adId }) => adId);
    expect(adIds.length).toBeGreaterThan(10);
    const covered = world.surfaces.filter((surface) => surface.adIds.some((adId) => adIds.includes(adId)));
    expect(covered.every(({ before, adIds: shownBy }) => before === 'nothing' && shownBy.length === 1)).toBe(true);
  });

  it('lets requests land beyond L only where it is asked to', () => {
    const beyond = (lateLandings: number) =>
      chaosPlan(worldOf(1, 60), { seed: 1, lateLandings }).faults.filter(({ kind }) => kind.name === 'late-apply-beyond-L');
    expect(beyond(0)).toEqual([]);
    expect(beyond(3)).toHaveLength(3);
  });

  it('leaves out what is named and nothing else', () => {
    const plan = planOf(1, 60);
    const left = without(plan, ['reset', 'kill-postgres', 'crashes']);
    expect(left.acts).toEqual(plan.acts.filter(({ act }) => act !== 'reset'));
    expect(left.blows).toEqual(plan.blows.filter(({ blow }) => blow !== 'kill-postgres'));
    expect([left.crashes, left.faults]).toEqual([[], plan.faults]);
  });
});

describe('the world of a chaos run', () => {
  it('has surfaces of every temper: shared ones, ours of before, a hand-written one, slow lists, other spelling', () => {
    const { ads, surfaces, seed } = worldOf(1, 500);
    const shared = surfaces.filter(({ adIds }) => adIds.length > 1);
    expect(shared.length / ads.length).toBeGreaterThan(0.06);
    expect(new Set(surfaces.map(({ before }) => before))).toEqual(new Set(['nothing', 'ours', 'by-brand']));
    const posts = new Map((seed.posts ?? []).map((post) => [post.id, post]));
    expect(shared.every(({ surfaceId }) => (posts.get(surfaceId)?.list_lag_seconds ?? 0) > 0)).toBe(true);
    expect([...posts.values()].some(({ respells_text }) => respells_text === true)).toBe(true);
    const lags = [...posts.values()].map(({ list_lag_seconds = 0 }) => list_lag_seconds * 1_000);
    expect(Math.max(...lags)).toBeLessThan(CHAOS_TIMING.listLagMs);
  });
});

describe('the windows of a chaos run', () => {
  it("keep production's ratios", () => {
    const { factor, here, production } = windows();
    for (const [name, value] of Object.entries(here)) {
      expect(value / (production[name as keyof typeof production] ?? 1)).toBeCloseTo(factor, 2);
    }
    expect(production.lateLandingMs).toBe(DEFAULT_TIMING.lateLandingMs);
  });
});

describe('the stream of choices', () => {
  it('is spread evenly, and streams of one seed do not repeat each other', () => {
    const random = randomOf(1, 'a');
    const drawn = Array.from({ length: 8_000 }, () => random.whole(0, 3));
    for (const number of [0, 1, 2, 3]) expect(drawn.filter((each) => each === number).length).toBeGreaterThan(1_800);
    const other = randomOf(1, 'b');
    expect(Array.from({ length: 8 }, () => random.fraction())).not.toEqual(Array.from({ length: 8 }, () => other.fraction()));
  });
});
