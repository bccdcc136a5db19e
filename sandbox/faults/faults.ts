import { z } from 'zod';
import type { GraphCall } from '../graph/scene.ts';
import { isObject } from '../world/json.ts';
import { WorldMistake } from '../world/world-mistake.ts';
import { type Fault, type FaultMatch, faultSchema, faultScopeSchema } from './schema.ts';

interface Armed {
  readonly id: number;
  readonly match: FaultMatch;
  readonly fault: Fault;
  skip: number;
  left: number;
}

/** The faults that wait for their calls. They live in memory only: a restarted sandbox is in good health. */
export class Faults {
  #armed: Armed[] = [];
  #lastId = 0;

  /** Arms a fault and gives its number. @throws WorldMistake when the request does not parse */
  arm(body: unknown): number {
    if (!isObject(body))
      throw new WorldMistake('a fault is a JSON object, e.g. {"match":{"method":"POST"},"times":1,"fault":"cut-after"}');
    const { match, times, skip, ...rest } = body;
    const scope = faultScopeSchema.safeParse({ match, times, skip });
    const fault = faultSchema.safeParse(rest);
    if (!scope.success) throw new WorldMistake(z.prettifyError(scope.error));
    if (!fault.success) throw new WorldMistake(z.prettifyError(fault.error));
    this.#lastId += 1;
    this.#armed.push({
      id: this.#lastId,
      match: scope.data.match,
      fault: fault.data,
      skip: scope.data.skip,
      left: scope.data.times,
    });
    return this.#lastId;
  }

  /** The fault that meets this call, if any; it is used up once. */
  take(call: GraphCall, endpoint: string): Fault | undefined {
    for (const armed of this.#armed) {
      if (!fits(armed.match, call, endpoint)) continue;
      if (armed.skip > 0) {
        armed.skip -= 1;
        continue;
      }
      armed.left -= 1;
      if (armed.left === 0) this.#armed = this.#armed.filter((other) => other !== armed);
      return armed.fault;
    }
    return undefined;
  }

  clear(): void {
    this.#armed = [];
  }

  list(): readonly Readonly<Armed>[] {
    return this.#armed;
  }
}

function fits(match: FaultMatch, call: GraphCall, endpoint: string): boolean {
  if (match.method !== undefined && match.method !== call.method) return false;
  if (match.path !== undefined && !new RegExp(match.path).test(call.path)) return false;
  if (match.endpoint !== undefined && match.endpoint !== endpoint) return false;
  return match.objectId === undefined || match.objectId === call.path.split('/')[0];
}
