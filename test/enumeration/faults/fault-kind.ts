import type { Outcome } from '../../../domain/outcome.ts';
import type { Call, Fault } from '../driver/boundary.ts';
import type { Hands } from '../play.ts';

/** Something that can go wrong with calls of one kind. */
export interface FaultKind {
  readonly name: string;
  readonly fits: (call: Call) => boolean;
  /** `hands`: the world that the cell is played in, once it is there. */
  readonly make: (hands: () => Hands, call: Call) => Fault;
  /** Honest ends of a surface beside our comment standing there, when this has happened. */
  readonly mayEnd?: (call: Call) => readonly Outcome[];
  /** Whether a comment under a withdrawal order may stand after it, said as not removed. */
  readonly mayStand?: (call: Call) => boolean;
  /** Where it is met in one scenario, it need not be in another. */
  readonly once?: (call: Call) => boolean;
  /** Beyond what is promised (protocol l): a request lands later than L, so two may stand there. */
  readonly beyondPromise?: boolean;
}
