// The events of a Tidings hub, in browsers and in Node. docs/javascript.md of Tidings shows how to use it.
//
// From the bottom up: blocks() reads text/event-stream. matcher() knows what a selector matches. Requests has the token.
// sse, poll and ws are three ways to read. Place knows what a tab has had. Stream reads for all tabs of a browser. Hub is
// what you see of it. What comes from the hub is a list of facts: {id} is a position, {id, event} an event.
//
// Over 300 lines, since it is one file, which a page loads at once.

/** How long to wait before the first attempt to open a stream again, until the hub says so itself. */
const RETRY_MS = 2000;
const SHORTEST_MS = 100;
const LONGEST_MS = 30_000;

/** How long to wait at most, even if the hub asks for more. A clock that is set to more than 2^31 ms rings at once. */
const BOUND_MS = 3_600_000;

/** After how long without a byte of a stream the hub is asked whether something holds it back: sooner if silence may last for less than twice that. */
const PATIENCE_MS = 5000;

/** After how long of silence a stream is given up: three of the hub's heartbeats. */
const SILENCE_MS = 45_000;

/** How often a tab looks in that time, and how often in vain before it takes the stream from the tab that reads. */
const LOOKS = 4;
const TIRED = 2 * LOOKS;

/** How long a request waits for an event where nothing can be streamed: less than some proxies allow, and than silence may last. */
const WAIT_MS = 25_000;

/** When a token is renewed: these milliseconds before its end are reckoned with, whatever the clocks say. */
const SOONEST_END_MS = 4000;
const LATEST_END_MS = 30_000;

/** How many ids a tab remembers, since one that takes over begins at its own last one; and how many a new tab is told. */
const REMEMBERED = 1000;
const TOLD = 100;

/** How many events a loop may be behind, of those that were not stored when it began. */
const BEHIND = 10_000;

/** How often an event is published, at most, and the first wait between two attempts. */
const TRIES = 5;
const TRY_AGAIN_MS = 500;

const STREAM_TYPE = 'text/event-stream';

/** Why a stream is given up that is to be opened again at once. */
const AGAIN = new Error('again');

/** What is thrown where something before the hub has answered, such as the page of a network that asks one to log in. */
const notTheHub = () => new Error('What answered is not the hub.');

/** What the hub has refused, with its sentence that says why. */
export class Refusal extends Error {
  constructor(status, message, retryAfter = 0) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

async function refusalOf(response) {
  const problem = await response.json().catch(() => null);
  const after = response.headers.get('Retry-After');
  const retryAfter = after * 1000 || Date.parse(after) - Date.now() || 0;
  return new Refusal(response.status, problem?.detail ?? `The hub answered ${response.status}.`, retryAfter);
}

/** Refusals that another attempt does not change. The others are of a hub that starts, stops or has too much to do. */
const isForGood = ({ status }) => status >= 400 && status < 500 && ![404, 408, 425, 429].includes(status);

/** A text that nobody else has. Only secure origins have crypto.randomUUID. */
const random = () => crypto.getRandomValues(new Uint32Array(4)).join('-');

/** Calls a function of yours. What it throws is reported as uncaught, and stops nothing here. */
function call(yours, ...what) {
  try {
    yours?.(...what);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

/** Waits until a signal is given. One that was given before says nothing more. */
const over = (signal) =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
    }
    signal.addEventListener('abort', resolve, { once: true });
  });

/** Waits for so long, or until the network is back. */
function pause(ms, signal, network) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      network.removeEventListener?.('online', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    network.addEventListener?.('online', done);
    if (signal.aborted) {
      done();
    }
  });
}

/** Tries until it succeeds or is refused for good. Each wait is longer than the last, and no two clients wait alike. */
async function persist(attempt, { signal, failed, retry = () => RETRY_MS, tries = Infinity, network = globalThis }) {
  for (let failures = 0; ; ) {
    signal.throwIfAborted();
    try {
      return await attempt(() => {
        failures = 0;
      });
    } catch (error) {
      failures += 1;
      if (signal.aborted || isForGood(error) || failures === tries) {
        throw error;
      }
      failed?.(error);
      const least = Math.max(retry(), SHORTEST_MS);
      const wait = Math.max(error.retryAfter ?? 0, least, Math.min(least * 2 ** (failures - 1), LONGEST_MS));
      await pause(Math.min(wait, BOUND_MS) * (1 + Math.random() / 2), signal, network);
    }
  }
}

