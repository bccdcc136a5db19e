const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/** From the title of a card the arrow keys lead to the cards around it; Escape shuts what is open. */
export function moveByKeys(page) {
  page.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === 'Escape') {
      if (shut(event.target.closest('details[open]'))) event.preventDefault();
      return;
    }
    const step = STEPS[event.key];
    if (!step || !event.target.matches('a.title')) return;
    const next = neighbour(page, event.target, step);
    if (!next) return;
    event.preventDefault();
    next.focus({ preventScroll: true });
    next.closest('.unit').scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
  page.addEventListener('click', ({ target }) => {
    for (const menu of page.querySelectorAll('details.menu[open]')) if (!menu.contains(target)) menu.open = false;
  });
}

function shut(details) {
  if (!details) return false;
  details.open = false;
  details.querySelector('summary').focus();
  return true;
}

function neighbour(page, title, [across, down]) {
  const columns = [...page.querySelectorAll('.column')].map((column) => [...column.querySelectorAll('a.title')]);
  const column = columns.findIndex((titles) => titles.includes(title));
  const row = columns[column]?.indexOf(title) ?? -1;
  const titles = columns[column + across] ?? [];
  return titles[Math.min(row + down, across === 0 ? Infinity : titles.length - 1)];
}
