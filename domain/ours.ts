import type { OwnComment } from './facts.ts';

/** What tells our comments from those that a person of the brand wrote by hand (protocol e). */
export interface OurSigns {
  /** Comment ids that the ledger holds as ours on this surface. */
  readonly knownCommentIds: readonly string[];
  /** Texts of all attempts ever made on this surface: an older version of our copy is ours too. */
  readonly attemptTexts: readonly string[];
  readonly surfaceKey: string;
  readonly keyParameter: string;
  /** Our apps on the platform; a comment that another app wrote is not ours. */
  readonly appIds: readonly string[];
}

/**
 * Whether a comment of our identity is one of ours: the ledger knows its id; or it carries this surface's key or the text
 * of an attempt made here, and its app, where readable, is our app.
 */
export function isOurs(comment: OwnComment, signs: OurSigns): boolean {
  if (signs.knownCommentIds.includes(comment.commentId)) return true;
  if (comment.applicationId !== null && !signs.appIds.includes(comment.applicationId)) return false;
  return carriesKey(comment.text, signs.keyParameter, signs.surfaceKey) || repeatsAttempt(comment.text, signs.attemptTexts);
}

/**
 * Whether a comment of which the platform does not say who wrote it may be ours: the ledger knows its id, our app wrote it,
 * or it carries a key of ours or the text of an attempt. Without a sign it is a stranger's: platforms leave people's names
 * out, while a Page reads its own.
 */
export function mayBeOurs(comment: Pick<OwnComment, 'commentId' | 'text' | 'applicationId'>, signs: OurSigns): boolean {
  if (signs.knownCommentIds.includes(comment.commentId)) return true;
  if (comment.applicationId !== null) return signs.appIds.includes(comment.applicationId);
  const key = `${signs.keyParameter}=`;
  return partsOf(comment.text).some((part) => part.startsWith(key)) || repeatsAttempt(comment.text, signs.attemptTexts);
}

/** The comments of our identity, parted into ours and those that the brand wrote by hand. */
export function partOwn(
  comments: readonly OwnComment[],
  signs: OurSigns,
): { readonly ours: readonly OwnComment[]; readonly handWritten: readonly OwnComment[] } {
  const ours = comments.filter((comment) => isOurs(comment, signs));
  return { ours, handWritten: comments.filter((comment) => !ours.includes(comment)) };
}

/** NFC, runs of white space as one blank, none at the ends: platforms change no more than this. */
export function normaliseText(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

function carriesKey(text: string, keyParameter: string, key: string): boolean {
  return partsOf(text).includes(`${keyParameter}=${key}`);
}

/** Words and parameters of links. */
function partsOf(text: string): readonly string[] {
  return text.split(/[?&#\s]+/u);
}

function repeatsAttempt(text: string, attemptTexts: readonly string[]): boolean {
  const normalised = normaliseText(text);
  return normalised !== '' && attemptTexts.some((attempt) => normaliseText(attempt) === normalised);
}
