// The registry as a live table. The stream opens before the list is read, so that nobody is missed in between.

import { ask, byId, element, say, timeOfDay } from './page.js';
import { LiveStream } from './live-stream.js';

const MOST = 1000;
const REFRESH_MS = 5000;

const state = byId('clients-state');
const rows = byId('rows');

/** The rows by the ids of their clients. */
const shown = new Map();

let mayDisconnect = false;

const path = (id) => `clients/${encodeURIComponent(id)}`;

function cell(label, text, className = '') {
  const made = element('td', text, className);
  made.dataset.label = label;
  return made;
}

function disconnectButton(client) {
  const button = element('button', 'Disconnect', 'plain');
  button.type = 'button';
  button.setAttribute('aria-label', `Disconnect ${client.user ?? 'the anonymous client'} at ${client.address}`);
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      await ask(path(client.id), { method: 'DELETE' });
      say(state, `Disconnected ${client.user ?? 'an anonymous client'}; its browser will reconnect.`);
    } catch ({ status, message }) {
      button.disabled = false;
      say(state, status === 404 ? 'That client has left.' : message, 'bad');
    }
  });
  return button;
}

function show(client) {
  const row = shown.get(client.id) ?? rows.appendChild(element('tr'));
  const button = row.querySelector('button') ?? disconnectButton(client);
  const last = cell('Last event id', '');
  last.append(element('code', client.lastEventId));
  const end = element('td');
  if (mayDisconnect) {
    end.append(button);
  }
  row.title = client.userAgent;
  const focused = document.activeElement === button;
  row.replaceChildren(
    cell('User', client.user ?? '—'),
    cell('Topics', client.topics.join(' '), 'topics'),
    cell('Address', client.address),
    cell('Since', timeOfDay(client.connectedAt)),
    cell('State', client.state),
    cell('Delivered', client.queued ? `${client.delivered} (+${client.queued} queued)` : client.delivered),
    last,
    end,
  );
  if (focused) {
    button.focus();
  }
  shown.set(client.id, row);
}

function drop(id) {
  shown.get(id)?.remove();
  shown.delete(id);
}

function count() {
  byId('count').textContent = shown.size;
  byId('clients-scroll').hidden = false;
}

async function read() {
  const response = await ask(`clients?limit=${MOST}`);
  const clients = await response.json();
  const ids = new Set(clients.map(({ id }) => id));
  [...shown.keys()].filter((id) => !ids.has(id)).forEach(drop);
  clients.forEach(show);
  count();
}

function changed({ type, data }) {
  const client = JSON.parse(data);
  if (type === 'client.connected') {
    show(client);
  } else {
    drop(client.id);
  }
  count();
}

/** Follows the registry, when the token names it: a selector for everything is not enough. */
export function followClients({ subscribe, publish }) {
  const names = (selector) => selector.startsWith('/clients');
  if (!subscribe.some(names)) {
    say(state, 'Your token may not see who is connected: that takes an operator’s.');
    return;
  }
  mayDisconnect = publish.some(names);
  const refused = ({ message }) => say(state, message, 'bad');
  new LiveStream(['/clients/{id}'], {
    event: changed,
    gap: () => read().catch(refused),
    state: (word) => {
      if (word === 'live') {
        read().catch(refused);
      }
    },
  });
  setInterval(() => {
    if (!document.hidden) {
      read().catch(refused);
    }
  }, REFRESH_MS);
}
