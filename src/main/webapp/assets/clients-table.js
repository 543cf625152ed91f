// The registry as a live table. The stream that brings who comes and goes is open before the list is read, so that
// nobody is missed in between; what it brings during a reading is applied after it. However many come and go at once, the
// table is changed once a frame, and where they are more than it shows the list is read instead.

import { ended, isStillGood } from './account.js';
import { whyButtons } from './explain.js';
import { ask, byId, element, say, timeOfDay } from './page.js';

const MOST = 1000;
const REFRESH_MS = 5000;
const COLUMNS = ['User', 'Topics', 'Address', 'Node', 'Since', 'State', 'Delivered', 'Last event id'];

const state = byId('clients-state');
const scroll = byId('clients-scroll');
const rows = byId('rows');

/** The rows by the ids of their clients. */
const shown = new Map();

/** What is not in the table yet: the newest event about each client, by its topic. */
const changes = new Map();

let frame = 0;
let reading = false;
let toBeRead = false;
let areMore = false;
let isOver = false;
let readable = false;
let mayDisconnect = false;

const names = (selector) => /^\/clients([/{?*]|$)/.test(selector);
const path = (id) => `clients/${encodeURIComponent(id)}`;

function disconnectButton({ id, user, address }) {
  const button = element('button', 'Disconnect', 'plain');
  button.type = 'button';
  button.setAttribute('aria-label', `Disconnect ${user ?? 'the anonymous client'} at ${address}`);
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      await ask(path(id), { method: 'DELETE' });
      say(state, `Disconnected ${user ?? 'an anonymous client'}; its browser will reconnect.`);
    } catch (refusal) {
      button.disabled = false;
      if (refusal.status === 404) {
        say(state, 'That client has left.', 'bad');
      } else {
        await sayWhy(refusal);
      }
    }
  });
  return button;
}

function cell(name) {
  const made = element('td');
  made.setAttribute('role', 'cell');
  made.dataset.label = name;
  return made;
}

function newRow(client) {
  const row = element('tr');
  row.setAttribute('role', 'row');
  row.title = client.userAgent;
  row.append(...COLUMNS.map(cell));
  const end = cell('');
  if (client.user !== null) {
    end.append(...whyButtons({ user: client.user }, `Why did ${client.user} get an event, or not?`));
  }
  if (mayDisconnect) {
    end.append(disconnectButton(client));
  }
  row.append(end);
  shown.set(client.id, row);
  rows.append(row);
  return row;
}

/** Shows a client, in place: whoever reads, selects or is about to press something there is not disturbed. */
function show(client) {
  const row = shown.get(client.id) ?? newRow(client);
  const texts = [
    client.user ?? '—',
    client.topics.join(' '),
    client.address,
    client.node,
    timeOfDay(client.connectedAt),
    client.state,
    client.queued ? `${client.delivered} (+${client.queued} queued)` : `${client.delivered}`,
    client.lastEventId,
  ];
  texts.forEach((text, i) => {
    if (row.cells[i].textContent !== text) {
      row.cells[i].textContent = text;
    }
  });
}

function drop(id) {
  const row = shown.get(id);
  if (row?.contains(document.activeElement)) {
    scroll.focus();
  }
  row?.remove();
  shown.delete(id);
}

function apply({ type, data }) {
  const client = JSON.parse(data);
  if (type !== 'client.connected') {
    drop(client.id);
    if (client.reason === 'lost') {
      say(state, `The node ${client.node} is gone, and its clients with it.`, 'bad');
    }
  } else if (shown.size < MOST || shown.has(client.id)) {
    show(client);
  } else {
    areMore = true;
  }
}

function count() {
  byId('count').textContent = areMore ? `the first ${MOST}` : shown.size;
  scroll.hidden = false;
}

/** Reads the list; one at a time. */
async function read() {
  if (reading || isOver) {
    return;
  }
  reading = true;
  toBeRead = false;
  try {
    const response = await ask(`clients?limit=${MOST}`);
    const clients = await response.json();
    const ids = new Set(clients.map(({ id }) => id));
    [...shown.keys()].filter((id) => !ids.has(id)).forEach(drop);
    clients.forEach(show);
    areMore = response.headers.has('Link');
    if (!readable) {
      say(state, '');
    }
    readable = true;
    applyChanges();
    count();
  } catch (refusal) {
    readable = false;
    await sayWhy(refusal);
  } finally {
    reading = false;
    if (toBeRead) {
      drawSoon();
    }
  }
}

/** What is refused because the token has ended is said elsewhere on the page. */
async function sayWhy({ status, message }) {
  if ((status !== 401 || (await isStillGood())) && !isOver) {
    say(state, message, 'bad');
  }
}

function applyChanges() {
  changes.forEach(apply);
  changes.clear();
}

function draw() {
  frame = 0;
  if (reading || isOver) {
    return;
  }
  if (toBeRead) {
    changes.clear();
    read();
  } else {
    applyChanges();
    count();
  }
}

function drawSoon() {
  frame ||= requestAnimationFrame(draw);
}

/** Whether an event is about a client. */
export const isAboutClient = ({ type, topics }) =>
  (type === 'client.connected' || type === 'client.disconnected') && topics.some((topic) => topic.startsWith('/clients/'));

/** Takes an event about a client. A page that is hidden has no frames, and keeps no more of them than it shows. */
export function clientChanged(event) {
  changes.set(event.topics.join(), event);
  if (changes.size > MOST) {
    changes.clear();
    toBeRead = true;
  }
  drawSoon();
}

ended.then(() => {
  isOver = true;
  say(state, '');
});

/**
 * Makes the table ready for whoever is logged in.
 *
 * @returns the topic selector that the stream has to follow for it, or nothing when the token may not: a selector for
 *     everything does not make an operator
 */
export function prepareClients({ subscribe, publish }) {
  if (!subscribe.some(names)) {
    say(state, 'Your token may not see who is connected: that takes an operator’s token.');
    return [];
  }
  mayDisconnect = publish.some(names);
  setInterval(() => {
    if (readable && !document.hidden) {
      read();
    }
  }, REFRESH_MS);
  return ['/clients/{id}'];
}

/** The stream is open (again). */
export const readClients = read;
