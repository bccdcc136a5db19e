import { card } from './card.ts';
import type { FeedCard, Network } from './cards.ts';
import { html, type Markup } from './html.ts';
import { STYLE } from './style.ts';

/** What the visitor chose. */
export interface Choice {
  readonly network: Network;
  /** `undefined`: all markets. */
  readonly market: string | undefined;
}

/** Cards on one page; more would only make a browser slow. */
const MOST = 60;

/** The whole page: self-contained, without scripts and without requests elsewhere. */
export function page(all: readonly FeedCard[], choice: Choice, now: number): string {
  const markets = [...new Set(all.map((ad) => ad.market))].sort();
  const chosen = all.filter((ad) => choice.market === undefined || ad.market === choice.market);
  const shown = chosen.slice(0, MOST);
  const document = html`<!doctype html><html lang="en"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width,initial-scale=1"><title>The feed · first-comment sandbox</title>
    <style>${{ markup: STYLE }}</style></head><body>
    <header class="top"><div><h1>The feed, as a phone shows it</h1>
      <p>Every ad of the sandbox with its thread in the platform's default order. Ours is marked with its rank.</p></div>
      <nav><div>${tab('Facebook', { ...choice, network: 'facebook' }, choice)}${tab('Instagram', { ...choice, network: 'instagram' }, choice)}</div>
      <div>${tab('All markets', { ...choice, market: undefined }, choice)}
        ${markets.map((market) => tab(market, { ...choice, market }, choice))}</div></nav></header>
    <main>${shown.map((ad) => card(ad, now))}
      ${chosen.length === 0 && html`<p class="more">No ad runs here.</p>`}
      ${chosen.length > MOST && html`<p class="more">The first ${MOST} of ${chosen.length} ads. Choose a market to see fewer.</p>`}</main>
    </body></html>`;
  return document.markup;
}

function tab(label: string, target: Choice, now: Choice): Markup {
  const on = target.network === now.network && target.market === now.market;
  const query = new URLSearchParams({ surface: target.network, ...(target.market && { market: target.market }) });
  return html`<a href="/feed?${query.toString()}" class="${on ? 'on' : ''}">${label}</a>`;
}
