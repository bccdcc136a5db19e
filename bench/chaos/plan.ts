import { CRASH_POINTS, type CrashPoint } from './crash-points.ts';
import { type FaultKind, LATE_BEYOND, PUBLISH_FAULTS, READ_FAULTS } from './fault-kinds.ts';
import { type Random, randomOf } from './random.ts';
import type { ChaosWorld, PlannedAd, PlannedSurface } from './world.ts';

/** A fault that waits for a request on one object. */
export interface PlannedFault {
  readonly kind: FaultKind;
  readonly path: 'publish' | 'read';
  readonly objectId: string;
  /** Fitting requests that pass before it. */
  readonly skip: number;
}

export const ACTS = ['start-again', 'cancel', 'reset', 'terminate', 'delete-history', 'retract'] as const;
export type Act = (typeof ACTS)[number];

/** What a person or a pipeline does to one ad's run or, with `retract`, to what it left. */
export interface PlannedAct {
  readonly adId: string;
  readonly act: Act;
  /** Milliseconds after the run was started. */
  readonly afterMs: number;
}

export const BLOWS = [
  'kill-workers',
  'kill-worker',
  'kill-temporal',
  'kill-postgres',
  'kill-sandbox',
  'refuse-connections',
  'dead-token',
  'pause',
] as const;
export type Blow = (typeof BLOWS)[number];

/** What befalls the whole stack once so many ads were started. */
export interface PlannedBlow {
  readonly blow: Blow;
  readonly afterAds: number;
  /** Chooses among what the blow may strike. */
  readonly luck: number;
}

/** A publish step that stands still before its gate, or between gate and request. */
export interface Stall {
  readonly surfaceId: string;
  readonly call: 'ledger.gate' | 'meta.publish';
  readonly ms: number;
  /** `call`: this call alone, while its run ends by force and begins anew. `worker`: the whole process, while its market is paused. */
  readonly holds: 'call' | 'worker';
}

export interface ChaosPlan {
  readonly faults: readonly PlannedFault[];
  readonly acts: readonly PlannedAct[];
  readonly blows: readonly PlannedBlow[];
  readonly crashes: readonly CrashPoint[];
  readonly stalls: readonly Stall[];
}

export interface PlanWish {
  readonly seed: number;
  /** Surfaces whose request lands beyond what is promised; reported apart. */
  readonly lateLandings: number;
}

const MEETS_FAULT = 0.97;
/** Where two runs meet, they are dangerous to each other when all goes well, too. */
const SHARED_MEETS_FAULT = 0.5;
/** Of those that are sent once more, because nothing came of the first request. */
const MEETS_SECOND = 0.9;
/** So many ads of each act; the rest is left to itself. */
const SHARE_OF_ACT: Readonly<Record<Act, number>> = {
  'start-again': 0.08,
  cancel: 0.03,
  reset: 0.05,
  terminate: 0.05,
  'delete-history': 0.02,
  retract: 0.04,
};

/** A short run has fewer crash points: each costs the runs under way up to the timeout of a step. */
const FEWEST_CRASHES = 15;

/** The whole schedule, from the seed alone. */
export function chaosPlan(world: ChaosWorld, wish: PlanWish): ChaosPlan {
  const { seed } = wish;
  const stalls = plannedStalls(world, randomOf(seed, 'stalls'));
  const acts = plannedActs(world, stalls, randomOf(seed, 'acts'));
  return {
    faults: [...publishFaults(world, wish, stalls, acts), ...readFaults(world, randomOf(seed, 'reads'))],
    acts,
    blows: plannedBlows(world.ads.length, randomOf(seed, 'blows')),
    crashes: randomOf(seed, 'crashes')
      .shuffled(CRASH_POINTS)
      .slice(0, Math.max(FEWEST_CRASHES, Math.round(world.ads.length / 4))),
    stalls,
  };
}

/** The plan with some of its parts left out: single acts and blows, or all of a kind. */
export function without(plan: ChaosPlan, left: readonly string[]): ChaosPlan {
  const unless = <T>(name: string, items: readonly T[]) => (left.includes(name) ? [] : items);
  return {
    faults: unless('faults', plan.faults),
    acts: plan.acts.filter(({ act }) => !left.includes(act)),
    blows: plan.blows.filter(({ blow }) => !left.includes(blow)),
    crashes: unless('crashes', plan.crashes),
    stalls: unless('stalls', plan.stalls),
  };
}

