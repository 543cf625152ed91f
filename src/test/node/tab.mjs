// One tab of a browser, as far as the module knows one: a thread with the locks of all threads, which may be killed at any
// time. It tells what it hears. The browser itself is in TidingsInBrowserIT.

import { parentPort, workerData } from 'node:worker_threads';
import { tidings } from './module.mjs';

const asked = new Map();
let numbers = 0;

/** navigator.locks, kept in the thread that starts the tabs. */
const locks = {
  request(name, options, work) {
    const { steal = false, signal } = work ? options : {};
    const number = (numbers += 1);
    return new Promise((resolve, reject) => {
      asked.set(number, { work: work ?? options, resolve, reject });
      parentPort.postMessage({ lock: 'ask', name, number, steal });
      signal?.addEventListener('abort', () => {
        if (asked.get(number)?.work) {
          asked.delete(number);
          parentPort.postMessage({ lock: 'leave', name, number });
          reject(signal.reason);
        }
      });
    });
  },
};

Object.defineProperty(globalThis, 'navigator', { value: { locks }, configurable: true });
globalThis.location = { href: 'http://127.0.0.1/' };
const page = new EventTarget();
globalThis.addEventListener = page.addEventListener.bind(page);

parentPort.on('message', async ({ granted, stolen, name, freeze, options, add, remove, retry, say }) => {
  if (granted) {
    const request = asked.get(granted);
    if (!request) {
      parentPort.postMessage({ lock: 'leave', name, number: granted });
      return;
    }
    const { work } = request;
    request.work = undefined;
    await work();
    parentPort.postMessage({ lock: 'leave', name, number: granted });
    request.resolve();
  } else if (stolen) {
    asked.get(stolen)?.reject(new DOMException('stolen', 'AbortError'));
  } else if (freeze) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, freeze);
  } else if (retry) {
    hub.retry();
  } else if (say) {
    page.dispatchEvent(new Event(say));
  } else if (add) {
    listen(add);
  } else if (remove) {
    offs.get(remove)();
  }
});

const { url, token, topics, silence, share, closeAt } = workerData;
const tokens = [token].flat();
const hub = tidings(url, {
  // Without one the cookie counts.
  token: token && (() => {
    parentPort.postMessage({ asksForToken: true });
    return tokens.length > 1 ? tokens.shift() : tokens[0];
  }),
  silence,
  share,
  state: (state, why) => {
    parentPort.postMessage({ state, why });
    if (state === closeAt) {
      hub.close();
    }
  },
});
const offs = new Map();

function listen([topic, options]) {
  offs.set(topic, hub.on(topic, ({ data }) => parentPort.postMessage({ topic, data }), options));
}

topics.forEach(listen);
