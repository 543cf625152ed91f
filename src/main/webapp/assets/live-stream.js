// A stream of the hub in a page: an EventSource that also says how it is and, when it is refused, why.

import { ask } from './page.js';

export class LiveStream {
  /**
   * @param topics selectors; none is the inbox
   * @param on handlers: event({id, topics, type, data, time}), gap(), expiring(instant), state(word, reconnects,
   *     detail), where the word is connecting, live, reconnecting or refused, and a refusal has its reason in detail
   */
  constructor(topics, on) {
    const query = new URLSearchParams([['frame', 'json'], ...topics.map((topic) => ['topic', topic])]);
    this.url = `events?${query}`;
    this.on = on;
    this.opened = 0;
    this.closed = false;
    this.open();
  }

  close() {
    this.closed = true;
    this.source.close();
  }

  say(word, detail = '') {
    this.on.state(word, Math.max(0, this.opened - 1), detail);
  }

  open() {
    this.source = new EventSource(this.url);
    this.say('connecting');
    this.source.onopen = () => {
      this.opened += 1;
      this.say('live');
    };
    this.source.onmessage = ({ data }) => this.on.event(JSON.parse(data));
    this.source.addEventListener('gap', () => this.on.gap?.());
    this.source.addEventListener('expiring', ({ data }) => this.on.expiring?.(JSON.parse(data).expires));
    this.source.onerror = () => {
      if (this.source.readyState === EventSource.CONNECTING) {
        this.say('reconnecting');
      } else {
        this.explain();
      }
    };
  }

  /** EventSource does not say why it was refused, so the hub is asked the same once more, and its words are read. */
  async explain() {
    const allowed = await ask('token').then((response) => response.json(), () => null);
    const detail = allowed ? await this.refusal() : 'You are logged out: the token has ended or is not good any more.';
    if (!this.closed) {
      this.say('refused', detail);
    }
  }

  async refusal() {
    const asking = new AbortController();
    try {
      await ask(this.url, { headers: { Accept: 'text/event-stream' }, signal: asking.signal });
      asking.abort();
      return 'The hub ended the stream; follow again to reconnect.';
    } catch ({ message }) {
      return message;
    }
  }
}
