// Reads a stream with one of the clients and writes what it tells, a JSON object a line.
//
//     node read.mjs <client> <address> <headers as JSON>

import { fetchEventSource } from '@microsoft/fetch-event-source/lib/cjs/index.js';
import { EventSource } from 'eventsource';
import polyfill from 'event-source-polyfill';

const TYPES = ['message', 'invoice.paid', 'räksmörgås 三明治'];

/** How long the polyfill waits for anything before it gives a connection up; its own is 45 s. */
const NO_ACTIVITY = 1000;

const [client, address, headers] = [process.argv[2], process.argv[3], JSON.parse(process.argv[4])];

function tell(what) {
  process.stdout.write(JSON.stringify(what) + '\n');
}

function listen(source) {
  source.onopen = () => tell({ opened: true });
  for (const type of TYPES) {
    source.addEventListener(type, ({ lastEventId, data }) => tell({ type, id: lastEventId, data }));
  }
}

const clients = {
  'eventsource': () => listen(new EventSource(address, {
    fetch: (url, init) => fetch(url, { ...init, headers: { ...init.headers, ...headers } }),
  })),

  'event-source-polyfill': () => listen(new polyfill.EventSourcePolyfill(address, {
    headers,
    heartbeatTimeout: NO_ACTIVITY,
  })),

  '@microsoft/fetch-event-source': () => fetchEventSource(address, {
    headers,
    openWhenHidden: true,
    onopen: async () => tell({ opened: true }),
    // It tells of blocks without data, too, which browsers pass over. At the Mercure door there are none.
    onmessage: ({ event, id, data }) => tell({ type: event || 'message', id, data }),
    // It reconnects after an error; an end it takes for the end unless it is made one.
    onclose: () => { throw new Error('ended'); },
    onerror: () => undefined,
  }),
};

// What a browser has and node has not: two of the clients ask for it.
globalThis.window = globalThis;
globalThis.document = { hidden: false, addEventListener() {}, removeEventListener() {} };

await clients[client]();
