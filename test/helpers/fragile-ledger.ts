import type { Ledger } from '../../store/ledger.ts';

/** One call of the ledger that fails: it is never made, or it took effect and its answer is lost. The process lives on. */
export interface LostCall {
  readonly method: keyof Ledger;
  readonly when: 'before' | 'after';
}

export interface FragileLedger {
  /** The ledger as it is, but for the call that is to be lost. */
  readonly around: (ledger: Ledger) => Ledger;
  /** The next call of the method is lost, and no other. */
  readonly lose: (call: LostCall) => void;
  /** Whether the call that was to be lost has been made. */
  readonly lost: () => boolean;
}

/** Each of the methods, lost before and after it took effect. */
export function lostCallsOf(methods: readonly (keyof Ledger)[]): readonly LostCall[] {
  return methods.flatMap((method): LostCall[] => [
    { method, when: 'before' },
    { method, when: 'after' },
  ]);
}

export function fragileLedger(): FragileLedger {
  let armed: LostCall | null = null;
  const around = (ledger: Ledger) =>
    new Proxy(ledger, {
      get(target, name, receiver) {
        const method: unknown = Reflect.get(target, name, receiver);
        if (typeof method !== 'function') return method;
        return async (...given: unknown[]) => {
          const call = armed?.method === name ? armed : null;
          if (call) armed = null;
          if (call?.when === 'before') throw new Error(`the call ${call.method} was lost`);
          const answer: unknown = await method.apply(target, given);
          if (call?.when === 'after') throw new Error(`the answer to ${call.method} was lost`);
          return answer;
        };
      },
    });
  const lose = (call: LostCall) => {
    armed = call;
  };
  return { around, lose, lost: () => armed === null };
}
