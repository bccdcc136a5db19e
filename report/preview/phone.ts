import type { Identity } from '../../domain/brand.ts';
import { foldText, lengthsOf, lengthWords } from '../../domain/fold.ts';
import type { PreviewedComment } from '../../domain/preview.ts';
import { html, type Safe } from '../html.ts';
import { approvalWords, SURFACE_WORDS } from './words.ts';

/** One comment in the frame of a phone, with what there is to know about it below. */
export function phoneOf(comment: PreviewedComment): Safe {
  const { marketId, patternId, kind, approval, proposal, speaker } = comment;
  const name = `${patternId} in ${marketId}, ${SURFACE_WORDS[kind]}`;
  const text = 'problem' in proposal ? null : proposal.text;
  return html`<article class="${kind}" data-market="${marketId}" aria-label="${name}">
<h4>${marketId}</h4>
<p class="state ${approval.kind}">${approvalWords(approval)}</p>
<div class="phone" lang="${marketId}">
${text === null || speaker === null ? html`` : adOf(speaker)}
${'problem' in proposal ? html`<p class="problem" lang="en">${proposal.problem}</p>` : commentOf(comment, proposal.text, proposal.link)}
</div>
${factsOf(comment)}
</article>
`;
}

function adOf({ name }: Identity): Safe {
  return html`<div class="who"><span class="face" aria-hidden="true">${initial(name)}</span><div>${name}<small lang="en">Sponsored</small></div></div>
<div class="picture" lang="en">the ad</div>`;
}

function commentOf({ speaker, kind }: PreviewedComment, text: string, link: string | null): Safe {
  const { shown, hidden } = foldText(text, kind);
  const words =
    hidden === '' ? html`<span class="words">${linked(shown, text, link)}</span>` : cutText(shown, hidden, text, link);
  const name = speaker?.name ?? '';
  return html`<div class="comment"><span class="face small" aria-hidden="true">${initial(name)}</span><div class="bubble"><b>${name}</b>${words}</div></div>`;
}

/** Opens as on the phone, in one run of text; a dashed mark stays where the cut is thought to be. */
function cutText(shown: string, hidden: string, text: string, link: string | null): Safe {
  return html`<details><summary>${linked(shown, text, link)}<span class="more" lang="en">… See more</span><span class="rest"><span class="cut" title="about here a phone cuts" lang="en"></span>${linked(hidden, text, link, shown.length)}</span></summary></details>`;
}

/** A part of the text, which begins at an offset of the whole, with as much of the link in it coloured as it holds. */
function linked(part: string, text: string, link: string | null, offset = 0): Safe {
  const at = link === null ? -1 : text.indexOf(link) - offset;
  if (link === null || at + offset < 0) return html`${part}`;
  const [from, to] = [Math.max(0, at), Math.min(part.length, at + link.length)];
  if (from >= to) return html`${part}`;
  return html`${part.slice(0, from)}<span class="link">${part.slice(from, to)}</span>${part.slice(to)}`;
}

function factsOf({ proposal, copy, kind }: PreviewedComment): Safe {
  if ('problem' in proposal) return html``;
  const { shown, hidden } = foldText(proposal.text, kind);
  const cut =
    hidden === '' ? 'all of it before the fold' : `about ${lengthsOf({ text: shown, link: null }).whole} before the fold`;
  const place = copy === null ? html`` : html`<dt>written in</dt><dd>${copy.place}, version ${copy.version}</dd>`;
  const link = proposal.link === null ? html`` : html`<dt>leads to</dt><dd>${proposal.link}</dd>`;
  return html`<dl><dt>length</dt><dd>${lengthWords(proposal)}, ${cut}</dd>${link}${place}</dl>`;
}

function initial(name: string): string {
  return Array.from(name)[0]?.toUpperCase() ?? '';
}
