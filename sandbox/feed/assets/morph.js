/**
 * Makes `from` what `to` is and keeps every element that is in both, so that focus, scroll and opened threads stay.
 * Elements with a `data-key` are found again by it, the others by their place. What has `data-keep` is left alone.
 */
export function morph(from, to) {
  if (from.nodeType === Node.TEXT_NODE) {
    if (from.data !== to.data) from.data = to.data;
    return;
  }
  if (from.nodeType !== Node.ELEMENT_NODE || from.hasAttribute('data-keep') || from.isEqualNode(to)) return;
  morphAttributes(from, to);
  morphChildren(from, to);
}

function morphAttributes(from, to) {
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && !isTheVisitors(from, name)) from.removeAttribute(name);
  }
  for (const { name, value } of to.attributes) {
    if (from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
}

/** Whether a thread or a menu is open is the visitor's choice. */
function isTheVisitors(element, name) {
  return element.localName === 'details' && name === 'open';
}

function morphChildren(from, to) {
  const wantedKeys = new Set([...to.children].map(keyOf));
  for (const child of [...from.children]) {
    if (keyOf(child) !== undefined && !wantedKeys.has(keyOf(child))) child.remove();
  }
  const byKey = new Map([...from.children].map((child) => [keyOf(child), child]));
  let at = from.firstChild;
  for (const wanted of to.childNodes) {
    const key = keyOf(wanted);
    const found = key === undefined ? sameKind(at, wanted) : byKey.get(key);
    if (found === undefined) {
      from.insertBefore(document.importNode(wanted, true), at);
      continue;
    }
    if (found === at) at = at.nextSibling;
    else from.insertBefore(found, at);
    morph(found, wanted);
  }
  while (at !== null) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

function sameKind(at, wanted) {
  return at !== null && at.nodeName === wanted.nodeName && keyOf(at) === undefined ? at : undefined;
}

function keyOf(node) {
  return node.nodeType === Node.ELEMENT_NODE ? (node.dataset.key ?? undefined) : undefined;
}
