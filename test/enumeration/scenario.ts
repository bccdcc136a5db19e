import type { Outcome } from '../../domain/outcome.ts';
import type { Call } from './driver/boundary.ts';
import type { FaultKind } from './faults/fault-kind.ts';
import type { Hands, Script } from './play.ts';
import { textFor } from './world/ads.ts';

/** A script with what goes wrong in it anyway, before a cell adds a fault of its own. */
export interface Scenario {
  readonly name: string;
  readonly says: string;
  readonly script: Script;
  /** Faults of the scenario itself, by the call's key. */
  readonly faults?: Readonly<Record<string, FaultKind>>;
  /** Honest ends of a surface in it, beside our comment standing there. */
  readonly mayEnd?: readonly Outcome[];
  /** A second comment of ours lands in it, later than L: two may stand at once, and one at the end. */
  readonly beyondPromise?: boolean;
  /** Sweeps end it: no attempt stays open that could be settled. */
  readonly swept?: boolean;
  /** What this scenario begins with in common with that one gets its faults there. */
  readonly beyond?: string;
  /** It also ends like that one, with nothing behind it that would matter then. */
  readonly rejoins?: boolean;
}

export const IN_TURN: Script['order'] = () => () => 0;

export const FACEBOOK = [['facebook-post']] as const;
export const INSTAGRAM = [['instagram-media']] as const;

/** The first surface of the first ad, with the identity that speaks there. */
export function firstPlace({ cast }: Hands) {
  const surface = cast.ads[0]?.surfaces[0];
  if (!surface?.identityId) throw new Error('the script has no surface of ours');
  return { surface, surfaceId: surface.surfaceId, authorId: surface.identityId };
}

/** A comment that an earlier life of ours left there, of which the ledger knows nothing. */
export function standing(hands: Hands): void {
  const { surface, surfaceId, authorId } = firstPlace(hands);
  hands.platform.land({ surfaceId, authorId, text: textFor(hands.cast, surface) });
}

/** Something happens just when a call is made; then it is made. */
export function meanwhile(name: string, happen: (hands: Hands, call: Call) => void): FaultKind {
  return {
    name,
    fits: () => true,
    make: (hands, call) => ({
      name,
      instead: (act) => {
        happen(hands(), call);
        return act();
      },
    }),
  };
}

export function execution({ server, workflowIds }: Hands, index: number) {
  const found = server.current(workflowIds[index] ?? '');
  if (!found) throw new Error(`the script has no run ${index}`);
  return found;
}

export const terminated = meanwhile('the run is terminated meanwhile', (hands) => execution(hands, 0).terminate());

export const one = { ads: FACEBOOK, order: IN_TURN } as const;
export const onInstagram = { ads: INSTAGRAM, order: IN_TURN } as const;

/** The worker of the call dies with it, and no other takes its place in time. */
export const NEVER: FaultKind = { name: 'never', fits: () => true, make: () => ({ name: 'never', before: 'crash' }) };
