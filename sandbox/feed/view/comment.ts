import type { Network } from '../data/placements.ts';
import type { FeedComment } from '../data/thread.ts';
import { html, type Markup } from '../html.ts';
import { age } from './words.ts';

/** Where and when a comment is read. */
export interface Reading {
  readonly network: Network;
  readonly now: number;
  readonly language: string | undefined;
}

/** One comment as a phone shows it; ours and the brand's own are marked, which no phone does. */
export function comment(each: FeedComment, { network, now, language }: Reading): Markup {
  return html`<div class="comment by-${each.by}" data-comment="${each.id}">${avatar(each.author, each.by !== 'stranger')}
<div class="said">${mark(each)}<div class="bubble"><b>${each.author}</b> <span ${lang(language)}>${withLinks(each.text, network)}</span></div>
<small>${age(now - each.createdMs)}${each.likes > 0 && html` · ${each.likes} ${each.likes === 1 ? 'like' : 'likes'}`}</small></div></div>`;
}

export function avatar(name: string, isBrand: boolean): Markup {
  return html`<span class="avatar ${isBrand ? 'brand' : 'person'}" aria-hidden="true">${([...name.trim()][0] ?? '?').toUpperCase()}</span>`;
}

export function lang(language: string | undefined): Markup | undefined {
  return language === undefined ? undefined : html`lang="${language}"`;
}

function mark({ by }: FeedComment): Markup | undefined {
  if (by === 'ours') return html`<span class="mark">Our first comment</span>`;
  return by === 'brand' ? html`<span class="mark hand">The brand, by hand</span>` : undefined;
}

/** Facebook makes links clickable; on Instagram they stay plain text. Here neither leads anywhere. */
function withLinks(text: string, network: Network): Markup {
  if (network === 'instagram') return html`${text}`;
  const parts = text.split(/(https?:\/\/\S+)/).map((part, index) => {
    return index % 2 === 0
      ? html`${part}`
      : html`<span class="url" title="${part}">${part.replace(/^https?:\/\/(www\.)?/, '')}</span>`;
  });
  return html`${parts}`;
}
