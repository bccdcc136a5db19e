import { setImmediate, setTimeout as sleep } from 'node:timers/promises';

/** Something that could happen next. */
export interface Turn {
  /** Whose: the id of the execution that it belongs to. */
  readonly of: string;
  /** What, for people. */
  readonly what: string;
  /** It may itself wait for another turn, as closing the gate waits for a sender: the others go on meanwhile. */
  readonly mayWait?: boolean;
  readonly take: () => Promise<void> | void;
}

export interface Alarm {
  readonly dueAt: number;
  /** Waited out by the real clock; the others are skipped over. */
  readonly real: boolean;
  readonly ring: () => void;
}

/** Which of the possible turns is taken next. */
export type Order = (turns: readonly Turn[]) => number;

/** A person may come by in a wait that is longer. */
const LONG_MS = 5 * 60_000;
const MOST_REAL_IN_A_ROW = 20;

/**
 * Lets one thing happen at a time: a call over a boundary, a workflow task, the start or the end of an activity. The next is
 * chosen when all that follows from the last has come to its next boundary, so that the same choices give the same order of
 * events. When nothing else can happen, the earliest alarm rings. Waits that only pace are skipped over; those that are held
 * against the database's clock are waited out.
 */
export class Turns {
  steps = 0;
  rings = 0;
  private turns: Turn[] = [];
  private alarms: Alarm[] = [];
  private readonly waiting = new Set<Promise<void>>();
  private resting: (() => void)[] = [];
  private oneRests: () => void = () => undefined;
  private skippedMs = 0;
  /** Waits in a row that were waited out. */
  private realInARow = 0;
  private readonly order: Order;
  /** Waits up to so long are really waited out. */
  private readonly windowMs: number;

  /** A person who comes by when the runs would wait for long; answers whether they did something. */
  private readonly person: () => Promise<boolean>;

  constructor(order: Order, windowMs: number, person: () => Promise<boolean> = async () => false) {
    this.order = order;
    this.windowMs = windowMs;
    this.person = person;
  }

  /** Milliseconds since the epoch, by a clock that runs ahead by what was skipped. */
  now(): number {
    return Date.now() + this.skippedMs;
  }

  offer(turn: Turn): void {
    this.turns.push(turn);
  }

  /** `paces`: skipped over whatever its length. The answer takes the alarm back. */
  ringAfter(ms: number, ring: () => void, paces = false): () => void {
    const alarm: Alarm = { dueAt: this.now() + ms, real: !paces && ms <= this.windowMs, ring };
    this.alarms.push(alarm);
    return () => {
      this.alarms = this.alarms.filter((each) => each !== alarm);
    };
  }

  /** Until `done`, or until nothing can happen any more (`stuck`), or too much has happened (`endless`). */
  async run(
    done: () => boolean,
    limits: { readonly steps: number; readonly rings: number },
  ): Promise<'done' | 'stuck' | 'endless'> {
    for (;;) {
      await setImmediate();
      if (done()) return 'done';
      if (this.steps >= limits.steps || this.rings >= limits.rings) return 'endless';
      if (this.turns.length > 0) await this.takeOne();
      else if (this.resting.length > 0) this.resting.shift()?.();
      else if (this.waiting.size > 0) await this.untilOneRests();
      else if (this.alarms.length > 0) await this.ringEarliest();
      else return 'stuck';
    }
  }

  /** Whether something is under way, or about to be, that may wait for a turn of others. */
  get waits(): boolean {
    return this.waiting.size > 0 || this.turns.some(({ mayWait }) => mayWait);
  }

  /** Resolves when all others have come to rest: how long an operation has waited must not decide what comes next. */
  atRest(): Promise<void> {
    return new Promise((resolve) => {
      this.resting.push(resolve);
      this.oneRests();
    });
  }

  private untilOneRests(): Promise<void> {
    return new Promise((resolve) => {
      this.oneRests = resolve;
      void Promise.race(this.waiting).then(resolve);
    });
  }

  private async takeOne(): Promise<void> {
    this.steps += 1;
    const [turn] = this.turns.splice(this.order(this.turns), 1);
    const taken = Promise.resolve(turn?.take());
    if (!turn?.mayWait) return taken;
    const ended = taken.finally(() => this.waiting.delete(ended));
    this.waiting.add(ended);
  }

  private async ringEarliest(): Promise<void> {
    this.rings += 1;
    const skippable = this.alarms.filter(({ real }) => !real);
    // Who looks again and again for something that a longer wait must bring would never let that come.
    const tired = this.realInARow >= MOST_REAL_IN_A_ROW && skippable.length > 0;
    const earliest = (tired ? skippable : this.alarms).reduce((one, other) => (other.dueAt < one.dueAt ? other : one));
    this.realInARow = earliest.real ? this.realInARow + 1 : 0;
    const wait = earliest.dueAt - this.now();
    if (wait > LONG_MS && (await this.person())) return;
    this.alarms = this.alarms.filter((each) => each !== earliest);
    if (wait > 0 && earliest.real) await sleep(wait + 1);
    else if (wait > 0) this.skippedMs += wait;
    earliest.ring();
  }
}
