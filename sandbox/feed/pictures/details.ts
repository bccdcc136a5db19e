import { html, type Markup } from '../html.ts';
import type { Canvas, Cloth } from './cloth.ts';

/** Four folded pieces on a table. */
export function stack({ width, height }: Canvas, cloth: Cloth): Markup {
  const top = height - 84;
  const piece = (index: number, x: number, wide: number, fill: string) => {
    const y = top - (index + 1) * 46;
    return html`<rect x="${x}" y="${y}" width="${wide}" height="44" rx="20" fill="${fill}"/><rect x="${x}" y="${y}" width="${wide}" height="44" rx="20" fill="url(#fall)" opacity=".6"/>
<path d="M${x + 22} ${y + 22}h${wide - 34}" stroke="${cloth.shade}" stroke-opacity=".35" stroke-width="1.5"/>`;
  };
  return html`<rect width="${width}" height="${height}" fill="url(#wall)"/>
<rect y="${top}" width="${width}" height="${height - top}" fill="${cloth.wood}"/><rect y="${top}" width="${width}" height="8" fill="#000" opacity=".12"/>
${piece(0, 68, 264, 'url(#weave)')}${piece(1, 76, 250, 'url(#linen)')}${piece(2, 70, 258, cloth.thread)}${piece(3, 82, 238, 'url(#weave)')}
<rect x="184" y="${top - 184}" width="30" height="184" fill="#fffdf8" opacity=".9"/><path d="M191 ${top - 104}h16M191 ${top - 96}h10" stroke="${cloth.shade}" stroke-width="2"/>`;
}

/** One pillow that leans on the wall. */
export function pillow({ width, height }: Canvas): Markup {
  const y = height - 300;
  return html`<rect width="${width}" height="${height}" fill="url(#wall)"/>
<rect y="${height - 66}" width="${width}" height="66" fill="url(#linen)"/>
<g transform="translate(0 ${y}) rotate(-4 200 140)"><path d="M66 44q134 26 268 0 16-2 14 14-22 92 0 176 2 16-14 14-134-26-268 0-16 2-14-14 22-84 0-176-2-16 14-14z" fill="url(#weave)"/>
<path d="M66 44q134 26 268 0 16-2 14 14-22 92 0 176 2 16-14 14-134-26-268 0-16 2-14-14 22-84 0-176-2-16 14-14z" fill="url(#fall)"/>
<path d="M120 78q70 34 60 150M286 84q-40 60-16 140" stroke="#000" stroke-opacity=".1" stroke-width="10" fill="none" stroke-linecap="round"/></g>`;
}

/** Cloth close to the eye, with its folds. */
export function draped({ width, height }: Canvas, cloth: Cloth): Markup {
  const fold = (x: number, wide: number) =>
    html`<path d="M${x} 0h${wide}L${x + wide - 90} ${height}H${x - 90}z" fill="url(#fold)"/>`;
  return html`<rect width="${width}" height="${height}" fill="${cloth.base}"/><rect width="${width}" height="${height}" fill="url(#close)"/>
${fold(60, 90)}${fold(170, 130)}${fold(330, 100)}${fold(440, 110)}<rect width="${width}" height="${height}" fill="url(#fall)" opacity=".7"/>`;
}
