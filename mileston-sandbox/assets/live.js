// Keeps a page's list up to date: fetches the page again and replaces the list if it has changed. Open entries stay
// open, and the focus stays where it is.

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

// The list isn't updated while the user selects text in it.
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

// Returns a selector that finds the focused element again in the new list.
function pathTo(element) {
  const entry = element.closest('details');
  if (element.dataset.copy) return `[data-copy="${CSS.escape(element.dataset.copy)}"]`;
  if (element.type === 'submit' && entry) return `#${entry.id} [type="submit"]`;
  if (element.href) return `a[href="${CSS.escape(element.getAttribute('href'))}"]`;
  return entry ? `#${entry.id} > ${element.localName === 'summary' ? 'summary' : '*'}` : null;
}
