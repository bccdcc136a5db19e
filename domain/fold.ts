import type { SurfaceKind } from './surface.ts';

/**
 * How many graphemes of a comment under a Facebook post a phone shows before "… See more". An estimate: Meta publishes no
 * number for comments. Of posts people measure about 125 on phones, and 125 is the length that Meta's ads guide advises for
 * primary text. What counts on the phone is lines and pixels, not letters.
 */
export const FACEBOOK_POST_FOLD = 125;

/**
 * The same under Instagram media. An estimate: Instagram's help centre says of captions that three lines are shown, and
 * advises 125 characters or fewer to be shown whole (help.instagram.com/1643471055915254). It says nothing of comments.
 */
export const INSTAGRAM_MEDIA_FOLD = 125;

/** Graphemes before the fold, by surface. */
export const FOLD: Readonly<Record<SurfaceKind, number>> = {
  'facebook-post': FACEBOOK_POST_FOLD,
  'instagram-media': INSTAGRAM_MEDIA_FOLD,
};

/** A text as a phone would show it. */
export interface FoldedText {
  /** Length in graphemes: what people count as letters. */
  readonly length: number;
  /** What stands before the fold; the whole text when it is short enough. */
  readonly shown: string;
  /** What is behind it; empty when nothing is. */
  readonly hidden: string;
}

/** Cuts a text where a phone would, at the last blank before the fold; inside a word only when there is no blank. */
export function foldText(text: string, kind: SurfaceKind): FoldedText {
  const letters = graphemes(text);
  const fold = FOLD[kind];
  const { length } = letters;
  if (length <= fold) return { length, shown: text, hidden: '' };
  // The blank after the last word that fits may stand right behind the fold.
  const blank = letters.slice(0, fold + 1).findLastIndex((letter) => letter.trim() === '');
  const before = blank < 0 ? '' : letters.slice(0, blank).join('').trimEnd();
  const shown = before === '' ? letters.slice(0, fold).join('') : before;
  return { length, shown, hidden: text.slice(shown.length) };
}

/** How long a comment is in graphemes, with its link and without. */
export function lengthsOf({ text, link }: { readonly text: string; readonly link: string | null }) {
  const whole = graphemes(text).length;
  return { whole, withoutLink: link === null ? whole : graphemes(text.replace(link, () => '').trim()).length };
}

/** The same in words: `230 characters`, `398 characters (236 without its link)`. */
export function lengthWords(comment: { readonly text: string; readonly link: string | null }): string {
  const { whole, withoutLink } = lengthsOf(comment);
  return `${whole} characters${comment.link === null ? '' : ` (${withoutLink} without its link)`}`;
}

function graphemes(text: string): readonly string[] {
  return Array.from(new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text), ({ segment }) => segment);
}
