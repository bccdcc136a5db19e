import { html, type Markup } from '../html.ts';

/** A whole page: self-contained but for its own style, script and pictures, and whole without the script. */
export function wholePage(title: string, kind: 'board' | 'ad', content: Markup): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${title} · first-comment sandbox</title><link rel="icon" href="/feed/icon.svg"><link rel="stylesheet" href="/feed/feed.css"><script type="module" src="/feed/feed.js"></script></head>
<body class="${kind}"><a class="skip" href="#content">Skip to the ads</a>${content}</body></html>
`.markup;
}

/** Says in words whether the page follows the sandbox; the script fills it. */
export function liveLine(): Markup {
  return html`<p class="live" id="live" data-keep hidden><span class="dot" aria-hidden="true"></span><span id="live-words" role="status" aria-live="polite"></span></p>`;
}
