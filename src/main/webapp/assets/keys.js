// Keys: single letters, never while one types, and only if one has not switched them off.

import { nameOf } from './event-details.js';
import { explainEvent, closeExplain, mayExplain } from './explain.js';
import { byId } from './page.js';
import { currentPage, go } from './router.js';
import { copy } from './toast.js';

const PAGES = { o: 'overview', e: 'events', t: 'topics', c: 'clients', p: 'publish', k: 'tokens' };
const SEARCHES = { events: 'q', topics: 'topics-q', clients: 'clients-q' };
const ROWS = { events: '#events .row:not([hidden]) > .line', topics: '#topic-rows a', clients: '#rows .act > button' };
const STORED = 'tidings.letters';

/** For how long a g waits for the letter of a page. */
const WAIT_MS = 1500;

let afterG = 0;

function areOn() {
  try {
    return localStorage.getItem(STORED) !== 'off';
  } catch {
    return true;
  }
}

/** Goes to the next row, or the one before. */
function move(step) {
  const rows = [...document.querySelectorAll(ROWS[currentPage()] ?? 'none')];
  const at = rows.indexOf(document.activeElement);
  const next = at < 0 ? (step > 0 ? rows[0] : rows.at(-1)) : rows[at + step];
  next?.focus();
}

const row = () => document.activeElement?.closest?.('#events .row')?.entry;

const LETTERS = {
  '/': () => byId(SEARCHES[currentPage()])?.focus(),
  p: () => currentPage() === 'events' && byId('pause').click(),
  j: () => move(1),
  k: () => move(-1),
  y: () => row() && copy(row().data, nameOf(row())),
  w: () => row() && mayExplain() && explainEvent(row().id),
  '?': showKeys,
};

function showKeys() {
  byId('letters').checked = areOn();
  byId('keys').showModal();
}

function pressed(event) {
  const { key, target } = event;
  if (key === 'Escape' && !document.querySelector('dialog[open]')) {
    if (closeExplain()) {
      event.preventDefault();
    }
    return;
  }
  const types = target.closest?.('input:not([type=checkbox]), textarea, select');
  if (types || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]') || !areOn()) {
    return;
  }
  if (afterG) {
    clearTimeout(afterG);
    afterG = 0;
    if (PAGES[key]) {
      event.preventDefault();
      go(PAGES[key]);
    }
  } else if (key === 'g') {
    afterG = setTimeout(() => {
      afterG = 0;
    }, WAIT_MS);
  } else if (key === 'End' && currentPage() === 'events') {
    byId('newest').click();
  } else if (LETTERS[key]) {
    event.preventDefault();
    LETTERS[key]();
  }
}

document.addEventListener('keydown', pressed);
byId('keys-button').addEventListener('click', showKeys);
byId('letters').addEventListener('change', ({ target }) => {
  try {
    localStorage.setItem(STORED, target.checked ? 'on' : 'off');
  } catch {
    // Without storage they are on.
  }
});
