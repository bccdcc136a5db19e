import type { Guardrail } from '../guardrail.ts';
import { partOwn } from '../ours.ts';
import { broken, kept, unclear } from './finding.ts';
import { signsOf } from './signs.ts';

export const oursNotThere: Guardrail = {
  id: 'ours-not-there',
  protects: 'A surface gets one first comment of the brand: nothing is written beside one that a person wrote by hand.',
  hard: false,
  severity: 'block',
  // A release would publish beside the comment that a person wrote, which no operator can mean.
  mildest: 'block',
  leadsTo: 'covered-by-brand',
  check(facts, brand) {
    const { ours, handWritten } = partOwn(facts.thread.own, signsOf(facts, brand));
    const evidence = { ours: ids(ours), handWritten: ids(handWritten) };
    if (ours.length > 0) return kept('Our own comment already stands here; it will be verified, not written again.', evidence);
    if (handWritten.length > 0) return broken('The brand has already commented here by hand.', evidence);
    if (!facts.thread.complete)
      return unclear('The thread could not be read whole, or a comment in it looks like ours and names no author.', evidence);
    return kept('No comment of the brand stands here yet.', evidence);
  },
};

function ids(comments: readonly { readonly commentId: string }[]): readonly string[] {
  return comments.map(({ commentId }) => commentId).sort();
}
