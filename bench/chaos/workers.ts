import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Child, Listener } from '../child-process.ts';
import { type CrashPoint, formatPoint } from './crash-points.ts';
import type { Stall } from './plan.ts';
import { type Random, randomOf } from './random.ts';
import type { Suffering } from './watched.ts';
import type { WorkerTold } from './worker-process.ts';

/** The worker processes: each is started anew whenever it is gone, with what is left of the schedule. */
export interface Workers {
  /** Crash points that have struck, in their order. */
  readonly crashes: readonly string[];
  /** Deaths of workers that served and that nobody planned. */
  readonly unplanned: number;
  /** Kills one, or all; returns when they are gone. New ones start at once. */
  kill(which: 'one' | 'all'): Promise<void>;
  /** No crash points from now on. */
  spare(): void;
  /** All of them serve. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

export interface WorkersWish {
  readonly seed: number;
  readonly count: number;
  readonly crashes: readonly CrashPoint[];
  readonly stalls: readonly Stall[];
  /** Calls that a worker lives through before a crash point may strike, give or take a half. */
  readonly quietCalls: number;
  /** Where a worker leaves the note of its death. */
  readonly home: string;
  start(name: string, suffering: Suffering, hear: Listener): Promise<Child<object>>;
  onStalled(stall: Stall): void;
}

/** A crash point that is rare would keep its place for ever: each worker has some of them, and the first reached strikes. */
const POINTS_AT_ONCE = 4;

export async function startWorkers(wish: WorkersWish): Promise<Workers> {
  const random = randomOf(wish.seed, 'workers');
  const pool = [...wish.crashes];
  const crashes: string[] = [];
  const places = Array.from({ length: wish.count }, (_, index) => ({
    name: `worker-${index + 1}`,
    current: null as Running | null,
  }));
  let [stopping, spared, unplanned] = [false, false, 0];

  interface Running {
    readonly ready: Promise<Child<object>>;
    readonly over: Promise<void>;
    expected: boolean;
  }

  function begin(place: (typeof places)[number]): Running {
    const points = spared ? [] : pool.splice(0, POINTS_AT_ONCE);
    const ready = wish.start(place.name, sufferingOf(points, random, wish), (told, goOn) => {
      const { stalled } = told as WorkerTold;
      if (stalled.holds === 'worker') setTimeout(goOn, stalled.ms);
      wish.onStalled(stalled);
    });
    const running: Running = { ready, over: ready.then(({ ended }) => ended), expected: false };
    void running.over
      .then(
        () => true,
        // It did not come up: what it needs may be down at this moment.
        () => false,
      )
      .then((served) => {
        const struck = takeNote(wish.home, place.name);
        if (struck) crashes.push(formatPoint(struck));
        else if (served && !running.expected && !stopping) unplanned += 1;
        pool.push(...points.filter((point) => !struck || formatPoint(point) !== formatPoint(struck)));
        if (!stopping) place.current = begin(place);
      });
    return running;
  }

  for (const place of places) place.current = begin(place);
  const ready = async () => void (await Promise.all(places.map(({ current }) => current?.ready)));
  await ready();
  return {
    crashes,
    get unplanned() {
      return unplanned;
    },
    async kill(which) {
      const chosen = which === 'all' ? places : [random.pick(places)];
      await Promise.all(
        chosen.map(async ({ current }) => {
          if (!current) return;
          current.expected = true;
          const child = await current.ready.catch(() => null);
          await child?.kill();
        }),
      );
    },
    spare() {
      spared = true;
    },
    ready,
    async stop() {
      stopping = true;
      await Promise.allSettled(places.map(async ({ current }) => (await current?.ready)?.stop()));
    },
  };
}

function sufferingOf(points: readonly CrashPoint[], random: Random, { quietCalls, stalls }: WorkersWish): Suffering {
  return { points, passes: random.whole(0, 3), quietCalls: Math.round(quietCalls * (0.5 + random.fraction())), stalls };
}

function takeNote(home: string, name: string): CrashPoint | null {
  const note = join(home, `${name}.death`);
  if (!existsSync(note)) return null;
  const point = JSON.parse(readFileSync(note, 'utf8')) as CrashPoint;
  rmSync(note);
  return point;
}
