import { morph } from './morph.js';

const EVERY_MS = 1_000;
const SLOWEST_MS = 15_000;
/** At least so many times as long as the answer took passes before the next question: a large world must not be kept busy by us. */
const REST = 10;
/** More changes than this at once are told as numbers. */
const MOST_TOLD = 3;

/** Asks the sandbox for this page again and again, and changes only what has changed. */
export function followSandbox(page) {
  const words = page.getElementById('live-words');
  const line = page.getElementById('live');
  if (!words || !line) return;
  line.hidden = false;
  let etag = '';
  let wait = EVERY_MS;
  say('Live', 'on');

  setTimeout(look, EVERY_MS);

  async function look() {
    if (!page.hidden) await ask();
    setTimeout(look, wait);
  }

  async function ask() {
    const asked = performance.now();
    try {
      const answer = await fetch(location.href, { cache: 'no-store', headers: { 'if-none-match': etag } });
      if (line.dataset.is === 'off') say('Live again', 'on');
      wait = Math.max(EVERY_MS, REST * (performance.now() - asked));
      if (answer.status === 304 || (!answer.ok && answer.status !== 404)) return;
      etag = answer.headers.get('etag') ?? '';
      take(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    } catch {
      // The sandbox was stopped or starts anew: said to the visitor, and asked again ever more slowly.
      wait = Math.min(wait * 2, SLOWEST_MS);
      if (line.dataset.is !== 'off') say('The sandbox does not answer; trying again', 'off');
    }
  }

  function take(fresh) {
    const before = statesOf(page);
    const counted = tallyOf(page);
    const focused = page.activeElement;
    morph(page.body, fresh.body);
    if (focused && !focused.isConnected) page.getElementById('content')?.focus({ preventScroll: true });
    const tally = tallyOf(page);
    // A card that was not here has come from another page, unless there are more of its state than before.
    const hasNews = (state) => state !== 'none' && tally[state] > counted[state];
    const changed = [...statesOf(page)].filter(([key, { state }]) =>
      before.has(key) ? before.get(key).state !== state : hasNews(state),
    );
    if (changed.length === 0) return;
    for (const [, { element }] of changed) flash(element);
    say(tellingOf(changed.map(([, each]) => each)), 'on');
  }

  function say(text, is) {
    line.dataset.is = is;
    words.textContent = text;
  }
}

function statesOf(page) {
  const units = [...page.querySelectorAll('[data-state]')];
  return new Map(
    units.map((element) => [element.dataset.key, { element, state: element.dataset.state, says: element.dataset.say }]),
  );
}

/** How many cards there are of each state, on all pages together. */
function tallyOf(page) {
  return Object.fromEntries(
    [...page.querySelectorAll('[data-tally]')].map((count) => [count.dataset.tally, Number(count.textContent)]),
  );
}

function tellingOf(changed) {
  const sentences = [...new Set(changed.map(({ says }) => says))];
  if (sentences.length <= MOST_TOLD) return sentences.join('; ');
  const counts = Object.entries(Object.groupBy(changed, ({ state }) => state)).map(([state, all]) => `${all.length} ${state}`);
  return `${changed.length} first comments changed: ${counts.join(', ')}`;
}

function flash(element) {
  const badge = element.querySelector('.state');
  if (!badge || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  badge.animate([{ transform: 'scale(1)' }, { transform: 'scale(1.06)' }, { transform: 'scale(1)' }], {
    duration: 420,
    easing: 'ease-out',
  });
}
