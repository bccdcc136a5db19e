import { styleText } from 'node:util';
import { foldText, lengthsOf, lengthWords } from '../../domain/fold.ts';
import type { PreviewedComment } from '../../domain/preview.ts';
import { approvalWords, FOLD_WORDS, LINK_WORDS, SURFACE_WORDS } from '../../report/preview/words.ts';

const WIDTH = 96;
const MARGIN = '  │ ';
/** Stands in the text where a phone is thought to cut it. */
const CUT = '┊';

/**
 * The preview for a terminal: each comment with who speaks, its text with the fold in it, its link and its approval.
 * `columns`: how wide the terminal is, where there is one.
 */
export function previewText(comments: readonly PreviewedComment[], colours: boolean, columns: number = WIDTH): string {
  const width = Math.min(WIDTH, columns);
  const paint: Paint = (style, text) => (colours ? styleText(style, text) : text);
  const blocks = comments.map((comment) => {
    const { patternId, marketId, kind, proposal, speaker, copy, approval } = comment;
    const head = paint('bold', `${patternId} · ${marketId} · ${SURFACE_WORDS[kind]}`);
    const words = paint(approval.kind === 'approved' ? 'green' : 'red', approvalWords(approval));
    if ('problem' in proposal || !speaker) {
      return [head, `  ${paint('red', 'problem' in proposal ? proposal.problem : 'Nobody speaks here.')}`].join('\n');
    }
    const { shown, hidden } = foldText(proposal.text, kind);
    const before = lengthsOf({ text: shown, link: null }).whole;
    const fold = hidden === '' ? 'all of it before the fold' : `a phone cuts at ${CUT}, after about ${before}`;
    const marked = hidden === '' ? shown : `${shown} ${CUT} ${hidden.trimStart()}`;
    return [
      head,
      `  ${speaker.name} · ${words}`,
      `  ${lengthWords(proposal)} · ${fold}`,
      ...paintBehind(wrap(marked, width - MARGIN.length), paint).map((line) => `${MARGIN}${line}`),
      ...(proposal.link === null ? [] : [`  link      ${proposal.link}`]),
      ...(copy === null ? [] : [`  written   ${copy.place}, version ${copy.version}`]),
    ].join('\n');
  });
  return [...blocks, paint('dim', [FOLD_WORDS, LINK_WORDS].flatMap((words) => wrap(words, width)).join('\n'))].join('\n\n');
}

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

/** What is behind the cut is dimmed. */
function paintBehind(lines: readonly string[], paint: Paint): readonly string[] {
  const cutLine = lines.findIndex((line) => line.split(' ').includes(CUT));
  if (cutLine < 0) return lines;
  return lines.map((line, at) => {
    if (at !== cutLine) return at < cutLine ? line : paint('dim', line);
    const [before = '', behind = ''] = line.split(CUT);
    return `${before}${paint('yellow', CUT)}${behind === '' ? '' : paint('dim', behind)}`;
  });
}

/** Lines of whole words; a longer word, such as a link, has a line of its own. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const row of text.split('\n')) {
    let line = '';
    for (const word of row.split(' ')) {
      if (line !== '' && line.length + word.length + 1 > width) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    if (line !== '') lines.push(line);
  }
  return lines;
}
