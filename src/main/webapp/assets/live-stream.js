// A stream of the hub in a page: an EventSource that also says how it is and why it was refused, and that comes back
// where an EventSource gives up.

import { isStillGood } from './account.js';
import { ask, ROOT } from './page.js';
import './polling-source.js';

const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 30_000;

/** Refusals that asking again does not change. These others come of a hub that starts, stops or has too much to do. */
const isForGood = (status) => status >= 400 && status < 500 && ![404, 408, 429].includes(status);

export class LiveStream {
  /**
   * @param topics selectors; none is the inbox
   * @param on handlers: event({id, topics, type, data, time}), gap(), expiring(instant), state(word, reconnects,
   *     detail), where the word is connecting, live, reconnecting or refused, and a refusal has its reason in detail
   * @param mayGoOn asked when the stream has broken off or come back; false closes it
   * @param start where it begins if not now: parameters of the query, or the last event id
   */
  constructor(topics, on, mayGoOn = isStillGood, { last, query = [] } = {}) {
    this.query = [['frame', 'json'], ...query, ...topics.map((topic) => ['topic', topic])];
    this.last = last;
    this.on = on;
    this.mayGoOn = mayGoOn;
    this.opened = 0;
    this.wait = FIRST_WAIT_MS;
    this.closed = false;
    this.say('connecting');
    this.open();
  }

  close() {
    this.closed = true;
    this.source.close();
    clearTimeout(this.timer);
  }

  /** Tries at once, and not only when the browser would. */
  retry() {
    clearTimeout(this.timer);
    this.source.close();
    this.comeBack();
  }

  say(word, detail = '') {
    this.word = word;
    this.on.state?.(word, Math.max(0, this.opened - 1), detail);
  }

  open() {
    // One stream alone, whoever asks for another one.
    this.source?.close();
    const resume = this.last ? [['lastEventID', this.last]] : [];
    this.url = new URL(`events?${new URLSearchParams([...this.query, ...resume])}`, ROOT);
    this.source = new EventSource(this.url);
    this.source.onopen = () => this.isOpen();
    this.listen('message', (event) => this.on.event(event));
    this.listen('gap', () => this.on.gap?.());
    this.listen('expiring', ({ expires }) => this.on.expiring?.(expires));
    this.source.onerror = () => this.hasFailed();
  }

  listen(type, handle) {
    this.source.addEventListener(type, ({ data, lastEventId }) => {
      this.last = lastEventId;
      handle(JSON.parse(data));
    });
  }

  async isOpen() {
    this.opened += 1;
    this.wait = FIRST_WAIT_MS;
    this.say('live');
    if (this.opened > 1) {
      await this.goesOn();
    }
  }

  async hasFailed() {
    const { source, word } = this;
    this.say('reconnecting');
    const refused = source.readyState === EventSource.CLOSED;
    // While it cannot reach the hub it fails every few seconds, and asking more often would not help.
    if ((refused || word === 'live') && (await this.goesOn()) && refused) {
      await this.explain(source);
    }
  }

  /** Whether it is not closed, and need not be. */
  async goesOn() {
    if (!this.closed && !(await this.mayGoOn())) {
      this.close();
    }
    return !this.closed;
  }

  /** EventSource does not say why it was refused, so the hub is asked the same once more, and its words are read. */
  async explain(source) {
    const { status, message } = await this.refusal();
    if (this.closed || this.source !== source) {
      return;
    }
    if (isForGood(status)) {
      this.say('refused', message);
    } else {
      this.timer = setTimeout(() => this.comeBack(), this.wait * (0.5 + Math.random()));
      this.wait = Math.min(2 * this.wait, LONGEST_WAIT_MS);
    }
  }

  async refusal() {
    const asking = new AbortController();
    try {
      await ask(this.url, { headers: { Accept: 'text/event-stream' }, signal: asking.signal });
      return { status: 200 };
    } catch (refusal) {
      return refusal;
    } finally {
      asking.abort();
    }
  }

  comeBack() {
    if (this.opened && !this.last) {
      // An EventSource knows where it was before its first event, and tells nobody.
      this.on.gap?.();
    }
    this.open();
  }
}
