import { FOLD, foldText, lengthsOf, lengthWords } from '../../domain/fold.ts';
import { type PreviewedComment, previewComments } from '../../domain/preview.ts';
import { inReadingOrder, splitPlace } from '../problem.ts';
import type { Looked, Warning } from './warning.ts';

/** So many texts of a file are told one by one. */
const NAMED = 8;

interface Long {
  readonly place: string;
  readonly pattern: string;
  readonly capability: string;
  readonly words: string;
}

/**
 * Texts of which a phone shows only the beginning, in one warning for each file. The link is not counted: with its
 * parameters it alone is longer than what is shown.
 */
export function foldWarnings({ brand, now }: Looked): readonly Warning[] {
  if (!brand) return [];
  const long = previewComments(brand, now).flatMap(longOf);
  const files = [...new Set(long.map(({ place }) => splitPlace(place).file))];
  return files.flatMap((file): readonly Warning[] => {
    const here = inReadingOrder(long.filter(({ place }) => splitPlace(place).file === file));
    const [first] = here;
    if (!first) return [];
    const all = brand.copy.filter(({ place }) => splitPlace(place).file === file).length;
    const named = here.slice(0, NAMED).map(({ pattern, capability, words }) => `${pattern} ${capability} ${words}`);
    const more = here.length > NAMED ? ` and ${here.length - NAMED} more` : '';
    const fold = [...new Set(Object.values(FOLD))].join(' or ');
    return [
      {
        warning: 'behind-the-fold',
        place: first.place,
        path: 'copy',
        problem: `a phone shows about ${fold} characters before "See more" (an estimate), and ${here.length} of ${all} texts are longer without their link: ${named.join(', ')}${more}`,
        mend: 'say first what matters most, or say less',
      },
    ];
  });
}

function longOf({ proposal, copy, kind, patternId }: PreviewedComment): readonly Long[] {
  if ('problem' in proposal || !copy) return [];
  const lengths = lengthsOf(proposal);
  if (lengths.withoutLink <= FOLD[kind] || foldText(proposal.text, kind).hidden === '') return [];
  return [{ place: copy.place, pattern: patternId, capability: copy.capability, words: lengthWords(proposal) }];
}
