import { FOLD, foldText } from '../../domain/fold.ts';
import { previewComments } from '../../domain/preview.ts';
import type { Looked, Warning } from './warning.ts';

/**
 * Texts of which a phone shows only the beginning. The link is not counted: with its parameters it alone is longer than
 * what is shown.
 */
export function foldWarnings({ brand, now }: Looked): readonly Warning[] {
  if (!brand) return [];
  return previewComments(brand, now).flatMap(({ proposal, copy, kind, patternId }): readonly Warning[] => {
    if ('problem' in proposal || !copy) return [];
    const words = proposal.link === null ? proposal.text : proposal.text.replace(proposal.link, '').trim();
    const { length } = foldText(words, kind);
    if (length <= FOLD[kind]) return [];
    return [
      {
        warning: 'behind-the-fold',
        place: copy.place,
        path: `copy.${patternId}.${copy.capability}`,
        problem: `a phone shows about ${FOLD[kind]} of its ${length} characters before "See more" (an estimate)`,
        mend: 'say first what matters most, or say less',
      },
    ];
  });
}
