import type { Look } from '../data/look.ts';
import { html, type Markup } from '../html.ts';
import { type Picture, pictureAddress, pictureText, SHAPES, type Shape } from '../pictures/picture.ts';
import { icon } from './icons.ts';

/** The picture, video, cards or goods of an ad. */
export function media(look: Look, shape: Shape): Markup {
  switch (look.format) {
    case 'carousel':
      return html`<ul class="cards" aria-label="Carousel of ${look.cards.length} cards" tabindex="0">${look.cards.map(
        ({ title, detail, picture }) => html`<li>${image(picture, 'square')}<b>${title}</b><span>${detail}</span></li>`,
      )}</ul>`;
    case 'catalogue':
      return html`<ul class="goods" aria-label="Goods of a catalogue; each person meets others">${look.cards.map(
        ({ title, picture }) => html`<li>${image(picture, 'square')}<b>${title}</b></li>`,
      )}</ul>`;
    case 'video':
    case 'reel':
      return html`<div class="media">${image(look.picture, shape)}<span class="play">${icon('play')}<span class="sr">Video</span></span></div>`;
    case 'dynamic':
      return html`<div class="media">${image(look.picture, shape)}<span class="note">one of many combinations</span></div>`;
    case 'image':
      return html`<div class="media">${image(look.picture, shape)}</div>`;
  }
}

export function image(picture: Picture, shape: Shape): Markup {
  const { width, height } = SHAPES[shape];
  return html`<img src="${pictureAddress(picture, shape)}" alt="${pictureText(picture)}" width="${width}" height="${height}" loading="lazy" decoding="async">`;
}
