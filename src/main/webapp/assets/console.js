// The console: the stream of whoever is logged in, a form to send, the token, the clients. One stream carries it all,
// since a browser opens six connections to a host and no more.

import { account, announceEnd, ended } from './account.js';
import { clientChanged, isAboutClient, prepareClients, readClients } from './clients-table.js';
import { showEvent, showNote } from './event-list.js';
import { prepareExplain } from './explain.js';
import { LiveStream } from './live-stream.js';
import { byId, say } from './page.js';
import { hasEventSource } from './polling-source.js';
import { prepare } from './send-form.js';
import { showOwn } from './token-inspector.js';

const STATES = {
  connecting: ['Connecting…', ''],
  live: ['Live', 'good'],
  reconnecting: ['Disconnected; connecting again…', 'bad'],
};

let inbox = [];
let clients = [];
let stream = null;

function follow() {
  const asked = byId('topics').value.split(/\s+/).filter(Boolean);
  const wantsClients = asked.some((selector) => selector === '*' || selector.startsWith('/clients'));
  stream?.close();
  stream = new LiveStream([...(asked.length ? asked : inbox), ...clients], {
    event: (event) => {
      if (clients.length && isAboutClient(event)) {
        clientChanged(event);
      }
      if (wantsClients || !isAboutClient(event)) {
        showEvent(event);
      }
    },
    gap: () => showNote('Events may be missing here: the hub no longer stores them.'),
    expiring: announceEnd,
    state: (word, reconnects, detail) => {
      say(byId('state'), ...(STATES[word] ?? [detail, 'bad']));
      byId('reconnects').textContent = reconnects;
      if (word === 'live' && clients.length) {
        readClients();
      }
    },
  });
}

function begin(allowed) {
  byId('inside').hidden = false;
  prepare(allowed);
  showOwn(allowed);
  prepareExplain(allowed);
  clients = prepareClients(allowed);
  inbox = clients.length ? [...(allowed.user ? [`/users/${encodeURIComponent(allowed.user)}`] : []), '/all'] : [];
  follow();
}

function askToLogIn(why) {
  byId('outside').hidden = false;
  byId('why').textContent = why;
}

function sayWhyNot({ status, message }) {
  askToLogIn(`${message} `);
  if (status !== 401) {
    // Another token would not help.
    byId('outside').textContent = message;
  }
}

/** What was read stays; why it ended, and what to do, is said above. */
function stop() {
  stream.close();
  say(byId('state'), 'Ended', 'bad');
  byId('follow').querySelector('button').hidden = true;
}

byId('follow').addEventListener('submit', (submission) => {
  submission.preventDefault();
  follow();
});

byId('no-event-source').hidden = hasEventSource;
account.then((allowed) => (allowed ? begin(allowed) : askToLogIn('')), sayWhyNot);
ended.then(stop);
