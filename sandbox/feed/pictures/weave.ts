import { html, type Markup } from '../html.ts';
import type { Cloth } from './cloth.ts';

export const MOTIFS = ['waffle', 'stripe', 'check', 'herringbone', 'plain', 'dots'] as const;
export type Motif = (typeof MOTIFS)[number];

/** The woven pattern in two sizes: `weave` as seen across a room, `close` as held in the hand. */
export function weave(motif: Motif, cloth: Cloth): Markup {
  const tile = html`<rect width="16" height="16" fill="${cloth.base}"/>${threads(motif, cloth)}`;
  return html`<pattern id="weave" width="16" height="16" patternUnits="userSpaceOnUse" patternTransform="rotate(-6) scale(.8)">${tile}</pattern>
<pattern id="close" width="16" height="16" patternUnits="userSpaceOnUse" patternTransform="rotate(-14) scale(1.25)">${tile}</pattern>`;
}

function threads(motif: Motif, { thread, shade }: Cloth): Markup {
  switch (motif) {
    case 'waffle':
      return html`<path d="M0 0h16v16H0z" fill="none" stroke="${thread}" stroke-width="4"/><rect x="6" y="6" width="4" height="4" fill="${shade}" opacity=".5"/>`;
    case 'stripe':
      return html`<rect width="5" height="16" fill="${thread}"/><rect x="9" width="1.5" height="16" fill="${shade}" opacity=".6"/>`;
    case 'check':
      return html`<rect width="8" height="16" fill="${thread}" opacity=".6"/><rect width="16" height="8" fill="${shade}" opacity=".35"/>`;
    case 'herringbone':
      return html`<path d="M0 8l8-8 8 8M0 16l8-8 8 8" stroke="${thread}" stroke-width="3" fill="none"/>`;
    case 'dots':
      return html`<circle cx="4" cy="4" r="2" fill="#fffaf2" opacity=".75"/><circle cx="12" cy="12" r="2" fill="${shade}" opacity=".55"/>`;
    case 'plain':
      return html`<path d="M0 4h16M0 12h16" stroke="${thread}" stroke-width="1.2" opacity=".7"/><path d="M4 0v16M12 0v16" stroke="${shade}" stroke-width=".6" opacity=".35"/>`;
  }
}
