import { styleText } from 'node:util';
import { FOLD, foldText } from '../../domain/fold.ts';
import type { PreviewedComment } from '../../domain/preview.ts';
import { approvalWords, FOLD_WORDS, LINK_WORDS, SURFACE_WORDS } from '../../report/preview/words.ts';

const WIDTH = 96;

/** The preview for a terminal: each comment with who speaks, its text with the fold in it, its link and its approval. */
export function previewText(comments: readonly PreviewedComment[], colours: boolean): string {
  const paint = (style: Parameters<typeof styleText>[0], text: string) => (colours ? styleText(style, text) : text);
  const blocks = comments.map((comment) => {
    const { patternId, marketId, kind, proposal, speaker, copy, approval } = comment;
    const head = paint('bold', `${patternId} · ${marketId} · ${SURFACE_WORDS[kind]}`);
    const words = paint(approval.kind === 'approved' ? 'green' : 'red', approvalWords(approval));
    if ('problem' in proposal || !speaker) {
      return [head, `  ${paint('red', 'problem' in proposal ? proposal.problem : 'Nobody speaks here.')}`].join('\n');
    }
    const { length, shown, hidden } = foldText(proposal.text, kind);
    const cut =
      hidden === ''
        ? []
        : [paint('yellow', `  ── about here a phone cuts: … See more (${FOLD[kind]} of ${length} characters) ──`)];
    return [
      head,
      `  ${speaker.name} · ${length} characters · ${words}`,
      ...wrap(shown).map((line) => `  │ ${line}`),
      ...cut,
      ...wrap(hidden.trimStart()).map((line) => `  │ ${paint('dim', line)}`),
      ...(proposal.link === null ? [] : [`  link      ${proposal.link}`]),
      ...(copy === null ? [] : [`  written   ${copy.place}, version ${copy.version}`]),
    ].join('\n');
  });
  return [...blocks, paint('dim', [FOLD_WORDS, LINK_WORDS].flatMap(wrap).join('\n'))].join('\n\n');
}

/** Lines of whole words; a longer word, such as a link, has a line of its own. */
function wrap(text: string): readonly string[] {
  const lines: string[] = [];
  for (const row of text.split('\n')) {
    let line = '';
    for (const word of row.split(' ')) {
      if (line !== '' && line.length + word.length + 1 > WIDTH) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    if (line !== '') lines.push(line);
  }
  return lines;
}
