import { normaliseText } from '../domain/ours.ts';
import type { CommentReading } from '../platforms/platform.ts';

/** What a comment of ours should be. */
export interface Expected {
  readonly commentId: string;
  readonly identityId: string;
  /** Every text that we ever wrote or would write on the surface. */
  readonly texts: readonly string[];
}

/** How people find one of our comments. */
export type CommentState =
  | {
      readonly kind: 'visible';
      readonly says: string;
      readonly rank: number;
      readonly of: number;
      readonly permalink: string | null;
    }
  | { readonly kind: 'hidden'; readonly says: string; readonly permalink: string | null }
  | { readonly kind: 'altered'; readonly says: string }
  | { readonly kind: 'gone'; readonly says: string }
  /** Neither is shown: the platform may not be done with it yet. */
  | { readonly kind: 'not-yet'; readonly says: string };

/** Judges a reading. 200 is not visible: it must be listed, not hidden, by our identity, with its text intact. */
export function judgeReading({ commentId, identityId, texts }: Expected, reading: CommentReading): CommentState {
  if (reading.kind === 'gone') return { kind: 'gone', says: `comment ${commentId} was accepted but cannot be read` };
  const { permalink } = reading;
  if (reading.hidden)
    return { kind: 'hidden', says: `the platform accepted comment ${commentId} and keeps it hidden`, permalink };
  if (reading.hidden === null)
    return { kind: 'not-yet', says: `the platform does not say whether comment ${commentId} is hidden` };
  if (reading.authorId !== null && reading.authorId !== identityId) {
    return { kind: 'altered', says: `comment ${commentId} is shown as written by ${reading.authorId}, not by ${identityId}` };
  }
  const shown = normaliseText(reading.comment.text);
  if (!texts.some((text) => normaliseText(text) === shown)) {
    return { kind: 'altered', says: `comment ${commentId} does not read as it was published` };
  }
  if (!reading.listed) return { kind: 'not-yet', says: `comment ${commentId} can be read but is not listed in the thread` };
  return { kind: 'visible', says: 'listed and not hidden', rank: reading.listed.rank, of: reading.listed.of, permalink };
}