/** The chunks of a stream, which is given up when its reader returns, even if they never began. */
function chunks(stream) {
  const reader = stream.getReader();
  return {
    next: () => reader.read(),
    async return(value) {
      reader.cancel().catch(() => {});
      return { done: true, value };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Reads the text of a text/event-stream, in whatever pieces it comes (WHATWG HTML, 9.2.6): each returns its blocks. */
function blocks() {
  let rest = '';
  let isAfterCr = false;
  let id = '';
  let block = { data: [] };

  const take = {
    data: (value) => block.data.push(value),
    event: (value) => {
      block.type = value;
    },
    id: (value) => {
      id = value.includes('\0') ? id : value;
    },
    retry: (value) => {
      block.retry = /^\d+$/.test(value) ? Number(value) : block.retry;
    },
  };

  return (text) => {
    const found = [];
    const lines = (isAfterCr && text[0] === '\n' ? text.slice(1) : text).split(/\r\n?|\n/);
    isAfterCr = text ? text.endsWith('\r') : isAfterCr;
    // Only what is new is searched: a long line may come in thousands of pieces.
    lines[0] = rest + lines[0];
    rest = lines.pop();
    for (const line of lines) {
      if (line) {
        const [, name, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line);
        if (Object.hasOwn(take, name)) {
          take[name](value);
        }
      } else {
        const { data, type, retry } = block;
        found.push({ id, type: type || 'message', retry, data: data.length ? data.join('\n') : undefined });
        block = { data: [] };
      }
    }
    return found;
  };
}

const VARIABLE = /([\w.%]+)(?::(\d+)|\*)?/g;
const PART = /([^{]+)|\{([+#./;?&]?)([\w.%:*,]+)\}/g;
const TEMPLATE = /^(?:[^\s"<>\\^`{|}]|\{[+#./;?&]?[\w.%]+(?::[1-9]\d{0,3}|\*)?(?:,[\w.%]+(?::[1-9]\d{0,3}|\*)?)*\})+$/;
const UNRESERVED = /[\w.~-]|%[\dA-F]{2}(?:%[89AB][\dA-F])*/y;
const RESERVED = /[\w.~:/?#[\]@!$&'()*+,;=-]|%[\dA-F]{2}(?:%[89AB][\dA-F])*/iy;

/** Where in a topic one can be after this text, from all these places. */
const after = (text, topic, places) => places.filter((at) => topic.startsWith(text, at)).map((at) => at + text.length);

/** Where one can be after one character of a value. */
const afterOne = (character, topic, places) =>
  places.flatMap((at) => {
    character.lastIndex = at;
    return character.test(topic) ? [character.lastIndex] : [];
  });

/** Where one can be after a value of so many characters at most. No place is looked at twice. */
function afterValue(character, most, topic, places) {
  const ends = new Set(places);
  for (let edge = places, length = 0; edge.length && length < most; length += 1) {
    edge = afterOne(character, topic, edge).filter((end) => !ends.has(end) && ends.add(end));
  }
  return [...ends];
}

function afterExpression(operator, variables, topic, places) {
  const first = operator === '+' ? '' : operator;
  const further = { '': ',', '+': ',', '#': ',', '?': '&' }[operator] ?? operator;
  const character = /[+#]/.test(operator) ? RESERVED : UNRESERVED;
  let written = [];
  for (const [, name, most = Infinity] of variables.matchAll(VARIABLE)) {
    const key = { ';': name, '?': `${name}=`, '&': `${name}=` }[operator] ?? '';
    const begins = [...after(first + key, topic, places), ...after(further + key, topic, written)];
    const values =
      operator === ';'
        ? afterValue(character, most - 1, topic, afterOne(character, topic, after('=', topic, begins)))
        : afterValue(character, most, topic, begins);
    written = [...new Set([...written, ...begins, ...values])];
  }
  return [...new Set([...places, ...written])];
}

/** The test whether a selector matches a topic, as the hub has it: RFC 6570 backwards, in time linear in the topic. */
export function matcher(selector) {
  const parts = TEMPLATE.test(selector) ? [...selector.matchAll(PART)] : [];
  const isTemplate = parts.some(([, text]) => !text);
  const expandsTo = (topic) =>
    parts
      .reduce(
        (places, [, text, operator, variables]) =>
          text
            ? after(text.replace(/[^\0-\x7f]+/g, encodeURIComponent), topic, places)
            : afterExpression(operator, variables, topic, places),
        [0],
      )
      .includes(topic.length);
  return (topic) => selector === '*' || selector === topic || (isTemplate && expandsTo(topic));
}

/** Requests to the hub, with its token. Where that is refused, another one is asked for. */
class Requests {
  #base;
  #given;
  #ticket;
  #credentials;
  #known;
  #toldOf;
  #whose;

  constructor(url, { token, ticket, credentials = 'same-origin' }) {
    this.#base = new URL(url, globalThis.location?.href);
    if (this.#base.protocol === 'file:') {
      throw new TypeError('Give the address of the hub.');
    }
    this.#base.pathname = this.#base.pathname.replace(/\/?$/, '/');
    this.#given = token;
    this.#ticket = ticket;
    this.#credentials = credentials;
  }

  get base() {
    return this.#base.href;
  }

  address(path, query = []) {
    const address = new URL(path, this.#base);
    address.search = new URLSearchParams(query);
    return address;
  }

  /** The token, another one if there is a reason. Whoever asks meanwhile gets the same. */
  token(why) {
    if (why || !this.#known) {
      const asked = this.#askForToken(why);
      asked.catch(() => {
        this.#known = this.#known === asked ? undefined : this.#known;
      });
      this.#known = asked;
    }
    return this.#known;
  }

  async #askForToken(why) {
    const token = typeof this.#given === 'function' ? await this.#given(why) : this.#given;
    if (this.#given && !token) {
      throw new Refusal(401, why ?? 'There is no token.');
    }
    return token;
  }

  /** Whether there is another token, or will be another ticket. */
  async renew(why) {
    if (typeof this.#given === 'function') {
      await this.token(why);
      return true;
    }
    return Boolean(this.#ticket);
  }

  /** What lets in who cannot send a header. */
  async pass(init) {
    if (!this.#ticket && !(await this.token())) {
      return [];
    }
    const ticket = this.#ticket ? await this.#ticket() : (await this.json('tickets', { method: 'POST', ...init })).ticket;
    return [['ticket', ticket]];
  }

  /** @param init with `renewed`, which is called before it asks with another token */
  async ask(path, { query = [], accept = 'application/json', headers, renewed, ...init } = {}) {
    for (let isRenewed = false; ; isRenewed = true) {
      const token = await this.token();
      const pass = this.#ticket && path === 'events' ? await this.pass() : [];
      const response = await fetch(this.address(path, [...query, ...pass]), {
        cache: 'no-store',
        credentials: this.#credentials,
        ...init,
        headers: { Accept: accept, ...(token && { Authorization: `Bearer ${token}` }), ...headers },
      });
      if (response.ok) {
        return response;
      }
      const refusal = await refusalOf(response);
      const isOld = token !== (await this.#known);
      if (refusal.status !== 401 || isRenewed || !(isOld || (await this.renew(refusal.message)))) {
        throw refusal;
      }
      await renewed?.();
    }
  }

  async json(path, init) {
    const response = await this.ask(path, init);
    return response.json().catch((error) => {
      throw error instanceof SyntaxError ? notTheHub() : error;
    });
  }

  /** Whose events come: the user and the selectors. Tabs share a stream where both are the same. A ticket does not tell. */
  async whose(signal) {
    if (this.#ticket) {
      return undefined;
    }
    const token = await this.token();
    if (!token || token !== this.#toldOf) {
      const { user, subscribe } = await this.json('token', { signal });
      if (token !== (await this.token())) {
        return this.whose(signal);
      }
      this.#toldOf = token;
      this.#whose = [user, subscribe];
    }
    return this.#whose;
  }
}

const queryOf = (topics, id, more) => [
  ...topics.map((topic) => ['topic', topic]),
  ...(id ? [['lastEventID', id]] : []),
  ...Object.entries(more),
];

/** What the hub says of a kind, as a fact. A kind that is not known yet is none. */
const factOf = (kind, value, id = value.lastEventId) =>
  ({
    message: { id, event: value },
    position: { id },
    welcome: { id },
    gap: { gap: value },
    expiring: { expiring: value.expires },
    'caught-up': { caughtUp: true },
  })[kind] ?? {};

/** Reads a stream. As the other two, it yields facts as they come, some at a time. */
async function* sse(requests, topics, id, init) {
  const query = queryOf(topics, id, { frame: 'json', 'caught-up': true });
  const { headers, body } = await requests.ask('events', { ...init, query, accept: STREAM_TYPE });
  if (!headers.get('Content-Type')?.startsWith(STREAM_TYPE)) {
    throw notTheHub();
  }
  const decoder = new TextDecoder();
  const read = blocks();
  for await (const bytes of chunks(body)) {
    yield read(decoder.decode(bytes, { stream: true })).map((block) => ({
      retry: block.retry,
      ...(block.data === undefined ? { id: block.id } : factOf(block.type, JSON.parse(block.data), block.id)),
    }));
  }
}

/** Asks again and again. At first the hub does not wait, so that one knows at once. */
async function* poll(requests, topics, id, init, silence) {
  let last = id;
  let isBehind = true;
  for (;;) {
    const wait = isBehind ? 0 : `${Math.min(WAIT_MS, silence >> 1)}ms`;
    const query = queryOf(topics, last, { wait });
    const { events, lastEventId, more, gap } = await requests.json('events', { ...init, query });
    yield [
      ...(gap ? [{ gap }] : []),
      ...events.map((event) => ({ id: event.id, event })),
      { id: lastEventId, caughtUp: isBehind && !more },
    ];
    last = lastEventId;
    isBehind &&= more;
  }
}

async function* ws(requests, topics, id, init) {
  const { signal } = init;
  const query = queryOf(topics, id, { 'caught-up': true });
  const address = requests.address('ws', [...query, ...(await requests.pass(init))]);
  signal.throwIfAborted();
  address.protocol = address.protocol.replace('http', 'ws');
  const socket = new WebSocket(address);
  const close = () => {
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  };
  const frames = new ReadableStream({
    start(controller) {
      const end = () => {
        close();
        controller.close();
      };
      socket.onmessage = ({ data }) => controller.enqueue(JSON.parse(data));
      socket.onclose = end;
      signal.addEventListener('abort', () => socket.onclose && end(), { once: true });
    },
    cancel: close,
  });
  let isWelcome = false;
  for await (const { type, event, ...rest } of chunks(frames)) {
    isWelcome = true;
    yield [type === 'event' ? factOf('message', { ...rest, type: event }, rest.id) : factOf(type, rest)];
  }
  if (!isWelcome) {
    // A WebSocket does not say why it was refused.
    await requests.json('events', { ...init, query });
  }
}

/** An id that the hub has made, as far as its form tells. */
const POSITION = /^urn:uuid:[\da-f]{8}-[\da-f]{4}-7/;

/** What a tab has had of the stream, so that another tab can read for it: it takes each event once, and misses none. */
class Place {
  /** Up to where the stream has come of which the tab takes. */
  id;

  /** What the tab has had, oldest first. */
  #had = [];

  /** The events that it has had, and that the stream will bring again. */
  #ahead = [];

  get last() {
    return this.#had.at(-1)?.id;
  }

  /** What every tab has to know: the last ids, and all since where the stream begins. */
  get recent() {
    const at = this.#had.findLastIndex(({ id }) => id === this.id);
    return this.#had.slice(Math.min(at < 0 ? Infinity : at, Math.max(0, this.#had.length - TOLD)));
  }

  /** Begins where another tab is, or learns what that one had before. */
  adopt(had) {
    const at = this.#had.length ? had.findIndex(({ id }) => id === this.#had[0].id) : had.length;
    this.#had = [...had.slice(0, Math.max(0, at)), ...this.#had];
  }

  /** Goes on with a stream that begins after this id. Returns false where that would leave something out. */
  follow(id) {
    if (id !== this.id) {
      const at = this.#had.findLastIndex((each) => each.id === id);
      if (at < 0 && this.#had.length) {
        return false;
      }
      this.#ahead = this.#had.slice(at + 1).filter(({ isEvent }) => isEvent).map((each) => each.id);
      this.#move(id, false);
    }
    return true;
  }

  /**
   * Goes back to the last id that the hub made. A publisher's own may be erased, and then the hub would send all that it has.
   * No further than to what every tab knows: one that cannot find where the stream begins takes nothing of it.
   */
  settle() {
    const { recent } = this;
    const at = recent.findLastIndex(({ id }) => id === this.id);
    const sure = recent.slice(0, at + 1).findLast(({ id, isEvent }) => !isEvent || POSITION.test(id));
    this.follow(sure?.id ?? this.id);
  }

  /** Takes a fact. Returns whether it is new here. */
  take({ id, event, caughtUp }) {
    const at = event ? this.#ahead.indexOf(id) : -1;
    this.#ahead = caughtUp ? [] : this.#ahead.slice(at + 1);
    if (id && at < 0) {
      this.#move(id, Boolean(event));
    }
    this.id = id || this.id;
    return at < 0;
  }

  /** A position says nothing about a tab that is ahead of it. */
  #move(id, isEvent) {
    this.id = id;
    if (isEvent || (!this.#ahead.length && id !== this.last)) {
      this.#had.push({ id, isEvent });
      this.#had = this.#had.length > 2 * REMEMBERED ? this.#had.slice(-REMEMBERED) : this.#had;
    }
  }
}

/**
 * One stream for all tabs of a browser that hear the same user's events. The tab that holds a lock reads, and tells the
 * others. Where tabs cannot share, each has a stream of its own.
 *
 * What tabs tell each other: {want} says what a tab listens to. {term, after, topics, facts, state} is told by the tab that
 * reads, and a later one has a higher term. A new tab is told what that one {had} before. {behind} says that a tab lacks what came after an id. {part} ends the sharing. {now} asks to try at once.
 */
class Stream {
  #requests;
  #options;
  #heard;
  #me = random();
  #wants = new Map();
  #place = new Place();
  #covered = [];
  #isBehind = false;
  #isMet = false;
  #term = 0;

  #closing = new AbortController();
  #network = new EventTarget();
  #isBegun = false;
  #whose;
  #channel;
  #member;
  #turn;
  #looks;
  #quiet = 0;

  // Of the tab that reads.
  #leading;
  #attempt;
  #opened = { topics: [], starts: [] };
  #retry = RETRY_MS;
  #polls = false;

  state = 'idle';
  #reason = '';

  /** @param heard what to do with facts, with another state, and with a refusal for good */
  constructor(requests, options, heard) {
    this.#requests = requests;
    this.#options = options;
    this.#heard = heard;
    this.#watchPage();
  }

  /** Says what this tab listens to, and from where in history it begins where it just does so. */
  want(topics, starts) {
    this.#wants.set(this.#me, { topics, starts });
    this.#post({ want: this.#mine });
    this.#adapt();
    if (topics.length) {
      this.#begin();
    }
  }

  close() {
    this.#closing.abort();
    this.#leave();
    this.#change('closed');
  }

  /** How many tabs share it, as far as this one knows. */
  get tabs() {
    return this.#wants.size || 1;
  }

  get #mine() {
    return this.#wants.get(this.#me);
  }

  get #silence() {
    return this.#options.silence ?? SILENCE_MS;
  }

  #change(state, reason = '') {
    if (state !== this.state || reason !== this.#reason) {
      this.state = state;
      this.#reason = reason;
      this.#heard.state(state, reason);
    }
  }

  // Which tab reads

  async #begin() {
    if (this.#isBegun) {
      return undefined;
    }
    this.#isBegun = true;
    const member = new AbortController();
    const { signal } = member;
    this.#member = member;
    this.#change('connecting');
    try {
      const failed = ({ message }) => this.#change('reconnecting', message);
      this.#whose ??= globalThis.location && (await persist(() => this.#requests.whose(signal), { signal, failed, network: this.#network }));
    } catch (error) {
      return signal.aborted || this.#refuse(error);
    }
    const { navigator, BroadcastChannel } = globalThis;
    const shares = this.#whose && this.#options.share !== false && navigator.locks && BroadcastChannel;
    return signal.aborted || (shares ? this.#join(signal) : this.#lead());
  }

  #join(signal) {
    const name = `tidings ${this.#requests.base} ${JSON.stringify(this.#whose)}`;
    // The others see by this lock that the tab is there.
    const here = navigator.locks.request(`${name} ${this.#me}`, { signal }, () => {
      this.#channel = new BroadcastChannel(name);
      this.#channel.onmessage = ({ data }) => this.#hear(name, signal, data);
      this.#post({ want: this.#mine });
      this.#compete(name, signal);
      return over(signal);
    });
    here.catch(() => signal.aborted || this.#part());
    this.#looks = setInterval(() => {
      this.#quiet = this.#leading || !this.#mine.topics.length ? 0 : this.#quiet + 1;
      if (this.#quiet > TIRED) {
        this.#turn?.abort();
      }
      if (this.#leading && this.#attempt?.signal.aborted) {
        // It waits for its next attempt, and does not hang.
        this.#tell([]);
      }
    }, this.#silence / LOOKS);
  }

  /** Waits for its turn to read. If the tab that reads says nothing for long, the browser has stopped it: it has to go. */
  async #compete(name, signal) {
    for (let steal = false; !signal.aborted; ) {
      this.#turn = new AbortController();
      const isTired = this.#turn.signal;
      await navigator.locks
        .request(name, steal ? { steal } : { signal: isTired }, () => signal.aborted || this.#lead())
        .catch(() => signal.aborted || this.#stopReading());
      steal = isTired.aborted;
    }
  }

  #leave() {
    this.#member?.abort();
    this.#turn?.abort();
    this.#channel?.close();
    this.#channel = undefined;
    clearInterval(this.#looks);
    this.#stopReading();
    this.#wants = new Map([[this.#me, this.#mine]]);
    this.#isBegun = false;
  }

  /** From now on the tab reads for itself. */
  #part() {
    this.#leave();
    this.#isBegun = true;
    this.#member = new AbortController();
    this.#lead();
  }

  /** A page that the browser puts away lets another read, and goes on where it was when it is back. */
  #watchPage() {
    const { document } = globalThis;
    const { signal } = this.#closing;
    const listen = (target, type, listener) => target?.addEventListener?.(type, listener, { signal });
    let isAway = false;
    const goAway = () => {
      isAway ||= this.#isBegun;
      this.#leave();
    };
    const comeBack = () => {
      if (isAway) {
        isAway = false;
        this.#begin();
      }
    };
    listen(globalThis, 'pagehide', goAway);
    listen(globalThis, 'pageshow', comeBack);
    listen(document, 'freeze', goAway);
    listen(document, 'resume', comeBack);
    listen(globalThis, 'online', () => this.#hasten());
  }

  #hasten() {
    this.#polls = false;
    this.#attempt?.abort(AGAIN);
    this.#network.dispatchEvent(new Event('online'));
  }

  /** Tries at once, in whatever tab reads. */
  retry() {
    this.#post({ now: true });
    this.#hasten();
  }

  // What tabs tell each other

  #post(message) {
    this.#channel?.postMessage({ from: this.#me, ...message });
  }

  #hear(name, signal, { from, want, behind, part, now, ...told }) {
    if (want) {
      this.#meet(name, signal, from, want);
    } else if (now) {
      this.#hasten();
    } else if (part) {
      if (part === this.#me || part === true) {
        this.#part();
      }
    } else if (behind) {
      if (this.#leading) {
        this.#goBack(from, behind);
      }
    } else if (told.term >= this.#term) {
      this.#quiet = 0;
      if (told.term > this.#term) {
        this.#term = told.term;
        this.#isBehind = false;
        this.#stopReading();
        this.#post({ want: this.#mine });
      }
      this.#isMet ||= Boolean(told.had);
      if (this.#isMet) {
        this.#place.adopt(told.had ?? []);
        this.#take(told);
      }
    }
  }

  #meet(name, signal, from, want) {
    const isNew = !this.#wants.has(from);
    this.#wants.set(from, want);
    this.#adapt();
    if (this.#leading) {
      this.#post({ ...this.#told, had: this.#place.recent });
    }
    if (isNew) {
      this.#post({ want: this.#mine });
      const gone = () => {
        this.#wants.delete(from);
        this.#adapt();
      };
      navigator.locks.request(`${name} ${from}`, { signal }, gone).catch(() => {});
    }
  }

  #goBack(from, id) {
    if (this.#place.follow(id)) {
      // A tab that came later does not know this place.
      this.#post({ ...this.#told, had: this.#place.recent });
      this.#attempt.abort(AGAIN);
    } else {
      this.#post({ part: from });
    }
  }

  /** Takes what a stream has brought, here or in the tab that reads. */
  #take({ after: id, topics, facts, state, reason }) {
    const { topics: mine } = this.#mine;
    const lacks = this.#covered.some((topic) => mine.includes(topic) && !topics.includes(topic));
    if (lacks || !this.#place.follow(id)) {
      if (!this.#isBehind) {
        this.#isBehind = true;
        this.#post({ behind: this.#place.last });
      }
      return;
    }
    if (this.#isBehind) {
      // What it was told meanwhile it has not taken.
      this.#isBehind = false;
      this.#post({ want: this.#mine });
    }
    this.#covered = mine.filter((topic) => topics.includes(topic));
    this.#change(state, reason);
    facts.filter((fact) => this.#place.take(fact)).forEach((fact) => this.#heard.fact(fact, this.#me));
  }

  /** How the stream is, without anything new. */
  get #told() {
    const { state } = this;
    return { term: this.#term, after: this.#place.id, topics: this.#opened.topics, facts: [], state, reason: this.#reason };
  }

  #tell(facts, state = this.state, reason = this.#reason) {
    const told = { ...this.#told, facts, state, reason };
    this.#post(told);
    this.#take(told);
  }

  // Reading

  /** Reads for all until another tab does. */
  async #lead() {
    const leading = new AbortController();
    this.#leading = leading;
    this.#term = Math.max(this.#term + 1, Date.now());
    this.#place.follow(this.#place.last);
    const { signal } = leading;
    const failed = ({ message }) => this.#tell([], 'reconnecting', message);
    const options = { signal, failed, network: this.#network, retry: () => this.#retry };
    try {
      while (!signal.aborted) {
        await persist((fresh) => this.#attemptToRead(signal, fresh), options);
      }
    } catch (error) {
      if (!signal.aborted) {
        this.#refuse(error);
      }
    }
  }

  #stopReading() {
    this.#leading?.abort();
    this.#leading = undefined;
    this.#attempt?.abort(AGAIN);
  }

  /** One tab's fault is not that of the others. */
  #refuse(error) {
    if (this.#wants.size > 1) {
      this.#post({ part: true });
      const { signal } = this.#member;
      // A channel that is closed at once takes its last message with it in Node.
      setTimeout(() => signal.aborted || this.#part());
    } else {
      this.#closing.abort();
      this.#leave();
      this.#isBegun = true;
      this.#change('refused', error.message);
      this.#heard.refused(error);
    }
  }

  get #wanted() {
    const wants = [...this.#wants];
    return {
      topics: [...new Set(wants.flatMap(([, { topics }]) => topics))],
      starts: wants.flatMap(([of, { starts }]) => starts.map((start) => ({ of, ...start }))),
    };
  }

  /** Opens the stream anew if others are wanted than it has. */
  #adapt() {
    const { topics, starts } = this.#wanted;
    const { topics: opened, starts: known } = this.#opened;
    const isSame = topics.length === opened.length && topics.every((topic) => opened.includes(topic));
    const isKnown = ({ of, number }) => known.some((start) => start.of === of && start.number === number);
    if (this.#leading && !(isSame && starts.every(isKnown))) {
      this.#attempt?.abort(AGAIN);
    }
  }

  async #attemptToRead(signal, fresh) {
    const attempt = new AbortController();
    this.#attempt = attempt;
    this.#opened = this.#wanted;
    try {
      await this.#read(attempt, fresh);
    } catch (error) {
      const why = attempt.signal.reason ?? error;
      if (why !== AGAIN) {
        throw why;
      }
    } finally {
      attempt.abort();
    }
  }

  async #read(attempt, fresh) {
    const { signal } = attempt;
    const { topics, starts } = this.#opened;
    if (!topics.length) {
      this.#tell([], 'idle');
      await over(signal);
      throw AGAIN;
    }
    if (this.state === 'idle') {
      this.#tell([], 'connecting');
    }
    await this.#checkToken(signal);
    for (const start of starts) {
      await this.#readStored(start, signal).catch((error) => this.#blame(start.of, signal, error));
    }
    const { transport } = this.#options;
    const read = { sse, ws, auto: this.#polls ? poll : sse }[transport];
    const watch = this.#watch(attempt, transport === 'auto' && !this.#polls);
    const init = { signal, renewed: () => this.#checkToken(signal) };
    this.#place.settle();
    let isChecked = false;
    try {
      for await (const facts of read(this.#requests, topics, this.#place.id, init, this.#silence)) {
        signal.throwIfAborted();
        watch.heard();
        if (!isChecked) {
          // The cookie that it was asked with may be of another user than the one before.
          await this.#checkToken(signal);
          isChecked = read !== poll;
        }
        facts.forEach(({ retry = this.#retry }) => {
          this.#retry = retry;
        });
        facts.filter(({ expiring }) => expiring).forEach(({ expiring }) => watch.renewBefore(expiring));
        if (facts.some(({ id }) => id)) {
          fresh();
          this.#tell(facts, 'live', '');
        } else {
          this.#tell(facts);
        }
      }
    } finally {
      watch.end();
    }
    throw new Error('The stream has ended.');
  }

  /** Tabs with other grants have a stream of their own. This one goes to them, and goes on where it was. */
  async #checkToken(signal) {
    if (!this.#whose) {
      return;
    }
    const whose = await this.#requests.whose(signal);
    signal.throwIfAborted();
    if (whose[0] !== this.#whose[0]) {
      throw new Refusal(401, whose[0] === null ? 'The token has ended, or somebody has logged out.' : 'The token is of another user now.');
    }
    if (this.#channel && JSON.stringify(whose) !== JSON.stringify(this.#whose)) {
      this.#leave();
      this.#whose = whose;
      this.#term = 0;
      this.#begin();
    }
    signal.throwIfAborted();
  }

  /** Reads what is stored for a listener that begins in history. Meanwhile the stream stands still, so that none is missed. */
  async #readStored({ of, number, topics, from }, signal) {
    const renewed = () => this.#checkToken(signal);
    for (let at = from, more = true; more; ) {
      const query = queryOf(topics, undefined, { ...at, limit: 1000 });
      const { events: stored, lastEventId, gap, ...answer } = await this.#requests.json('events', { query, signal, renewed });
      await this.#checkToken(signal);
      ({ more } = answer);
      if (!more && !this.#place.id) {
        this.#place.follow(lastEventId);
      }
      const next = { lastEventID: lastEventId };
      this.#tell([{ of, number, gap, at, stored, next: more && next }]);
      at = next;
      const want = this.#wants.get(of);
      if (want) {
        // Whoever reads next goes on there.
        want.starts = want.starts.flatMap((start) => (start.number !== number ? start : more ? { ...start, from: at } : []));
      }
    }
  }

  /** The tab that wants what is refused for good goes alone. A refused token is that of all. */
  #blame(of, signal, error) {
    if (signal.aborted || !isForGood(error) || error.status === 401 || this.#wants.size < 2) {
      throw error;
    }
    if (of === this.#me) {
      this.#part();
    } else {
      this.#post({ part: of });
      this.#wants.delete(of);
    }
    throw AGAIN;
  }

  /** Gives a stream up that is silent, whose token is renewed, or that a proxy holds back. */
  #watch(attempt, mayPoll) {
    let last = Date.now();
    let hasCome = false;
    let renewal;

    // The proof: a request that was sent later has been answered before the first byte of the stream.
    const prove = async () => {
      const query = queryOf(this.#opened.topics, this.#place.id, { limit: 1 });
      await this.#requests.json('events', { query, signal: attempt.signal });
      if (!hasCome) {
        this.#polls = true;
        attempt.abort(AGAIN);
      }
    };
    const doubt = mayPoll && setTimeout(() => prove().catch(() => {}), Math.min(PATIENCE_MS, this.#silence / 2));
    const looks = setInterval(() => {
      if (Date.now() - last > this.#silence) {
        attempt.abort(new Error('The hub was silent for too long.'));
      }
    }, this.#silence / LOOKS);

    return {
      heard() {
        last = Date.now();
        hasCome = true;
        clearTimeout(doubt);
      },
      renewBefore: (expires) => {
        const left = Math.min(Math.max(Date.parse(expires) - Date.now(), SOONEST_END_MS), LATEST_END_MS);
        const renew = async () => (await this.#requests.renew(`The token ends at ${expires}.`)) && attempt.abort(AGAIN);
        renewal = setTimeout(() => renew().catch(() => {}), (left * (1 + Math.random())) / 4);
      },
      end() {
        clearTimeout(doubt);
        clearTimeout(renewal);
        clearInterval(looks);
      },
    };
  }
}

/** One listener. Where it begins in history it first gets what is stored, and what comes meanwhile waits. */
class Listener {
  static #numbers = 0;

  #matchers;
  #event;
  #caughtUp;
  #waiting;
  #newest;

  /** Whether it hears nothing more. */
  isOff = false;

  constructor(topics, event, { since, last, latest, after: lastEventID, caughtUp }) {
    this.topics = topics;
    this.#matchers = topics.map(matcher);
    this.#event = event;
    this.#caughtUp = caughtUp;
    const from = Object.entries({ since: since?.toISOString?.() ?? since, last, latest, lastEventID }).filter(([, value]) => value);
    if (from.length) {
      this.number = Listener.#numbers += 1;
      this.start = { number: this.number, topics, from: Object.fromEntries(from) };
      this.#waiting = [];
    }
  }

  take(event) {
    if (!event.topics.some((topic) => this.#matchers.some((matches) => matches(topic)))) {
      return;
    }
    if (this.#waiting) {
      this.#waiting.push(event);
    } else {
      this.#call(this.#event, event);
    }
  }

  /** Gives what was stored at a place, once. What came until the last of it is among it, or is older than what was asked for. */
  takeStored({ at, stored, next }) {
    if (at.lastEventID !== this.start.from.lastEventID) {
      return;
    }
    this.start = next ? { ...this.start, from: next } : undefined;
    this.#waiting = [];
    this.#newest = stored.at(-1)?.id ?? this.#newest;
    stored.forEach((event) => this.#call(this.#event, event, true));
  }

  /** The stream has passed what was stored when it began, and has brought again what was given already. */
  catchUp() {
    if (this.#waiting && !this.start) {
      const waiting = this.#waiting;
      this.#waiting = undefined;
      const given = waiting.findIndex(({ id }) => id === this.#newest) + 1;
      waiting.slice(given).forEach((event) => this.#call(this.#event, event));
      this.#call(this.#caughtUp);
    }
  }

  #call(yours, ...what) {
    if (!this.isOff) {
      call(yours, ...what);
    }
  }
}

class Hub {
  #options;
  #requests;
  #stream;
  #listeners = new Set();
  #isChanging = false;
  #isOver = false;
  #refusal;
  #close = () => this.close();

  constructor(url, options) {
    const { transport, signal } = options;
    if (!['auto', 'sse', 'ws'].includes(transport) || (transport === 'ws' && !globalThis.WebSocket)) {
      throw new TypeError(`There is no transport ${transport} here.`);
    }
    this.#options = options;
    this.#requests = new Requests(url, options);
    this.#stream = new Stream(this.#requests, options, {
      fact: (fact, me) => this.#take(fact, me),
      state: (state, reason) => call(options.state, state, reason),
      refused: (refusal) => this.#end(refusal),
    });
    signal?.addEventListener('abort', this.#close);
    if (signal?.aborted) {
      this.close();
    }
  }

  get state() {
    return this.#stream.state;
  }

  get tabs() {
    return this.#stream.tabs;
  }

  on(selector, listener, options) {
    return this.#add(selector, (event) => listener(event), options);
  }

  /** The same as a loop. */
  events(selector, options) {
    let off = () => {};
    let weight;
    const start = (loop) => {
      const end = (why) => {
        off();
        if (why) {
          loop.error(why);
        } else {
          loop.close();
        }
      };
      const take = (event, isStored) => {
        weight = isStored ? 0 : 1;
        if (loop.desiredSize > -BEHIND) {
          loop.enqueue(event);
        } else {
          end(new Error(`This loop is ${BEHIND} events behind.`));
        }
      };
      off = this.#add(selector, take, options, end);
    };
    const events = new ReadableStream({ start, cancel: () => off() }, { size: () => weight });
    return chunks(events);
  }

  /** Publishes once, however often it has to ask: the hub knows the key. */
  async publish(event, { signal = new AbortController().signal, key = random() } = {}) {
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': key };
    const request = { method: 'POST', headers, body: JSON.stringify(event), signal };
    return persist(() => this.#requests.json('msg', request), { signal, tries: TRIES, retry: () => TRY_AGAIN_MS });
  }

  /** Tries at once, and not only after the next wait. */
  retry() {
    this.#stream.retry();
  }

  close() {
    this.#stream.close();
    this.#end();
  }

  #add(selector, listener, options = {}, ended = undefined) {
    const { signal } = options;
    const added = new Listener([selector].flat(), listener, options);
    const end = (why) => {
      off();
      call(ended, why instanceof Error ? why : undefined);
    };
    const off = () => {
      signal?.removeEventListener('abort', end);
      added.isOff = true;
      if (this.#listeners.delete(added)) {
        this.#change();
      }
    };
    if (this.#isOver || signal?.aborted) {
      call(ended, this.#refusal);
      return off;
    }
    added.end = end;
    this.#listeners.add(added);
    signal?.addEventListener('abort', end);
    this.#change();
    return off;
  }

  /** Listeners that come and go together change the stream once. */
  #change() {
    if (!this.#isChanging) {
      this.#isChanging = true;
      queueMicrotask(() => {
        this.#isChanging = false;
        if (!this.#isOver) {
          const all = [...this.#listeners];
          this.#stream.want(
            [...new Set(all.flatMap(({ topics }) => topics))],
            all.flatMap(({ start = [] }) => start),
          );
        }
      });
    }
  }

  #take(fact, me) {
    const { event, gap, expiring, caughtUp, of = me, number, stored } = fact;
    if (of !== me) {
      return;
    }
    if (gap) {
      call(this.#options.gap, gap);
    }
    if (event) {
      [...this.#listeners].forEach((listener) => listener.take(event));
    } else if (expiring) {
      call(this.#options.expiring, expiring);
    } else if (stored) {
      [...this.#listeners].find(({ start }) => start?.number === number)?.takeStored(fact);
      this.#change();
    }
    if (caughtUp) {
      this.#listeners.forEach((listener) => listener.catchUp());
    }
  }

  #end(refusal) {
    if (!this.#isOver) {
      this.#isOver = true;
      this.#refusal = refusal;
      this.#options.signal?.removeEventListener('abort', this.#close);
      [...this.#listeners].forEach(({ end }) => end(refusal));
      if (refusal) {
        call(this.#options.refused, refusal);
      }
    }
  }
}

/** The hub at an address, or the one that has served this module. */
export function tidings(url = new URL('.', import.meta.url), options = {}) {
  return new Hub(url, { transport: 'auto', ...options });
}
