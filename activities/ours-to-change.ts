import { isOurs } from '../domain/ours.ts';
import type { SurfaceRef } from '../domain/surface.ts';
import type { CommentReading } from '../platforms/platform.ts';
import type { Attempt, RecordedComment } from '../store/ledger.ts';
import type { Dependencies } from './dependencies.ts';
import { signsOn } from './own-comments.ts';

/** What the ledger has of the surface on which a comment should be ours, and as whom we speak there. */
export interface WrittenThere {
  readonly surface: SurfaceRef;
  readonly identityId: string;
  readonly recorded: readonly RecordedComment[];
  readonly attempts: readonly Attempt[];
}

/**
 * Why a comment, as it is shown now, is not ours to delete; `null` when it is. Its id alone proves nothing: a person may have
 * typed another one's. So our identity must have written it, and it must read as ours on this surface (protocol e).
 */
export function whyNotOurs(
  { brand }: Pick<Dependencies, 'brand'>,
  { surface, identityId, recorded, attempts }: WrittenThere,
  { authorId, comment }: Extract<CommentReading, { kind: 'there' }>,
): string | null {
  if (authorId === null) return `the platform does not say who wrote comment ${comment.commentId}`;
  if (authorId !== identityId) return `comment ${comment.commentId} was written by somebody else than ${identityId}`;
  const signs = signsOn({ brand }, surface, [], attempts);
  const attemptTexts = [...signs.attemptTexts, ...recorded.map(({ text }) => text)];
  if (isOurs(comment, { ...signs, attemptTexts })) return null;
  return `comment ${comment.commentId} does not read as one of ours on this surface`;
}