/** The kinds take turns, so that each is met about as often; the order of the surfaces is chance. */
function publishFaults(
  world: ChaosWorld,
  { seed, lateLandings }: PlanWish,
  stalls: readonly Stall[],
  acts: readonly PlannedAct[],
): PlannedFault[] {
  const random = randomOf(seed, 'publish');
  // Nothing may be sent for these at all: whatever they are dealt counts for nothing.
  const kept = new Set(acts.filter(({ act }) => act === 'cancel' || act === 'retract').map(({ adId }) => adId));
  const stalled = new Set(stalls.map(({ surfaceId }) => surfaceId));
  const open = random.shuffled(world.surfaces.filter(({ before, surfaceId }) => before === 'nothing' && !stalled.has(surfaceId)));
  const late = open.filter(({ kind }) => kind === 'facebook-post').slice(0, lateLandings);
  const [firsts, seconds, besides] = [turnsOf(random), turnsOf(random), turnsOf(random)];
  const planned = (surface: PlannedSurface, kind: FaultKind): PlannedFault => ({
    kind,
    path: 'publish',
    objectId: surface.surfaceId,
    skip: 0,
  });
  return open.flatMap((surface) => {
    if (late.includes(surface)) return [planned(surface, LATE_BEYOND)];
    if (!random.chance(surface.adIds.length > 1 ? SHARED_MEETS_FAULT : MEETS_FAULT)) return [];
    const first = planned(surface, (surface.adIds.every((id) => kept.has(id)) ? besides : firsts).next(surface));
    const sentAgain = first.kind.leaves === 'nothing' && random.chance(MEETS_SECOND);
    return sentAgain ? [first, planned(surface, seconds.next(surface))] : [first];
  });
}

/** Deals out kinds: of those that fit, one that was dealt least. */
function turnsOf(random: Random) {
  const dealt = new Map<FaultKind, number>();
  return {
    next(surface: PlannedSurface): FaultKind {
      // Where absence cannot be proven, a request of which nothing came ends as `unconfirmed`: honest, and of little use to play often.
      const onlyWithComment = surface.kind === 'instagram-media' && !random.chance(0.1);
      const fitting = PUBLISH_FAULTS.filter(({ leaves }) => !onlyWithComment || leaves !== 'nothing');
      const least = Math.min(...fitting.map((kind) => dealt.get(kind) ?? 0));
      const kind = random.pick(fitting.filter((each) => (dealt.get(each) ?? 0) === least));
      dealt.set(kind, least + 1);
      return kind;
    },
  };
}

function readFaults(world: ChaosWorld, random: Random): PlannedFault[] {
  const objects = [...world.surfaces.map(({ surfaceId }) => surfaceId), ...world.ads.map(({ ad }) => ad.adId)];
  return objects
    .filter(() => random.chance(0.3))
    .map((objectId) => ({ kind: random.pick(READ_FAULTS), path: 'read', objectId, skip: random.whole(0, 5) }));
}

function plannedActs(world: ChaosWorld, stalls: readonly Stall[], random: Random): PlannedAct[] {
  const stalled = new Set(stalls.map(({ surfaceId }) => surfaceId));
  const free = random.shuffled(world.ads.filter(({ surfaceIds }) => !surfaceIds.some((id) => stalled.has(id))));
  let taken = 0;
  return ACTS.flatMap((act) => {
    const count = Math.max(1, Math.round(world.ads.length * SHARE_OF_ACT[act]));
    const left = free.slice(taken);
    const chosen = (act === 'retract' ? left.filter((ad) => isAlone(ad, world)) : left).slice(0, count);
    taken += count;
    return chosen.map(({ ad }) => ({ adId: ad.adId, act, afterMs: random.whole(300, 12_000) }));
  });
}

/** Nobody else publishes on its surfaces, and nothing of before stands there: what an order for the ad covers is known at once. */
function isAlone({ surfaceIds }: PlannedAd, { surfaces }: ChaosWorld): boolean {
  return surfaces.every(
    ({ surfaceId, before, adIds }) => !surfaceIds.includes(surfaceId) || (before === 'nothing' && adIds.length === 1),
  );
}

/** Every blow at least once, the larger runs more often, none in the first tenth; the last ones before all ads are started. */
function plannedBlows(ads: number, random: Random): PlannedBlow[] {
  const rounds = ads >= 300 ? 3 : ads >= 100 ? 2 : 1;
  const blows = Array.from({ length: rounds }, () => random.shuffled(BLOWS)).flat();
  return blows.map((blow, index) => ({
    blow,
    afterAds: Math.round(ads * (0.1 + (0.85 * (index + 1)) / blows.length)),
    luck: random.fraction(),
  }));
}

const WAYS_TO_STALL = [
  { call: 'ledger.gate', holds: 'call' },
  { call: 'meta.publish', holds: 'call' },
  { call: 'meta.publish', holds: 'worker' },
] as const;

function plannedStalls(world: ChaosWorld, random: Random): Stall[] {
  const open = random.shuffled(world.surfaces.filter(({ before, adIds }) => before === 'nothing' && adIds.length === 1));
  return open.slice(0, Math.max(WAYS_TO_STALL.length, Math.round(open.length * 0.04))).flatMap(({ surfaceId }, index) => {
    const way = WAYS_TO_STALL[index % WAYS_TO_STALL.length];
    return way ? [{ surfaceId, ...way, ms: random.whole(6_000, 9_000) }] : [];
  });
}
