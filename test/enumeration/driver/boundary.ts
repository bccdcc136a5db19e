import type { AttemptInfo } from './activity-attempt.ts';
import { callers } from './callers.ts';
import { never, type Process } from './process.ts';
import type { Turns } from './turns.ts';

/** What is called over a boundary: the ledger, the platform, other runs; or the activity as a whole. */
export const TARGETS = ['ledger', 'platform', 'runs', 'activity'] as const;
export type Target = (typeof TARGETS)[number];

/** One call as it was made. */
export interface Call {
  /** Names the same call in every play of the scenario: `A ledger.gate#1`. */
  readonly key: string;
  /** Which ad's run made it. */
  readonly by: string;
  readonly target: Target;
  readonly method: string;
  /** How often the run had made it before, counted from 1. */
  readonly n: number;
  readonly activity: string;
  /** Where it stands: `activities/publish.ts:25`; for an activity, where the workflow asks for it. */
  readonly site: string;
}

/** What goes wrong with one call. */
export interface Fault {
  readonly name: string;
  /** `crash`: the worker dies before the call is made, or before it has the answer. An error: what it gets instead. */
  readonly before?: 'crash' | (() => Error);
  readonly after?: 'crash' | (() => Error);
  /** The worker stalls before the call, so long that the server gives the activity up, and then goes on with it. */
  readonly stallsMs?: number;
  /** What happens instead of the call. */
  readonly instead?: (act: () => Promise<unknown>, args: readonly unknown[]) => Promise<unknown>;
}

/** Who makes calls: one attempt of one activity, in one process. */
export interface Caller {
  readonly by: string;
  readonly info: AttemptInfo;
  readonly process: Process;
  readonly stalled: () => void;
}

/** Calls that may wait for another turn: they wait for those who may still send. */
const MAY_WAIT = ['closeGateFor', 'pause', 'orderWithdrawal', 'revokeApproval'];

/** Every call that is made passes here: it waits for its turn, is written down, and may go wrong as planned. */
export class Boundary {
  readonly calls: Call[] = [];
  private readonly turns: Turns;
  private readonly plan: ReadonlyMap<string, Fault>;
  private readonly kill: (process: Process) => void;
  /** Which of the planned faults were met. */
  readonly met = new Set<string>();
  /** What the calls threw by themselves, with the call's key. */
  readonly threw: { readonly key: string; readonly error: unknown }[] = [];
  private readonly counts = new Map<string, number>();

  constructor(turns: Turns, plan: ReadonlyMap<string, Fault>, kill: (process: Process) => void) {
    this.turns = turns;
    this.plan = plan;
    this.kill = kill;
  }

  /** Everything that the object does goes over the boundary. */
  around<T extends object>(target: Target, object: T, caller: Caller, alone: readonly string[] = []): T {
    return new Proxy(object, {
      get: (_, name) => {
        const method = Reflect.get(object, name) as unknown;
        if (typeof method !== 'function' || alone.includes(String(name))) return method;
        return (...args: readonly unknown[]) =>
          this.cross(caller, target, String(name), siteOf(), async () => method.apply(object, args), args);
      },
    });
  }

  cross<T>(
    caller: Caller,
    target: Target,
    method: string,
    site: string,
    act: () => Promise<T>,
    args: readonly unknown[] = [],
  ): Promise<T> {
    const { by, info, process } = caller;
    if (!process.alive) return never();
    const counted = `${by} ${target}.${method}`;
    const n = (this.counts.get(counted) ?? 0) + 1;
    this.counts.set(counted, n);
    const call = { key: `${counted}#${n}`, by, target, method, n, activity: info.type, site };
    this.calls.push(call);
    const fault = this.plan.get(call.key) ?? null;
    const mayWait = MAY_WAIT.includes(method);
    return new Promise<T>((resolve, reject) => {
      const take = () =>
        this.make(call, fault, act, args, process).then((answer) => {
          if (answer) resolve(answer.value);
        }, reject);
      const go = () => this.turns.offer({ of: info.workflowId, what: call.key, mayWait, take });
      if (fault?.stallsMs === undefined) return go();
      this.met.add(call.key);
      caller.stalled();
      this.turns.ringAfter(fault.stallsMs, go);
    });
  }

  /** `null`: whoever called does not live to hear the answer. */
  private async make<T>(
    call: Call,
    fault: Fault | null,
    act: () => Promise<T>,
    args: readonly unknown[],
    process: Process,
  ): Promise<{ readonly value: T } | null> {
    if (!process.alive) return null;
    if (fault) this.met.add(call.key);
    if (fault?.before === 'crash') return this.crash(process);
    if (fault?.before) throw fault.before();
    const value = await (fault?.instead ? (fault.instead(act, args) as Promise<T>) : this.noted(call, act));
    if (MAY_WAIT.includes(call.method)) await this.turns.atRest();
    if (!process.alive) return null;
    if (fault?.after === 'crash') return this.crash(process);
    if (fault?.after) throw fault.after();
    return { value };
  }

  private async noted<T>({ key }: Call, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      this.threw.push({ key, error });
      throw error;
    }
  }

  private crash(process: Process): null {
    this.kill(process);
    return null;
  }
}

const ACTIVITY_FILE = /\bactivities\/(?:[\w-]+\/)*[\w-]+\.ts$/;

/** The line of activities/ that makes the call. */
function siteOf(): string {
  for (const { file, line } of callers()) {
    const path = ACTIVITY_FILE.exec(file);
    if (path) return `${path[0]}:${line}`;
  }
  return 'elsewhere';
}
