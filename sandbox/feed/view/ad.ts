import type { WorldState } from '../../world/state.ts';
import { addressOf } from '../choice.ts';
import { type FeedAd, type FeedUnit, unitsOf } from '../data/units.ts';
import { html, type Markup } from '../html.ts';
import { liveLine, wholePage } from './document.ts';
import { icon } from './icons.ts';
import { phone } from './phone.ts';
import { badge, chips, shownOf, unseen } from './unit.ts';
import { marketName, sayState } from './words.ts';

const NETWORKS = { facebook: 'Facebook', instagram: 'Instagram' } as const;

/** One ad in every placement in which it runs. */
export function adPage(state: WorldState, feedAd: FeedAd, now: number): string {
  const { ad, adSet, market, delivery } = feedAd;
  const units = unitsOf(state, feedAd, now);
  const campaign = state.get('campaign', adSet?.record.campaign_id)?.record;
  const back = addressOf({ market, placement: undefined, state: undefined, page: 1 });
  const content = html`<header class="top"><nav class="back" aria-label="Back"><a href="/feed">${icon('back')}The feed</a></nav>${liveLine()}
<div class="name"><h1>${ad.record.name}</h1><p class="facts">${units[0] && chips(state, units[0])}</p></div>
<dl><div><dt>Market</dt><dd><a href="${back}">${marketName(market)}</a></dd></div><div><dt>Campaign</dt><dd>${campaign?.name ?? 'unknown'}</dd></div>
<div><dt>Ad set</dt><dd>${adSet?.record.name ?? 'unknown'}</dd></div><div><dt>Ad</dt><dd>${ad.record.id}</dd></div></dl></header>
<main id="content" tabindex="-1">${units.map((each) => surface(state, each, now))}
${delivery.withoutThread.length > 0 && html`<section class="wordsonly"><h2>No thread here</h2><p>${delivery.withoutThread.join(', ')}</p></section>`}</main>`;
  return wholePage(ad.record.name, 'ad', content);
}

export function noAdPage(adId: string): string {
  return wholePage(
    'No such ad',
    'ad',
    html`<header class="top"><nav class="back" aria-label="Back"><a href="/feed">${icon('back')}The feed</a></nav><div class="name"><h1>No such ad</h1></div></header>
<main id="content" tabindex="-1"><p class="empty">No ad of this world has the id ${adId.slice(0, 60)}.</p></main>`,
  );
}

function surface(state: WorldState, each: FeedUnit, now: number): Markup {
  if (each.network === undefined) return html``;
  const shown = shownOf(state, each, now);
  const surfaceId = each.thread?.record.id;
  return html`<section class="surface" data-key="${each.key}" data-state="${each.state}" data-say="${sayState(shown.look.speaker, each.state)}" aria-labelledby="title-${each.key}">
<header><h2 id="title-${each.key}">${NETWORKS[each.network]}</h2>${badge(each.state, shown.thread)}
<p class="facts">${surfaceId === undefined ? 'no single post or media' : html`${each.network === 'facebook' ? 'post' : 'media'} ${surfaceId}`}</p></header>
${unseen(shown.thread)}<div class="phones">${each.placements.map((placement) => html`<div data-key="${placement.id}">${phone(placement, shown)}</div>`)}</div></section>`;
}
