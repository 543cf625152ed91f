// The page of events: what is followed and from where, what is shown of it, and all of that in the address. Over 300 lines, since
// each of these controls is written to the address and read from it.

import { Chips } from './chips.js';
import { onFollowed } from './event-details.js';
import { clearEvents, eventsShown, filterEvents, onEvents, pauseEvents, rowWith, toggle } from './event-list.js';
import { explainBoth, explained, mayExplain } from './explain.js';
import { inboxOf } from './live-stream.js';
import { buttonOf, byId, element, exactTime, icon, visible, whole } from './page.js';
import { sayPaused } from './pulse.js';
import { addPage, currentPage, go, keep, query } from './router.js';

const STARTS = ['since', 'last', 'latest', 'after'];

const from = byId('from');
const fromText = byId('from-text');
const q = byId('q');
const onlyPrivate = byId('only-private');
const hub = byId('hub');

let inbox = [];
let mayAll = false;
/** Whether the token has a grant to read, without which private events do not come. */
let mayPrivate = false;
let start = null;
let only = new Set();
/** The filters that the list has. */
let filtered = '';
let paused = false;
let openId = '';
let follow = () => {};
let facts = { received: 0, match: 0, shown: 0 };

const topics = new Chips('topics', () => followAnew());

/** What the address says of this page. */
function queryNow() {
  const parts = new URLSearchParams(topics.texts.map((topic) => ['topic', topic]));
  if (start) {
    parts.set(...start);
  }
  only.forEach((type) => parts.append('type', type));
  if (onlyPrivate.getAttribute('aria-pressed') === 'true') {
    parts.set('private', '1');
  }
  if (q.value.trim()) {
    parts.set('q', q.value.trim());
  }
  if (hub.checked) {
    parts.set('hub', '1');
  }
  if (openId) {
    parts.set('open', openId);
    if (explained()) {
      parts.set('why', explained());
    }
  }
  return parts;
}

const keepAddress = (asStep = false) => keep('events', queryNow(), asStep);

/** Somebody is asked about, or not any more. */
export const whyChanged = () => keepAddress();

/** What the page follows: selectors, where it begins, and whether what the hub says of itself is shown. */
export const wish = () => ({ topics: topics.texts.length ? topics.texts : inbox, start: start ? Object.fromEntries([start]) : {}, showsHub: hub.checked });

function followAnew() {
  openId = '';
  keepAddress(true);
  follow();
  sayFact();
}

function sayFact() {
  if (currentPage() !== 'events') {
    return;
  }
  const fact = byId('fact');
  if (paused) {
    fact.textContent = `Paused at ${exactTime(paused)}`;
    fact.className = 'fact warn';
    return;
  }
  const count = topics.texts.length;
  const isFiltered = q.value.trim() || only.size || onlyPrivate.getAttribute('aria-pressed') === 'true';
  fact.textContent = isFiltered ? `${whole(facts.match)} of ${whole(facts.shown)} match` : count ? `${count} ${count === 1 ? 'selector' : 'selectors'}, one stream` : 'your inbox, one stream';
  fact.className = 'fact';
}

function drawTypes(counts) {
  const place = byId('types');
  const shown = [...counts.map(([type, count]) => [type, count]), ...[...only].filter((type) => !counts.some(([each]) => each === type)).map((type) => [type, 0])];
  const key = shown.map(([type, count]) => `${type} ${count}`).join('\n') + [...only].join();
  if (place.dataset.key === key) {
    return;
  }
  place.dataset.key = key;
  for (const [type, count] of shown) {
    let button = [...place.children].find((each) => each.dataset.type === type);
    if (!button) {
      button = buttonOf('', 'filter', () => {
        only = new Set(only.has(type) ? [...only].filter((each) => each !== type) : [...only, type]);
        filter();
      });
      button.dataset.type = type;
      button.title = visible(type);
      button.append(element('span', visible(type), 'name'), ' ', element('span', '', 'number quiet'));
      place.append(button);
    }
    button.setAttribute('aria-pressed', only.has(type));
    button.lastChild.textContent = count;
  }
  [...place.children].filter((each) => !shown.some(([type]) => type === each.dataset.type)).forEach((each) => each.remove());
}

/** Why there is nothing to see, and what to do about it. */
function drawNothing() {
  const place = byId('nothing');
  place.hidden = facts.match > 0;
  const key = place.hidden ? '' : `${facts.shown > 0} ${facts.shown} ${topics.texts.join()}`;
  if (place.hidden || place.dataset.key === key) {
    return;
  }
  place.dataset.key = key;
  const actions = element('p', '', 'actions');
  if (facts.shown) {
    actions.append(buttonOf('Clear the filters', '', clearFilters));
    place.replaceChildren(icon('filter'), element('h2', `None of ${whole(facts.shown)} match`), element('p', 'Filters hide events. They do not change what is followed.'), actions);
  } else {
    const what = topics.texts.length ? visible(topics.texts.join(' ')) : 'your inbox';
    actions.append(buttonOf('Show the last 50', '', () => begin(['last', '50'])), buttonOf('Publish one', '', () => go('publish')));
    if (mayAll && !topics.texts.includes('*')) {
      actions.append(buttonOf('Follow everything', '', () => {
        topics.set(['*']);
        followAnew();
      }));
    }
    place.replaceChildren(icon('events'), element('h2', 'Nothing yet'), element('p', `You follow ${what}. ${mayPrivate ? 'The next one shows here.' : 'Your token reads public events only.'}`), actions);
  }
}

