// Keeps the list of a page up to date: asks for the page again and takes over its list, if that has changed. What a
// person has opened stays open, and where the focus is, it stays.

const PAUSE = 2000;

setTimeout(follow, PAUSE);

async function follow() {
  const list = document.querySelector('[data-live]');
  if (document.visibilityState === 'visible' && !isSelecting(list)) {
    try {
      const answer = await fetch(location.href, { headers: { Accept: 'text/html' }, redirect: 'error' });
      if (answer.ok) update(list, await answer.text());
    } catch {
      // The sandbox may have been stopped, and may start again.
    }
  }
  setTimeout(follow, PAUSE);
}

// Not while someone selects a text in it.
function isSelecting(list) {
  const selection = getSelection();
  return !selection.isCollapsed && list.contains(selection.anchorNode);
}

function update(list, html) {
  const fresh = new DOMParser().parseFromString(html, 'text/html').querySelector('[data-live]');
  for (const { id } of list.querySelectorAll('details[open]')) {
    const same = fresh.querySelector(`#${id}`);
    if (same) same.open = true;
  }
  if (fresh.innerHTML === list.innerHTML) return;
  const focused = list.contains(document.activeElement) ? pathTo(document.activeElement) : null;
  list.replaceChildren(...fresh.childNodes);
  if (focused) list.querySelector(focused)?.focus();
}

// The entry that the focus is in, and what in it has the focus.
function pathTo(element) {
  const entry = element.closest('details');
  if (element.dataset.copy) return `[data-copy="${element.dataset.copy}"]`;
  if (element.type === 'submit' && entry) return `#${entry.id} [type="submit"]`;
  if (element.href) return `a[href="${element.getAttribute('href')}"]`;
  return entry ? `#${entry.id} > ${element.localName === 'summary' ? 'summary' : '*'}` : null;
}
