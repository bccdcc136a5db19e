import type { WorldState } from '../../world/state.ts';
import { addressOfAd } from '../choice.ts';
import { lookOf } from '../data/look.ts';
import type { Placement } from '../data/placements.ts';
import { type FeedThread, readThread } from '../data/thread.ts';
import { traitsOf } from '../data/traits.ts';
import type { FeedUnit } from '../data/units.ts';
import { html, type Markup } from '../html.ts';
import { icon } from './icons.ts';
import { phone, type Shown } from './phone.ts';
import { languageOf, STATE_NAMES, sayState, stateDetail } from './words.ts';

const NETWORKS = { facebook: 'Facebook', instagram: 'Instagram' } as const;

/** One ad on one network: what became of our comment, and the phone. `chosen` is a network or a placement. */
export function unit(state: WorldState, each: FeedUnit, chosen: string | undefined, now: number): Markup {
  const { record } = each.ad;
  const placement = each.placements.find(({ id }) => id === chosen) ?? each.placements[0];
  const shown = shownOf(state, each, now);
  const where = each.network === undefined ? 'without a thread' : `on ${NETWORKS[each.network]}`;
  return html`<article class="unit" id="ad-${each.key}" data-key="${each.key}" data-state="${each.state}" data-say="${sayState(shown.look.speaker, each.state)}" aria-labelledby="title-${each.key}">
<header><h3 id="title-${each.key}"><a class="title" href="${addressOfAd(record.id)}">${record.name}<span class="sr"> ${where}</span></a></h3>
${each.network !== undefined && badge(each.state, shown.thread)}<p class="facts">${facts(state, each, placement)}</p></header>
${placement ? phone(placement, shown) : noPhone(each)}${unseen(shown.thread)}</article>`;
}

/** Everything that a phone needs to know of a unit. */
export function shownOf(state: WorldState, each: FeedUnit, now: number): Shown {
  const thread = each.thread && readThread(state, each.thread, now);
  const network = each.network ?? 'facebook';
  return {
    look: lookOf(state, each),
    thread,
    reading: { network, now, language: languageOf(each.market) },
    missing: each.inProcess
      ? 'The platform is still making this post; there is no thread yet.'
      : 'No single post stands behind this ad, so there is no thread.',
  };
}

/** The state of our comment, as a sign and in words. */
export function badge(state: FeedUnit['state'], thread: FeedThread | undefined): Markup {
  const more = thread && thread.ours > 1 ? html` <b class="twice">${thread.ours} of ours stand here</b>` : undefined;
  return html`<p class="state ${state}">${icon(state)}<b>${STATE_NAMES[state]}</b> <span>${stateDetail(thread, state)}</span>${more}</p>`;
}

/** Comments of ours that no phone shows. */
export function unseen(thread: FeedThread | undefined): Markup | undefined {
  if (!thread || thread.unseen.length === 0) return undefined;
  return html`<div class="unseen"><p>Only we see this</p>${thread.unseen.map(
    ({ id, text }) => html`<blockquote data-comment="${id}" data-key="${id}">${text}</blockquote>`,
  )}</div>`;
}

/** What is unusual about the ad. */
export function chips(state: WorldState, each: FeedUnit): readonly Markup[] {
  return traitsOf(state, each).map((trait) => html`<span class="chip">${trait}</span>`);
}

function facts(state: WorldState, each: FeedUnit, placement: Placement | undefined): Markup {
  const more = each.placements.length - 1;
  const others = more > 0 ? `${placement?.name} and ${more} more` : placement?.name;
  return html`${others ?? 'No thread where it runs'}${chips(state, each)}`;
}

function noPhone({ delivery }: FeedUnit): Markup {
  const where = delivery.withoutThread.join(', ');
  return html`<p class="wordsonly">${icon('none')} ${where === '' ? 'It runs nowhere that we know.' : `${where}: no thread here.`}</p>`;
}
