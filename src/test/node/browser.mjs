// A browser whose tabs are threads. It keeps their locks, as the Web Locks specification has it.

import { Worker } from 'node:worker_threads';

export class Browser {
  /** The requests for each lock, in order. The first of those that are granted holds it. */
  #locks = new Map();

  tabs = new Set();

  /** Opens a tab that listens to topics: texts, or pairs of a topic and where to begin. Several tokens follow each other. */
  open(url, topics, { token = 'x', ...options } = {}) {
    const pairs = topics.map((topic) => [topic, {}].flat().slice(0, 2)).map(([topic, options]) => [topic, options]);
    const worker = new Worker(new URL('./tab.mjs', import.meta.url), { workerData: { url, token, topics: pairs, ...options } });
    const tab = new Tab(this, worker);
    this.tabs.add(tab);
    worker.on('message', (message) => (message.lock ? this.#lock(tab, message) : tab.tell(message)));
    worker.on('error', (error) => tab.errors.push(error));
    worker.on('exit', () => this.#gone(tab));
    return tab;
  }

  /** The tab that reads for the others. */
  leader() {
    for (const [name, [first]] of this.#locks) {
      if (first?.isGranted && !/ [\d-]+$/.test(name)) {
        return first.tab;
      }
    }
    return undefined;
  }

  async close() {
    await Promise.all([...this.tabs].map((tab) => tab.kill()));
  }

  #lock(tab, { lock, name, number, steal }) {
    const queue = this.#locks.get(name) ?? [];
    this.#locks.set(name, queue);
    if (lock === 'leave') {
      this.#remove(queue, (request) => request.tab === tab && request.number === number);
    } else if (steal) {
      queue.filter(({ isGranted }) => isGranted).forEach((held) => held.tab.post({ stolen: held.number }));
      this.#remove(queue, ({ isGranted }) => isGranted);
      queue.unshift({ tab, number });
    } else {
      queue.push({ tab, number });
    }
    this.#grant(name, queue);
  }

  #remove(queue, isGone) {
    queue.splice(0, Infinity, ...queue.filter((request) => !isGone(request)));
  }

  #grant(name, [first]) {
    if (first && !first.isGranted) {
      first.isGranted = true;
      first.tab.post({ granted: first.number, name });
    }
  }

  #gone(tab) {
    this.tabs.delete(tab);
    for (const [name, queue] of this.#locks) {
      this.#remove(queue, (request) => request.tab === tab);
      this.#grant(name, queue);
    }
  }
}

class Tab {
  heard = [];
  errors = [];
  state = '';
  tokens = 0;
  #worker;

  constructor(browser, worker) {
    this.#worker = worker;
  }

  tell({ topic, data, state, why, asksForToken }) {
    if (asksForToken) {
      this.tokens += 1;
    } else if (topic) {
      this.heard.push([topic, data]);
    } else {
      this.state = state;
      this.why = why;
    }
  }

  /** What it has heard of a topic. */
  data(topic) {
    return this.heard.filter(([each]) => each === topic).map(([, data]) => data);
  }

  post(message) {
    this.#worker.postMessage(message);
  }

  add(topic, options = {}) {
    this.post({ add: [topic, options] });
  }

  remove(topic) {
    this.post({ remove: topic });
  }

  /** Ends it as a browser ends a tab that has crashed: at once. */
  kill() {
    return this.#worker.terminate();
  }
}
