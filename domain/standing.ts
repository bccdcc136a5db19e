import type { Brand } from './brand.ts';
import type { SurfaceFacts } from './facts.ts';
import { partOwn } from './ours.ts';
import { signsOf } from './rules/signs.ts';

/** A comment of ours that was put on a surface before. */
export interface Standing {
  readonly commentId: string;
  /** As it was read in the thread; `null` when only the ledger tells of it and the newest comments do not show it. */
  readonly text: string | null;
}

/** Which comment of ours stands on the surface, by the facts. Where the ledger knows several, the one that was first. */
export function standingBy(facts: SurfaceFacts, brand: Brand): Standing | null {
  const { ours } = partOwn(facts.thread.own, signsOf(facts, brand));
  const [first] = facts.knownCommentIds;
  const seen = ours.find(({ commentId }) => commentId === first) ?? ours[0];
  if (seen) return { commentId: seen.commentId, text: seen.text };
  return first === undefined ? null : { commentId: first, text: null };
}
