// The console: the stream of whoever is logged in, a form to send, the token, the clients.

import { account } from './account.js';
import { followClients } from './clients-table.js';
import { showEvent, showNote } from './event-list.js';
import { LiveStream } from './live-stream.js';
import { byId, say, timeOfDay } from './page.js';
import { prepare } from './send-form.js';
import { showOwn } from './token-inspector.js';

const STATES = {
  connecting: ['Connecting…', ''],
  live: ['Live', 'good'],
  reconnecting: ['Disconnected; connecting again…', 'bad'],
};

let stream = null;

function follow() {
  stream?.close();
  stream = new LiveStream(byId('topics').value.split(/\s+/).filter(Boolean), {
    event: showEvent,
    gap: () => showNote('Something may have been missed here: the hub no longer holds it.'),
    expiring: (instant) => showNote(`The token, and with it the stream, ends at ${timeOfDay(instant)}.`),
    state: (word, reconnects, detail) => {
      say(byId('state'), ...(STATES[word] ?? [detail, 'bad']));
      byId('reconnects').textContent = reconnects;
    },
  });
}

byId('follow').addEventListener('submit', (submission) => {
  submission.preventDefault();
  follow();
});

if ('EventSource' in window) {
  account.then(
    (allowed) => {
      if (!allowed) {
        byId('outside').hidden = false;
        return;
      }
      byId('inside').hidden = false;
      prepare(allowed);
      showOwn(allowed);
      follow();
      followClients(allowed);
    },
    ({ message }) => {
      byId('outside').hidden = false;
      byId('why').textContent = `${message} `;
    },
  );
} else {
  byId('outside').hidden = false;
  byId('outside').textContent = 'This browser has no EventSource, so it cannot show a stream.';
}
