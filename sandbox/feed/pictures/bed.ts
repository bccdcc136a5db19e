import { html, type Markup } from '../html.ts';
import type { Canvas, Cloth } from './cloth.ts';

/** A made bed in a sunny room; taller canvases get more room above it. */
export function bed({ width, height }: Canvas, cloth: Cloth): Markup {
  const tall = height > 600;
  // Reels lay their words over the lower part: there the bed stands higher, and its cover falls further.
  const fall = tall ? 190 : 0;
  return html`<rect width="${width}" height="${height}" fill="url(#wall)"/>
<g fill="#fff" opacity=".42" transform="skewX(-14)"><path d="M${tall ? 150 : 130} 0h58v${height}h-58zM${tall ? 222 : 202} 0h58v${height}h-58z"/></g>
${tall && art(cloth)}
${tall && lamp(cloth)}
<g transform="translate(0 ${height - 330 - fall})">
<rect x="44" y="74" width="312" height="170" rx="26" fill="${cloth.wood}"/>
<rect x="44" y="74" width="312" height="170" rx="26" fill="#000" opacity=".08"/>
<rect x="52" y="82" width="296" height="160" rx="20" fill="${cloth.wood}"/>
<path d="M126 84v150M200 84v150M274 84v150" stroke="#000" stroke-opacity=".12" stroke-width="2"/>
<path d="M70 164q-6-50 40-53 46-5 80 1 12 4 10 52z" fill="url(#linen)"/>
<path d="M202 164q-2-48 12-52 44-6 82 0 42 4 36 52z" fill="url(#linen)"/>
<path d="M118 180q-8-42 26-45 58-6 112 0 34 3 26 45z" fill="url(#weave)"/>
<path d="M118 180q-8-42 26-45 58-6 112 0 34 3 26 45z" fill="url(#fall)" opacity=".7"/>
<path d="M18 ${330 + fall}v${-fall}q2-110 34-152 148-26 296 0 32 42 34 152v${fall}z" fill="url(#weave)"/>
<path d="M18 ${330 + fall}v${-fall}q2-110 34-152 148-26 296 0 32 42 34 152v${fall}z" fill="url(#fall)"/>
<path d="M104 ${330 + fall}v${-fall}q-4-66 10-116h34q-18 52-14 116v${fall}zM250 ${330 + fall}v${-fall}q10-58-2-118h30q16 58 6 118v${fall}z" fill="url(#fold)"/>
<path d="M52 178q148-26 296 0 9 12 15 34-163-28-326 0 6-22 15-34z" fill="url(#linen)"/>
<path d="M37 212q163-28 326 0" fill="none" stroke="${cloth.shade}" stroke-opacity=".4" stroke-width="2"/>
</g>`;
}

function art({ base, shade }: Cloth): Markup {
  return html`<g transform="translate(92 96)"><rect width="96" height="120" fill="#fffdf9"/><rect width="96" height="120" fill="none" stroke="#6d5a49" stroke-width="4"/>
<path d="M14 88q16-44 34-20 18 22 34-26v46z" fill="${base}"/><path d="M14 88q20-22 38-10 14 8 30-8v34H14z" fill="${shade}" opacity=".75"/></g>`;
}

function lamp({ shade }: Cloth): Markup {
  return html`<path d="M296 0v150" stroke="#4a4038" stroke-width="2"/><path d="M274 180q2-30 22-30 20 0 22 30z" fill="${shade}"/>
<circle cx="296" cy="181" r="7" fill="#fff3d0"/>`;
}
