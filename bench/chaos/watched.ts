import { type CrashPoint, callName } from './crash-points.ts';
import type { Stall } from './plan.ts';

/** Told of every call through a door of the activities: the ledger, the adapter, the runs port. */
export interface Watcher {
  /** May hold the call back, or never return. */
  before(call: string, given: readonly unknown[]): Promise<void>;
  during(call: string): void;
  after(call: string): void;
}

/** The door with `watcher` at every method. */
export function watched<Door extends object>(name: string, door: Door, watcher: Watcher): Door {
  return new Proxy(door, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function' || typeof key !== 'string') return value;
      const method = value as (...given: unknown[]) => unknown;
      return (...given: unknown[]) => {
        const call = callName(name, key, given);
        if (ANSWERS_AT_ONCE.has(key)) return method.apply(target, given);
        return carried(call, given, () => method.apply(target, given));
      };
    },
  });

  async function carried(call: string, given: readonly unknown[], work: () => unknown): Promise<unknown> {
    await watcher.before(call, given);
    const done = work();
    watcher.during(call);
    const answer = await done;
    watcher.after(call);
    return answer;
  }
}

/** Methods that give no promise: nothing happens there that a crash could tear apart. */
const ANSWERS_AT_ONCE = new Set(['absenceProvable']);

/** What a worker is to suffer from its own doors. */
export interface Suffering {
  /** The first of them that is reached ends the process. */
  readonly points: readonly CrashPoint[];
  /** Calls of a point that pass before it strikes. */
  readonly passes: number;
  /** Nothing strikes before so many calls of any kind, so that runs go on in between, however slow the machine is. */
  readonly quietCalls: number;
  /** Each strikes the first such call on its surface. */
  readonly stalls: readonly Stall[];
}

export interface Doom {
  /** The process must not come back from here. */
  strike(point: CrashPoint): never;
  /** Resolves when the call may go on. */
  standStill(stall: Stall): Promise<void>;
}

/** Counts calls and strikes where the plan says so. */
export function sufferer({ points, passes, quietCalls, stalls }: Suffering, doom: Doom): Watcher {
  let calls = 0;
  const counts = new Map<string, number>();
  const pending = new Map(stalls.map((stall) => [`${stall.call} ${stall.surfaceId}`, stall]));

  function pass(when: CrashPoint['when'], call: string): void {
    const point = points.find((each) => each.when === when && each.call === call);
    if (!point || calls < quietCalls) return;
    const key = `${when} ${call}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count > passes) doom.strike(point);
  }

  return {
    async before(call, given) {
      calls += 1;
      pass('before', call);
      const { surface } = (given[0] ?? {}) as { surface?: { surfaceId: string } };
      const key = `${call} ${surface?.surfaceId ?? ''}`;
      const stall = pending.get(key);
      if (!stall) return;
      pending.delete(key);
      await doom.standStill(stall);
    },
    // A moment later, so that bytes are on their way.
    during: (call) => void setTimeout(() => pass('during', call), 2),
    after: (call) => pass('after', call),
  };
}
