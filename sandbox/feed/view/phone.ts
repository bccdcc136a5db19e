import type { Look } from '../data/look.ts';
import type { Placement } from '../data/placements.ts';
import type { FeedThread } from '../data/thread.ts';
import { html, type Markup } from '../html.ts';
import { avatar, lang, type Reading } from './comment.ts';
import { icon } from './icons.ts';
import { image, media } from './media.ts';
import { behindButton, fold } from './thread.ts';
import { commentsInWords } from './words.ts';

/** An ad with its thread, ready to be put on a screen. */
export interface Shown {
  readonly look: Look;
  readonly thread: FeedThread | undefined;
  readonly reading: Reading;
  /** Why there is no thread, where there is none. */
  readonly missing: string;
}

/** A phone that meets the ad in a placement. */
export function phone(placement: Placement, shown: Shown): Markup {
  const screen =
    placement.look === 'reel' ? reel(shown) : placement.network === 'facebook' ? facebookPost(shown) : instagramPost(shown);
  return html`<div class="phone ${placement.network} ${placement.look}" role="group" aria-label="Phone: ${placement.name}"><div class="screen">
<div class="bar" aria-hidden="true"><span>9:41</span><span class="signal"></span></div>
<div class="app">${placement.look === 'reel' && icon('back')}${placement.name}</div>${screen}</div></div>`;
}

function facebookPost({ look, thread, reading, missing }: Shown): Markup {
  return html`${who(look)}${look.text && html`<p class="copy" ${lang(reading.language)}>${look.text}</p>`}
${media(look, 'wide')}${linkBar(look, reading)}
<p class="counts"><span>${icon('heart')} ${look.likes}<span class="sr"> likes</span></span><span>${commentsInWords(thread?.comments.length ?? 0)}</span></p>
<div class="under">${fold(thread, reading, missing)}</div>`;
}

function instagramPost({ look, thread, reading, missing }: Shown): Markup {
  return html`${who(look)}${media(look, 'square')}
<div class="call"><b ${lang(look.button.language)}>${look.button.words}</b>${icon('on')}</div>
<div class="actions" aria-hidden="true">${icon('heart')}${icon('bubble')}${icon('share')}<span></span>${icon('save')}</div>
<p class="likes">${look.likes} likes</p>
${look.text && html`<p class="copy"><b>${look.speaker}</b> <span ${lang(reading.language)}>${look.text}</span></p>`}
<div class="under">${fold(thread, reading, missing)}</div>`;
}

function reel({ look, thread, reading, missing }: Shown): Markup {
  return html`<div class="full">${image(look.picture, 'tall')}</div>
<div class="rail"><span>${icon('heart')}<span>${look.likes}<span class="sr"> likes</span></span></span>
${thread && behindButton(thread, reading)}<span aria-hidden="true">${icon('share')}</span></div>
<div class="caption"><div class="line">${avatar(look.speaker, true)}<b>${look.speaker}</b></div>
${look.text && html`<p class="copy" ${lang(reading.language)}>${look.text}</p>`}
${!thread && html`<p class="quiet">${missing}</p>`}${thread?.closed && html`<p class="quiet">Comments are turned off.</p>`}
<span class="button" ${lang(look.button.language)}>${look.button.words}</span><small>Sponsored</small></div>`;
}

function who(look: Look): Markup {
  return html`<div class="who">${avatar(look.speaker, true)}<div><b>${look.speaker}</b>
<span>${look.partner === undefined ? html`Sponsored ${icon('globe')}` : html`Paid partnership with ${look.partner}`}</span></div><span aria-hidden="true">${icon('more')}</span></div>`;
}

function linkBar(look: Look, { language }: Reading): Markup | undefined {
  if (look.domain === undefined) return undefined;
  return html`<div class="link"><div><span>${look.domain}</span><b ${look.headline !== undefined && lang(language)}>${look.headline ?? look.domain}</b></div><em ${lang(look.button.language)}>${look.button.words}</em></div>`;
}
