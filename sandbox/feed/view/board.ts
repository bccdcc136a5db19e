import type { WorldState } from '../../world/state.ts';
import { addressOf, type Choice } from '../choice.ts';
import type { Board, Column } from '../data/board.ts';
import { PLACEMENTS } from '../data/placements.ts';
import { OUR_STATES } from '../data/thread.ts';
import { html, type Markup } from '../html.ts';
import { liveLine, wholePage } from './document.ts';
import { icon } from './icons.ts';
import { unit } from './unit.ts';
import { marketName, STATE_NAMES } from './words.ts';

/** The markets side by side, each a column of phones. */
export function boardPage(state: WorldState, board: Board, choice: Choice, now: number): string {
  const content = html`<header class="top"><div class="name"><h1>The feed</h1><p>first-comment sandbox</p></div>
${markets(board, choice)}<div class="choose">${states(board, choice)}${placements(choice)}</div></header>
<main id="content" tabindex="-1" class="columns ${choice.market === undefined ? 'many' : 'one'}">${board.columns.map((each) => column(state, each, choice, now))}
${board.columns.length === 0 && html`<p class="empty">No ad fits this choice. <a href="/feed">Show all ads</a></p>`}</main>${foot(board, choice)}`;
  return wholePage('The feed', 'board', content);
}

function markets({ markets }: Board, choice: Choice): Markup {
  const link = (market: string | undefined) => {
    const on = market === choice.market;
    return html`<li><a href="${addressOf({ ...choice, market, page: 1 })}" ${current(on)}>${market ?? 'All markets'}</a></li>`;
  };
  return html`<nav aria-label="Markets"><ul class="tabs">${[undefined, ...markets].map(link)}</ul></nav>`;
}

/** The tally is the filter: each count leads to its ads, the chosen one back to all. */
function states({ counts }: Board, choice: Choice): Markup {
  return html`<nav class="by-state" aria-label="Cards by the state of our comment"><p title="A card is one ad on one network; several ads may share a comment">Cards</p><ul class="tally">${OUR_STATES.map(
    (state) => {
      const on = state === choice.state;
      const target = addressOf({ ...choice, state: on ? undefined : state, page: 1 });
      return html`<li><a class="state ${state}" href="${target}" ${current(on)}>${icon(state)}<b data-tally="${state}">${counts[state]}</b> <span>${STATE_NAMES[state]}</span></a></li>`;
    },
  )}</ul></nav>`;
}

function placements(choice: Choice): Markup {
  const choices = [
    { id: undefined, name: 'All placements' },
    { id: 'facebook', name: 'Facebook' },
    ...PLACEMENTS.filter(({ network }) => network === 'facebook'),
    { id: 'instagram', name: 'Instagram' },
    ...PLACEMENTS.filter(({ network }) => network === 'instagram'),
  ];
  const name = choices.find(({ id }) => id === choice.placement)?.name;
  return html`<nav aria-label="Placement"><details class="menu" data-key="placements"><summary><span class="sr">Placement: </span>${name}</summary>
<ul>${choices.map(({ id, name }) => html`<li${id?.includes('/') && html` class="inner"`}><a href="${addressOf({ ...choice, placement: id, page: 1 })}" ${current(id === choice.placement)}>${name}</a></li>`)}</ul></details></nav>`;
}

function column(state: WorldState, { market, total, units }: Column, choice: Choice, now: number): Markup {
  const name = marketName(market);
  return html`<section class="column" data-key="${market}" aria-label="${name === market ? market : `${name}, ${market}`}">
<h2>${name}${name !== market && html` <span>${market}</span>`}<small>${total}<span class="sr"> ${total === 1 ? 'card' : 'cards'}</span></small></h2>
<div class="units">${units.map((each) => unit(state, each, choice.placement, now))}
${units.length === 0 && html`<p class="quiet">Nothing more here.</p>`}</div></section>`;
}

function foot({ page, pages, columnsLeftOut }: Board, choice: Choice): Markup {
  const link = (to: number, rel: 'prev' | 'next', words: string) =>
    to < 1 || to > pages
      ? html`<span class="off">${words}</span>`
      : html`<a rel="${rel}" href="${addressOf({ ...choice, page: to })}">${words}</a>`;
  const pager = html`<nav aria-label="Pages">${link(page - 1, 'prev', 'Earlier')}<span>Page ${page} of ${pages}</span>${link(page + 1, 'next', 'More ads')}</nav>`;
  return html`<footer class="foot">${liveLine()}${columnsLeftOut > 0 && html`<p>${columnsLeftOut} more markets: choose one above.</p>`}<p>Where a phone cuts a comment, here after three lines, is an estimate.</p>${pages > 1 && pager}</footer>`;
}

function current(on: boolean): Markup | undefined {
  return on ? html`aria-current="true"` : undefined;
}
