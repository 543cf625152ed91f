// An EventSource for browsers that have none: it asks the hub again and again, and each time the hub waits for an event.

/** How long the hub waits, below the minute after which some proxies give a request up. */
const WAIT_S = 25;

const RETRY_MS = 2000;
const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 2;

/** Whether asking again may help: the hub starts, stops or has too much to do. */
const mayComeBack = (status) => status === 429 || status >= 500;

const pause = (ms) => new Promise((resolve) => {
  setTimeout(resolve, ms);
});

export class PollingSource extends EventTarget {
  constructor(address, { withCredentials = false } = {}) {
    super();
    this.url = new URL(address, document.baseURI).href;
    this.withCredentials = withCredentials;
    this.readyState = CONNECTING;
    this.asking = new AbortController();
    for (const type of ['open', 'message', 'error']) {
      this.addEventListener(type, (event) => this[`on${type}`]?.(event));
    }
    this.run();
  }

  close() {
    this.readyState = CLOSED;
    this.asking.abort();
  }

  async run() {
    while (this.readyState !== CLOSED) {
      const failure = await this.ask();
      if (failure && this.readyState !== CLOSED) {
        this.readyState = mayComeBack(failure.status) ? CONNECTING : CLOSED;
        this.dispatchEvent(new Event('error'));
        await pause(failure.retry * (0.5 + Math.random()));
      }
    }
  }

  /** Asks once. Returns how it failed, or nothing. */
  async ask() {
    let response;
    let answer;
    try {
      response = await fetch(this.address(), {
        headers: { Accept: 'application/json' },
        cache: 'no-store',
        credentials: this.withCredentials ? 'include' : 'same-origin',
        signal: this.asking.signal,
      });
      answer = response.ok ? await response.json() : null;
    } catch {
      return { status: 503, retry: RETRY_MS };
    }
    if (!answer) {
      return { status: response.status, retry: 1000 * Number(response.headers.get('Retry-After')) || RETRY_MS };
    }
    this.take(answer);
    return null;
  }

  /** The first time the hub does not wait, so that the page knows at once that it is connected, and where it is. */
  address() {
    const url = new URL(this.url);
    if (this.last) {
      // The last of them counts.
      url.searchParams.append('lastEventID', this.last);
      url.searchParams.set('wait', WAIT_S);
    }
    return url;
  }

  take({ events, gap, lastEventId, more }) {
    if (this.readyState === CONNECTING) {
      this.readyState = OPEN;
      this.dispatchEvent(new Event('open'));
    }
    this.last = lastEventId;
    if (gap) {
      this.tell('gap', JSON.stringify(gap), lastEventId);
    }
    const whole = new URL(this.url).searchParams.get('frame') === 'json';
    for (const event of events) {
      if (whole) {
        this.tell('message', JSON.stringify(event), event.id);
      } else {
        this.tell(event.type ?? 'message', event.data, event.id);
      }
    }
    if (!more && !this.caughtUp) {
      this.caughtUp = true;
      if (new URL(this.url).searchParams.get('caught-up') === 'true') {
        this.tell('caught-up', JSON.stringify({ lastEventId }), lastEventId);
      }
    }
  }

  tell(type, data, lastEventId) {
    if (this.readyState !== CLOSED) {
      this.dispatchEvent(new MessageEvent(type, { data, lastEventId, origin: new URL(this.url).origin }));
    }
  }
}

Object.assign(PollingSource, { CONNECTING, OPEN, CLOSED });

/** Whether the browser has an EventSource of its own. If not, it has this one from now on. */
export const hasEventSource = 'EventSource' in window;

if (!hasEventSource) {
  window.EventSource = PollingSource;
}
