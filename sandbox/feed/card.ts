import type { FeedCard, FeedComment } from './cards.ts';
import { html, type Markup } from './html.ts';
import { picture } from './picture.ts';

/** One phone with one ad, and below it what the operator should know of it. */
export function card(ad: FeedCard, now: number): Markup {
  return html`<article class="unit" data-ad="${ad.adId}">
    <div class="phone ${ad.network}"><div class="screen">
      <header class="who">${avatar(ad.speaker, 'brand')}
        <div><b>${ad.speaker}</b><span>Sponsored</span></div><i aria-hidden="true">···</i></header>
      ${ad.network === 'facebook' && html`<p class="copy">${ad.text}</p>`}
      ${picture(ad.picture, { unique: ad.adId, tint: ad.surfaceId ?? ad.adId })}
      ${linkBar(ad)}
      ${ad.network === 'instagram' && html`<p class="copy"><b>${ad.speaker}</b> ${ad.text}</p>`}
      <div class="counts"><span>♥ ${ad.likes}</span><span>${ad.seen} ${ad.seen === 1 ? 'comment' : 'comments'}</span></div>
      ${thread(ad, now)}
    </div></div>
    <footer class="about"><span class="chip market">${ad.market}</span>
      ${ad.status !== 'ACTIVE' && html`<span class="chip">${ad.status.toLowerCase().replaceAll('_', ' ')}</span>`}
      ${ad.dark && html`<span class="chip">dark post</span>`}
      <p>${ad.adName}</p><small>ad ${ad.adId}${ad.surfaceId === undefined ? '' : ` · ${ad.surfaceId}`}</small></footer>
  </article>`;
}

function linkBar(ad: FeedCard): Markup | undefined {
  if (ad.domain === undefined) return undefined;
  if (ad.network === 'instagram')
    return html`<div class="link"><b>${ad.button ?? 'Shop now'}</b><i aria-hidden="true">›</i></div>`;
  return html`<div class="link"><div><span>${ad.domain}</span><b>${ad.headline ?? ad.domain}</b></div>
    <em>${ad.button ?? 'Shop now'}</em></div>`;
}

function thread(ad: FeedCard, now: number): Markup {
  if (ad.surfaceId === undefined) return html`<p class="none">No single post stands behind this ad: there is no thread.</p>`;
  const comments = ad.comments.map((each) => comment(each, ad, now));
  if (ad.commentsOff) return html`${comments}<p class="none">Comments are turned off.</p>`;
  return comments.length > 0 ? html`<ol class="thread">${comments}</ol>` : html`<p class="none">No comments yet.</p>`;
}

function comment(each: FeedComment, ad: FeedCard, now: number): Markup {
  const classes = [each.by, ...(each.unseen ? ['unseen'] : [])].join(' ');
  return html`<li class="comment ${classes}" data-comment="${each.id}">
    ${avatar(each.author, each.by === 'stranger' ? 'stranger' : 'brand')}
    <div class="said">${badge(each, ad)}
      <div class="bubble"><b>${each.author}</b> ${withLinks(each.text, ad.network === 'facebook')}</div>
      <small>${age(now - each.createdMs)}${each.likes > 0 ? ` · ♥ ${each.likes}` : ''}</small></div></li>`;
}

function badge(each: FeedComment, ad: FeedCard): Markup | undefined {
  if (each.unseen) return html`<span class="badge off">${each.unseen} · only you see this</span>`;
  if (each.by === 'ours') return html`<span class="badge">first comment · rank ${each.rank} of ${ad.seen}</span>`;
  return each.by === 'brand' ? html`<span class="badge hand">by hand</span>` : undefined;
}

/** Facebook makes links clickable; on Instagram they stay plain text. Here neither leads anywhere. */
function withLinks(text: string, clickable: boolean): Markup {
  const parts = text.split(/(https?:\/\/\S+)/).map((part, index) => {
    if (index % 2 === 0 || !clickable) return html`${part}`;
    return html`<span class="url" title="${part}">${part.replace(/^https?:\/\/(www\.)?/, '')}</span>`;
  });
  return html`${parts}`;
}

function avatar(name: string, kind: 'brand' | 'stranger'): Markup {
  return html`<span class="avatar ${kind}" aria-hidden="true">${(name.trim()[0] ?? '?').toUpperCase()}</span>`;
}

function age(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min`;
  return minutes < 1_440 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1_440)} d`;
}
