import { html, type Markup } from './html.ts';

interface Cloth {
  readonly wall: string;
  readonly base: string;
  readonly thread: string;
  readonly shade: string;
}

const CLOTHS: readonly Cloth[] = [
  { wall: '#e9dfd0', base: '#c98a5e', thread: '#b06f44', shade: '#8f5531' },
  { wall: '#dfe3dc', base: '#8b9c86', thread: '#71846c', shade: '#566852' },
  { wall: '#e6e0e4', base: '#a98797', thread: '#8f6c7d', shade: '#6f5061' },
  { wall: '#dce3e8', base: '#7f98ab', thread: '#647f94', shade: '#4a6276' },
  { wall: '#efe6d2', base: '#d8b56a', thread: '#c09b4d', shade: '#987735' },
  { wall: '#e8ddd7', base: '#b9654c', thread: '#9e4f38', shade: '#7b3925' },
];

/**
 * A made bed in woven cloth: stands for the ad's picture, drawn here so that nothing is fetched. `tint` picks the colours,
 * so that ads on one post look alike; `unique` keeps the ids of a page apart.
 */
export function picture(motif: string, key: { readonly unique: string; readonly tint: string }): Markup {
  const cloth = CLOTHS[Number(BigInt(key.tint.replace(/\D/g, '') || '0') % BigInt(CLOTHS.length))] ?? CLOTHS[0];
  if (!cloth) return html``;
  const id = `cloth-${key.unique}`;
  return html`<svg class="picture" viewBox="0 0 320 250" role="img" aria-label="A made bed" preserveAspectRatio="xMidYMid slice">
    <defs><pattern id="${id}" width="16" height="16" patternUnits="userSpaceOnUse" patternTransform="rotate(-7)">
      <rect width="16" height="16" fill="${cloth.base}"/>${weave(motif, cloth)}</pattern></defs>
    <rect width="320" height="250" fill="${cloth.wall}"/>
    <circle cx="258" cy="52" r="30" fill="#fff" opacity=".55"/>
    <rect x="38" y="78" width="244" height="120" rx="20" fill="#8a6a4f"/>
    <rect x="46" y="86" width="228" height="112" rx="15" fill="#a17f61"/>
    <path d="M66 138q-4-34 34-35 46-2 48 32 1 17-40 17-40 1-42-14z" fill="#fffaf2"/>
    <path d="M172 135q2-34 48-32 38 1 34 35-2 15-42 14-41 0-40-17z" fill="#f6eee1"/>
    <path d="M18 250q0-88 36-104 106-26 212 0 36 16 36 104z" fill="url(#${id})"/>
    <path d="M54 146q106-26 212 0 8 4 13 12-119-29-238 0 5-8 13-12z" fill="#fffaf2"/>
    <path d="M41 158q119-29 238 0" stroke="${cloth.shade}" stroke-width="1.5" fill="none" opacity=".5"/>
    <path d="M96 250q-10-46 6-86M214 250q16-44 0-88" stroke="${cloth.shade}" stroke-width="3" fill="none" opacity=".22"/>
  </svg>`;
}

function weave(motif: string, { thread, shade }: Cloth): Markup {
  switch (motif) {
    case 'waffle':
      return html`<path d="M0 0h16v16H0z" fill="none" stroke="${thread}" stroke-width="4"/><rect x="6" y="6" width="4" height="4" fill="${shade}" opacity=".5"/>`;
    case 'stripe':
      return html`<rect width="5" height="16" fill="${thread}"/><rect x="9" width="1.5" height="16" fill="${shade}" opacity=".6"/>`;
    case 'check':
      return html`<rect width="8" height="16" fill="${thread}" opacity=".6"/><rect width="16" height="8" fill="${shade}" opacity=".35"/>`;
    case 'herringbone':
      return html`<path d="M0 8l8-8 8 8M0 16l8-8 8 8M0 0l0 0" stroke="${thread}" stroke-width="3" fill="none"/>`;
    case 'dots':
      return html`<circle cx="4" cy="4" r="2.4" fill="#fffaf2" opacity=".8"/><circle cx="12" cy="12" r="2.4" fill="${shade}" opacity=".7"/>`;
    default:
      return html`<path d="M0 4h16M0 12h16" stroke="${thread}" stroke-width="1.4" opacity=".8"/><path d="M4 0v16M12 0v16" stroke="${shade}" stroke-width=".7" opacity=".4"/>`;
  }
}
