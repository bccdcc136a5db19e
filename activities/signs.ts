import type { OurSigns } from '../domain/ours.ts';
import type { Attempt, Publication } from '../store/ledger.ts';
import type { Dependencies } from './dependencies.ts';

/** The signs by which a comment on a surface is known as ours (protocol e), from the ledger and the brand folder. */
export function signsOfOurs(
  { brand }: Pick<Dependencies, 'brand'>,
  surfaceKey: string,
  publications: readonly Publication[],
  attempts: readonly Attempt[],
): OurSigns {
  return {
    surfaceKey,
    keyParameter: brand.link.keyParameter,
    appIds: Object.values(brand.profiles).map((profile) => profile.meta.appId),
    knownCommentIds: publications.map((publication) => publication.commentId),
    attemptTexts: attempts.map((attempt) => attempt.text),
  };
}

/** The same signs for what is about to be written: it may stand there already, written by a life of which the ledger was lost. */
export function alsoText(signs: OurSigns, text: string): OurSigns {
  return { ...signs, attemptTexts: [...signs.attemptTexts, text] };
}
