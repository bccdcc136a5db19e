import { normaliseText } from '../domain/ours.ts';
import type { Outcome } from '../domain/outcome.ts';
import { note, type Place } from './run.ts';

const NOTHING_TO_DO_THERE: readonly (Outcome | null)[] = ['blocked', 'not-commentable'];

/** Shows what is to be read on the surface: our text that stands, else the one that would be written. */
export function showText(place: Place, standing: string | null | undefined): void {
  const proposal = place.judged?.proposal ?? null;
  const text = standing ?? proposal?.text ?? null;
  const link = proposal?.link && text?.includes(proposal.link) ? proposal.link : null;
  const olderText = text !== null && proposal !== null && normaliseText(text) !== normaliseText(proposal.text);
  note(place, { text, link, olderText });
}

/** Nothing may be written there any more, while our comment is still to be seen: a person has to decide what becomes of it. */
export function standsUnwanted({ judged, state }: Place): boolean {
  return NOTHING_TO_DO_THERE.includes(state.outcome) && typeof judged?.standing?.text === 'string';
}

/** A surface that ends without a look at our comment says all the same that it is there. */
export function tellStanding(place: Place): void {
  const { judged, state } = place;
  if (!judged?.standing || !NOTHING_TO_DO_THERE.includes(state.outcome)) return;
  const { commentId, text } = judged.standing;
  if (text === null) {
    note(place, { says: `${state.says}; our comment ${commentId} was put there before and is not among the newest now` });
  } else {
    note(place, { commentId, says: `${state.says}; our comment ${commentId} still stands there` });
  }
}