const filtersNow = () => JSON.stringify([q.value.trim(), [...only], onlyPrivate.getAttribute('aria-pressed') === 'true']);

function filterList() {
  filtered = filtersNow();
  filterEvents({ text: q.value, types: only, onlyPrivate: onlyPrivate.getAttribute('aria-pressed') === 'true' });
}

function filter() {
  filterList();
  keepAddress();
  sayFact();
}

function clearFilters() {
  q.value = '';
  only = new Set();
  onlyPrivate.setAttribute('aria-pressed', 'false');
  filter();
}

/** Begins at another place. */
function begin(next) {
  start = next;
  showStart();
  followAnew();
}

function showStart() {
  const value = start ? start.join('=') : 'now';
  const known = [...from.options].some((option) => option.value === value);
  from.value = known ? value : `${start[0]}=`;
  if (!known && from.value !== `${start[0]}=`) {
    // Another number of the last ones.
    from.add(new Option(`${start[0]} ${start[1]}`, value));
    from.value = value;
  }
  const typed = !known && from.value.endsWith('=');
  fromText.hidden = !typed;
  fromText.value = typed ? start[1] : '';
}

from.addEventListener('change', () => {
  const [name, value = ''] = from.value.split('=');
  if (name !== 'now' && !value) {
    fromText.hidden = false;
    fromText.placeholder = name === 'since' ? '2026-01-31T12:00:00Z or 10m' : 'urn:uuid:…';
    fromText.focus();
  } else {
    begin(name === 'now' ? null : [name, value]);
  }
});
fromText.addEventListener('keydown', (key) => {
  if (key.key === 'Enter' && fromText.value.trim()) {
    key.preventDefault();
    begin([from.value.split('=')[0], fromText.value.trim()]);
  }
});
byId('follow').addEventListener('submit', (submission) => submission.preventDefault());
q.addEventListener('input', filter);
onlyPrivate.addEventListener('click', () => {
  onlyPrivate.setAttribute('aria-pressed', onlyPrivate.getAttribute('aria-pressed') !== 'true');
  filter();
});
hub.addEventListener('change', () => keepAddress(true));
byId('clear').addEventListener('click', () => {
  openId = '';
  keepAddress();
  clearEvents();
});
byId('pause').addEventListener('click', () => {
  paused = paused ? false : Date.now();
  const button = byId('pause');
  button.replaceChildren(icon(paused ? 'play' : 'pause'), element('span', paused ? 'Resume' : 'Pause'));
  button.classList.toggle('primary', Boolean(paused));
  pauseEvents(Boolean(paused));
  sayPaused(Boolean(paused));
  sayFact();
});
byId('events').addEventListener('click', ({ target }) => {
  const line = target.closest('.line');
  if (line) {
    const { parentElement: row } = line;
    const isOpen = toggle(row);
    openId = isOpen ? row.entry.id : openId === row.entry.id ? '' : openId;
    keepAddress();
  }
});

onEvents({
  types: drawTypes,
  changed: (now) => {
    facts = now;
    drawNothing();
    sayFact();
    const row = openId && rowWith(openId);
    if (row && !row.querySelector('.opened')) {
      toggle(row);
    }
  },
});
onFollowed(() => wish().topics);

/** Takes over what the address says. Returns whether it follows something else than before. */
function read(asked) {
  const before = JSON.stringify([topics.texts, start]);
  topics.set(asked.getAll('topic'));
  const name = STARTS.find((each) => asked.get(each));
  start = name ? [name, asked.get(name)] : null;
  showStart();
  q.value = asked.get('q') ?? '';
  only = new Set(asked.getAll('type'));
  onlyPrivate.setAttribute('aria-pressed', asked.get('private') === '1');
  hub.checked = asked.get('hub') === '1';
  openId = asked.get('open') ?? '';
  if (filtered !== filtersNow()) {
    // It goes to the newest, so not for a reader who only comes back.
    filterList();
  }
  return before !== JSON.stringify([topics.texts, start]);
}

function keyHints() {
  const hints = element('span', '', 'key-hints');
  hints.setAttribute('aria-hidden', 'true');
  for (const [text, ...keys] of [['pause', 'p'], ['search', '/'], ['move', 'j', 'k'], ['open', 'enter']]) {
    hints.append(...keys.map((key) => element('kbd', key)), element('span', text));
  }
  return hints;
}

/**
 * Makes the page ready for whoever is logged in.
 *
 * @param asOperator whether the hub's own traffic may be shown
 * @param subscribe what the token may read
 * @param begin called when something else is to be followed
 */
export function prepareEvents({ user, subscribe, asOperator, begin: followNow }) {
  mayAll = subscribe.includes('*');
  mayPrivate = subscribe.length > 0;
  inbox = inboxOf(user);
  byId('hub-switch').hidden = !asOperator;
  if (currentPage() === 'events' || location.pathname.endsWith('/console/events')) {
    read(query());
  }
  follow = followNow;
  addPage('events', {
    show: (asked, isNew) => {
      const hasQuery = [...asked.keys()].length > 0;
      if ((hasQuery || !isNew) && read(asked)) {
        follow();
      } else if (!hasQuery && isNew) {
        // As it was left.
        keepAddress();
      }
      const who = asked.get('why');
      if (who && openId && mayExplain() && explained() !== who) {
        explainBoth(who, openId);
      }
      sayFact();
      byId('controls').replaceChildren(keyHints());
      eventsShown();
    },
    leave: () => {
      byId('fact').className = 'fact';
    },
  });
}
