// The topics that were published to lately, with rates and streams, or the selectors of open streams. The hub counts when it
// is asked, every few seconds while the page is shown.

import { ended, isStillGood } from './account.js';
import { ago, around, ask, byId, covers, drawn, element, rateOf, say, topicOf, whole } from './page.js';
import { addPage, currentPage, go, keep } from './router.js';

const REFRESH_MS = 5000;
const MOST = 200;
const POINTS = 24;

/** The orders that the hub has; the page sorts by the others what it was given. */
const ORDERS = { topic: { name: 'topic', rate: 'rate', stored: 'stored', newest: 'newest', streams: 'newest' }, selector: { name: 'selector' } };

const q = byId('topics-q');
const place = byId('topic-rows');
const rows = new Map();

/** By topic, the rates of before, for its line. */
const lately = new Map();

let by = 'topic';
let sort = 'newest';
let timer = 0;
let isOver = false;
/** Gives up the last question. */
let question = new AbortController();
/** How many questions are not answered yet. */
let pending = 0;

const nameOf = (entry) => entry.topic ?? entry.selector;

const SORTS = {
  name: (one, other) => nameOf(one).localeCompare(nameOf(other)),
  rate: (one, other) => other.rate - one.rate,
  stored: (one, other) => other.stored - one.stored,
  streams: (one, other) => other.streams - one.streams,
  newest: (one, other) => (Date.parse(other.time) || 0) - (Date.parse(one.time) || 0),
};

function kindOf(selector) {
  if (selector === '*') {
    return 'everything';
  }
  return selector.includes('{') ? 'template' : 'exact';
}

