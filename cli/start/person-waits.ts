import { setTimeout as sleep } from 'node:timers/promises';
import { formatAd } from '../../domain/ad.ts';
import type { RunState } from '../../workflows/messages.ts';
import { commandFor, waitsIn } from '../wait-command.ts';
import type { ScriptedAd } from './run-example.ts';

/** A run that goes on only when a person has done something. */
export interface PersonWait {
  readonly ad: string;
  readonly reason: string;
  readonly says: string;
  readonly command: string;
}

/** Keeps watch over the example's runs, for waits that only a person ends. */
export interface PersonWaits {
  /** Takes what is known of a run now. Answers the waits of it that were not told before. */
  saw(index: number, state: RunState): readonly PersonWait[];
  /** The waits, when nothing else remains: every run has ended, waits for a person, or for one that does. Else none. */
  onlyPeople(): readonly PersonWait[];
}

export function watchPersonWaits(scripted: readonly ScriptedAd[]): PersonWaits {
  const states = new Map<number, RunState>();
  const told = new Set<string>();
  const of = (index: number, state: RunState): readonly PersonWait[] => {
    const ad = formatAd(state.ad);
    return waitsIn(state).flatMap((wait) => {
      // The script says that word itself, at once.
      if (wait.reason === 'awaiting-approval' && scripted[index]?.approve) return [];
      const command = commandFor(state.ad, wait);
      return command === null ? [] : [{ ad, reason: wait.reason, says: wait.says, command }];
    });
  };
  return {
    saw(index, state) {
      states.set(index, state);
      return of(index, state).filter(({ ad, command }) => {
        const key = `${ad} ${command}`;
        const isNew = !told.has(key);
        told.add(key);
        return isNew;
      });
    },
    onlyPeople() {
      const open = scripted.flatMap((_, index) => (states.get(index)?.outcome ? [] : [{ index, state: states.get(index) }]));
      const waits: PersonWait[] = [];
      for (const { index, state } of open) {
        const found = state ? of(index, state) : [];
        if (!state || !(standsStill(state) && (found.length > 0 || waitsForAnother(state)))) return [];
        waits.push(...found);
      }
      return waits;
    },
  };
}

/** Nothing of the run moves: it waits itself, or each of its surfaces has ended or waits. */
function standsStill({ wait, surfaces }: RunState): boolean {
  if (wait === null) return false;
  const ofSurface = surfaces.some((surface) => surface.wait?.reason === wait.reason && surface.wait.key === wait.key);
  return !ofSurface || surfaces.every((surface) => surface.outcome !== null || surface.wait !== null);
}

/** A run that waits for another's surface goes on when that one does. */
function waitsForAnother(state: RunState): boolean {
  return waitsIn(state).every(({ reason }) => reason === 'awaiting-claim');
}

const LOOK_EVERY_MS = 500;

/** Resolves with the waits when nothing but waits for people has remained for so long. Rejects when `signal` aborts. */
export async function untilOnlyPeople(waits: PersonWaits, forMs: number, signal: AbortSignal): Promise<readonly PersonWait[]> {
  let since: number | null = null;
  for (;;) {
    const found = waits.onlyPeople();
    if (found.length === 0) since = null;
    else since ??= performance.now();
    if (since !== null && performance.now() - since >= forMs) return found;
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}

export function tellPersonWait({ ad, reason, says, command }: PersonWait): string {
  return `  ${ad} waits for a person (${reason}): ${says}\n    ${command}`;
}
