// A small hub in this process, which answers as docs/http.md says, and fails as a test says. What the real one does is
// tested with the real one; this one knows when a stream was opened, cut, refused and resumed.

import { createServer } from 'node:http';

const HEARTBEAT_MS = 100;

/** Starts one, which ends with the test. */
export async function startHub(test) {
  const hub = new SmallHub();
  await hub.listen();
  test.after(() => hub.close());
  return hub;
}

export class SmallHub {
  /** What was asked so far: {path, query, headers, body}. */
  requests = [];

  /** What becomes of the next requests, one each: a function of (request, response), or undefined for an answer. */
  next = [];

  log = [];
  open = new Set();

  /** How many events an answer has at most. */
  page = Infinity;
  retry = 20;
  heartbeats = true;

  /** How many heartbeats all streams have had. */
  beats = 0;

  /** The claim of a token that is its user, as tidings.jwt.user-claim has it. */
  userClaim = 'sub';

  /** What the cookie of the browser allows, which counts where there is no token. */
  cookie = { user: null, subscribe: [] };

  #keys = new Map();
  #server = createServer((request, response) => this.#answer(request, response));

  async listen() {
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${this.#server.address().port}/`;
    this.#timer = setInterval(() => this.heartbeats && this.#beat(), HEARTBEAT_MS);
  }

  #timer;

  #beat() {
    this.open.forEach(({ say }) => say(`:\nid: ${this.position()}\n\n`));
    this.beats += 1;
  }

  close() {
    clearInterval(this.#timer);
    this.cut();
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** The requests for this path. */
  asked(path) {
    return this.requests.filter((request) => request.path === path);
  }

  position(at = this.log.length) {
    return `urn:uuid:${String(at).padStart(8, '0')}-0000-7000-8000-000000000000`;
  }

  publish(topic, data, id) {
    const event = { id: id ?? this.position(this.log.length + 1), topics: [topic], type: null, data: String(data), time: '2026-01-01T00:00:00Z' };
    this.log.push(event);
    this.open.forEach((stream) => stream.give(event));
    return event.id;
  }

  /** Breaks every stream. */
  cut() {
    this.open.forEach(({ response }) => response.destroy());
    this.open.clear();
  }

  async #answer(request, response) {
    const { pathname, searchParams } = new URL(request.url, this.url);
    let body = '';
    for await (const part of request) {
      body += part;
    }
    const asked = { path: pathname.slice(1), query: searchParams, headers: request.headers, body };
    this.requests.push(asked);
    const instead = asked.path === 'token' ? undefined : this.next.shift();
    if (instead) {
      instead(asked, response);
      return;
    }
    this.answer(asked, response);
  }

  answer({ path, query, headers, body }, response) {
    if (path === 'events' && headers.accept.includes('json')) {
      this.#once(query, response);
    } else if (path === 'events') {
      this.#stream(query, response);
    } else if (path === 'msg') {
      this.#publish(headers['idempotency-key'], JSON.parse(body), response);
    } else {
      json(response, 200, this.#whose(headers.authorization));
    }
  }

  #whose(authorization) {
    if (!authorization) {
      return this.cookie;
    }
    const [, claims] = authorization.split('.');
    const { mercure, [this.userClaim]: user = null } = claims ? JSON.parse(Buffer.from(claims, 'base64url')) : {};
    return { user, subscribe: mercure?.subscribe ?? [] };
  }

  #publish(key, { topic, data }, response) {
    if (!this.#keys.has(key)) {
      this.#keys.set(key, this.publish(topic, data));
    }
    json(response, 201, { id: this.#keys.get(key), topics: [topic] });
  }

  /** Where a request begins in the log, by its id, or where it wants to. */
  #begin(query) {
    const id = query.get('lastEventID');
    if (id) {
      const at = this.log.findIndex((event) => event.id === id);
      const known = at < 0 ? Number(id.slice(9, 17)) : at + 1;
      return known || 0;
    }
    const last = Number(query.get('last') ?? 0);
    return last ? this.log.indexOf(this.#matching(query, 0).at(-last) ?? this.log[0]) : this.log.length;
  }

  /** Whether an id is of an event, or is a position. */
  #knows = (id) => /^urn:uuid:\d{8}-/.test(id) || this.log.some((event) => event.id === id);

  #matches(query, { topics }) {
    return query.getAll('topic').some((selector) => {
      const beginning = selector.split('{')[0];
      return selector === '*' || selector === topics[0] || (selector.includes('{') && topics[0].startsWith(beginning));
    });
  }

  #matching(query, from) {
    return this.log.slice(from).filter((event) => this.#matches(query, event));
  }

  #once(query, response) {
    const from = this.#begin(query);
    const id = query.get('lastEventID');
    const gap = id && id !== 'earliest' && !this.#knows(id) && { requested: id, oldest: this.position(1) };
    const answer = () => {
      const events = this.#matching(query, from);
      const some = events.slice(0, this.page);
      const more = some.length < events.length;
      json(response, 200, { events: some, lastEventId: more ? some.at(-1).id : this.position(), more, ...(gap && { gap }) });
    };
    if ((query.get('wait') ?? '0') === '0' || this.#matching(query, from).length) {
      answer();
    } else {
      const end = () => this.open.delete(stream) && answer();
      const stream = { response, say() {}, give: (event) => this.#matches(query, event) && end() };
      this.open.add(stream);
      const timer = setTimeout(end, Number(/^(\d+)ms$/.exec(query.get('wait'))[1]));
      response.on('close', () => clearTimeout(timer));
    }
  }

  #stream(query, response) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream;charset=utf-8' });
    const from = this.#begin(query);
    const say = (text) => response.write(text);
    const give = (event) => this.#matches(query, event) && say(`id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`);
    const id = query.get('lastEventID');
    say(`:\nretry: ${this.retry}\nid: ${id && this.#knows(id) ? id : this.position(from)}\n\n`);
    if (id && !this.#knows(id)) {
      say(`event: gap\ndata: {"requested":"${id}","oldest":null}\n\n`);
    }
    this.log.slice(from).forEach(give);
    say(`event: caught-up\ndata: {"lastEventId":"${this.position()}"}\n\n`);
    const stream = { response, query, say, give };
    this.open.add(stream);
    response.on('close', () => this.open.delete(stream));
  }
}

export function json(response, status, value, headers = {}) {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
}

/** Refuses a request. */
export const refuse = (status, detail, headers) => (request, response) => json(response, status, { detail }, headers);

/** Waits until it is so. */
export async function until(what, limit = 20_000) {
  for (const end = Date.now() + limit; !(await what()); ) {
    if (Date.now() > end) {
      throw new Error(`Not within ${limit} ms: ${what}`);
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}