function spark(values) {
  const highest = Math.max(...values, 0.001);
  const step = 88 / (POINTS - 1);
  const from = POINTS - values.length;
  const d = values.map((value, i) => `${i ? 'L' : 'M'}${((from + i) * step).toFixed(1)} ${(15 - (14 * value) / highest).toFixed(1)}`).join('');
  return drawn('svg', { class: 'spark', viewBox: '0 0 88 16', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, drawn('path', { d }));
}

function follow(name) {
  go('events', new URLSearchParams([['topic', name], ['last', '50']]));
}

function rowOf(name) {
  if (!rows.has(name)) {
    const link = around('a', '', topicOf(name));
    link.href = `events?${new URLSearchParams([['topic', name], ['last', '50']])}`;
    link.addEventListener('click', (click) => {
      if (!click.metaKey && !click.ctrlKey && !click.shiftKey) {
        click.preventDefault();
        follow(name);
      }
    });
    const row = around('tr', '', around('td', '', link), element('td', '', 'n'), element('td', '', 'wide'), element('td', '', 'n'), element('td', '', 'asked wide'), element('td', '', 'n wide'), element('td', '', 'n wide'));
    rows.set(name, row);
  }
  return rows.get(name);
}

function fill(row, entry) {
  const values = lately.get(nameOf(entry)) ?? [];
  const texts = { 1: rateOf(entry.rate), 3: whole(entry.streams), 4: entry.selector ? kindOf(entry.selector) : '', 5: whole(entry.stored), 6: entry.time ? ago(entry.time) : '' };
  for (const [i, text] of Object.entries(texts)) {
    if (row.cells[i].textContent !== text) {
      row.cells[i].textContent = text;
    }
  }
  row.cells[2].replaceChildren(...(values.length > 1 ? [spark(values)] : []));
  row.cells[6].title = entry.id ?? '';
}

function remember(list) {
  const there = new Set(list.map(nameOf));
  [...lately.keys()].filter((name) => !there.has(name)).forEach((name) => lately.delete(name));
  for (const entry of list) {
    const values = lately.get(nameOf(entry)) ?? [];
    values.push(entry.rate);
    lately.set(nameOf(entry), values.slice(-POINTS));
  }
}

function draw({ topics, selectors, found, active, unread }) {
  const list = (topics ?? selectors).sort(SORTS[sort]);
  remember(list);
  const pointed = place.querySelector('tr:hover, tr:focus-within');
  const shown = new Set(list.map(nameOf));
  for (const [name, row] of rows) {
    if (!shown.has(name)) {
      row.remove();
      rows.delete(name);
    }
  }
  list.forEach((entry) => {
    const row = rowOf(nameOf(entry));
    fill(row, entry);
    if (!row.isConnected || !pointed) {
      // While one points at a row the order holds still.
      place.append(row);
    }
  });
  const more = found > list.length ? `, the first ${whole(list.length)} of ${whole(found)}` : '';
  const left = unread ? `, ${whole(unread)} events not counted yet` : '';
  byId('topics-fact').textContent = `${selectors ? `${whole(found)} ${found === 1 ? 'selector' : 'selectors'}, ` : ''}${whole(active)} active ${active === 1 ? 'topic' : 'topics'}${more}${left}`;
  byId('topics-count').textContent = whole(active);
  const nothing = byId('topics-nothing');
  nothing.hidden = list.length > 0;
  if (!list.length) {
    nothing.replaceChildren(element('h2', q.value ? `No ${by} contains “${q.value}”` : 'Nothing yet'), element('p', by === 'topic' ? 'Topics show here when something is published to them, as long as it is stored.' : 'No stream is open.'));
  }
  document.querySelectorAll('#page-topics th[data-sort]').forEach((head) => {
    if (head.dataset.sort === sort) {
      head.setAttribute('aria-sort', sort === 'name' ? 'ascending' : 'descending');
    } else {
      head.removeAttribute('aria-sort');
    }
  });
}

/** Asks the hub, which need not answer what was asked before. Returns nothing; what it says is shown. */
async function read() {
  question.abort();
  if (isOver) {
    return;
  }
  question = new AbortController();
  const { signal } = question;
  const query = new URLSearchParams({ by, limit: MOST, ...(q.value.trim() ? { q: q.value.trim() } : {}) });
  if (ORDERS[by][sort]) {
    query.set('sort', ORDERS[by][sort]);
  }
  pending += 1;
  try {
    const answer = await (await ask(`hub/topics?${query}`, { signal })).json();
    if (!signal.aborted) {
      byId('topics-loading').hidden = true;
      say(byId('topics-state'), '');
      draw(answer);
    }
  } catch ({ status, message }) {
    if (!signal.aborted && (status !== 401 || (await isStillGood()))) {
      byId('topics-loading').hidden = true;
      say(byId('topics-state'), message, 'bad');
    }
  } finally {
    pending -= 1;
  }
}

function keepAddress(asStep) {
  const parts = new URLSearchParams();
  if (q.value.trim()) {
    parts.set('q', q.value.trim());
  }
  if (by !== 'topic') {
    parts.set('by', by);
  }
  if (sort !== 'newest') {
    parts.set('sort', sort);
  }
  keep('topics', parts, asStep);
}

function showBy() {
  place.closest('.list').classList.toggle('by-topic', by === 'topic');
  document.querySelectorAll('#page-topics [data-by]').forEach((button) => {
    button.setAttribute('aria-pressed', button.dataset.by === by);
  });
}

function change(asStep = true) {
  showBy();
  keepAddress(asStep);
  read();
}

/** Makes the page ready for whoever is logged in. */
export function prepareTopics({ user, subscribe }) {
  const may = covers(subscribe, '/hub/topics');
  addPage('topics', {
    fact: 'what is published, and who listens',
    refused: () => (may ? null : { what: 'to read /hub/topics', has: `of ${user ?? 'nobody'} may read ${subscribe.join(' and ') || 'public events only'}`, claim: { subscribe: [...subscribe, '/hub/{+any}'] } }),
    show: (query) => {
      q.value = query.get('q') ?? '';
      by = query.get('by') === 'selector' ? 'selector' : 'topic';
      sort = Object.hasOwn(SORTS, query.get('sort')) ? query.get('sort') : 'newest';
      showBy();
      read();
      clearInterval(timer);
      timer = setInterval(() => {
        if (!document.hidden && !pending && currentPage() === 'topics') {
          read();
        }
      }, REFRESH_MS);
    },
    leave: () => clearInterval(timer),
  });
}

ended.then(() => {
  isOver = true;
  question.abort();
  byId('topics-loading').hidden = true;
});
q.addEventListener('input', () => change(false));
document.querySelectorAll('#page-topics [data-by]').forEach((button) => {
  button.addEventListener('click', () => {
    by = button.dataset.by;
    rows.forEach((row) => row.remove());
    rows.clear();
    lately.clear();
    change();
  });
});
document.querySelectorAll('#page-topics th[data-sort] .sort').forEach((button) => {
  button.addEventListener('click', () => {
    sort = button.closest('th').dataset.sort;
    place.querySelectorAll('tr').forEach((row) => row.remove());
    change();
  });
});
